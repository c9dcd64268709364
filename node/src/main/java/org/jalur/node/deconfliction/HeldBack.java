package org.jalur.node.deconfliction;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.notice.NoteFacts;
import org.jalur.notice.NoteOverride;
import org.springframework.stereotype.Component;

/** Items of a platform's cases that an authority asked to be left where they are. */
@Component
public class HeldBack {
    private final NoteRows rows;
    private final Channels channels;
    private final Exchange exchange;
    private final Clock clock;

    HeldBack(NoteRows rows, Channels channels, Exchange exchange, Clock clock) {
        this.rows = rows;
        this.channels = channels;
        this.exchange = exchange;
        this.clock = clock;
    }

    /**
     * A note that holds for an item.
     *
     * @param organisation that investigates; reviewers see it, nobody else does
     */
    public record Held(UUID note, String organisation, Instant until) {}

    /** By the number of the item, the longest note first. */
    public Map<Integer, List<Held>> of(UUID caseId, int from, int to) {
        return rows.holding(caseId, from, to).stream()
                .collect(
                        Collectors.groupingBy(
                                NoteRows.Held::no,
                                TreeMap::new,
                                Collectors.mapping(
                                        one ->
                                                new Held(
                                                        one.note(),
                                                        one.organisation(),
                                                        one.until()),
                                        Collectors.toList())));
    }

    /** Of single items of a case. */
    public Map<Integer, List<Held>> of(UUID caseId, Collection<Integer> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        var sorted = new TreeSet<>(numbers);
        Map<Integer, List<Held>> held = new TreeMap<>(of(caseId, sorted.first(), sorted.last()));
        held.keySet().retainAll(numbers);
        return held;
    }

    /**
     * What is to be said about a note that was overridden, to whoever asked for it.
     *
     * @param channel on which it goes; send these in the order of the channels
     */
    public record Explanation(Channel channel, NoteFacts facts, String reason) {}

    /** One for each note, however many items it is about. */
    public List<Explanation> explain(Map<UUID, String> reasons, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Explanation> explanations = new ArrayList<>();
        new TreeMap<>(reasons)
                .forEach((note, reason) -> {
                    NoteRows.Asked asked = rows.lock(note).orElseThrow();
                    explanations.add(
                            new Explanation(
                                    channels.byId(asked.channel()),
                                    asked.facts()
                                            .saying(
                                                    NoteFacts.Act.OVERRIDDEN,
                                                    reviewer.role().wire(),
                                                    now),
                                    reason));
                });
        return explanations;
    }

    /** Nothing is said about whose notice it was taken away for. */
    public void send(Explanation explanation) {
        Part reason = Parts.json(NoteParts.OVERRIDE, new NoteOverride(explanation.reason()));
        SentMessage sent =
                exchange.send(
                        explanation.channel(),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.DECONFLICTION,
                                Optional.of(explanation.facts().note()),
                                Optional.empty(),
                                List.of(Parts.json(NoteParts.FACTS, explanation.facts()), reason)));
        rows.overridden(sent.row(), explanation.facts(), reason.leaf());
    }
}
