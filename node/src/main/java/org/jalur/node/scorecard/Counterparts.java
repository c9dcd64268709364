package org.jalur.node.scorecard;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** With whom this node has a scorecard: everybody whom a channel leads to. */
@Component
class Counterparts {
    private final Channels channels;

    Counterparts(Channels channels) {
        this.channels = channels;
    }

    List<Channel> all() {
        return channels.all().stream()
                .sorted(Comparator.comparing(channel -> channel.peer().value()))
                .toList();
    }

    /**
     * @param peer nobody named: the first, or the only one
     * @throws ProblemException if no channel leads there
     */
    Channel named(Optional<String> peer) {
        return all().stream()
                .filter(channel ->
                        peer.filter(name -> !name.isBlank())
                                .map(channel.peer().value()::equals)
                                .orElse(true))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-peer",
                                "No channel leads to \"%s\"; there are: %s"
                                        .formatted(
                                                peer.orElse(""),
                                                all().stream()
                                                        .map(one -> one.peer().value())
                                                        .collect(Collectors.joining(", ")))));
    }
}
