package org.jalur.node.notices;

import java.util.Optional;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An authority's subjects are its notices, under the ids that the messages name. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NoticeSubjects implements Subjects {
    private final JdbcClient jdbc;
    private final Channels channels;

    NoticeSubjects(JdbcClient jdbc, Channels channels) {
        this.jdbc = jdbc;
        this.channels = channels;
    }

    @Override
    public Subject.Kind kind() {
        return Subject.Kind.NOTICE;
    }

    @Override
    public Known known(UUID subject) {
        return jdbc.sql("select channel from notices where id = :id and message is not null")
                .param("id", subject)
                .query(Integer.class)
                .optional()
                .map(channel -> new Known(channels.byId(channel), subject))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-notice",
                                "There is no sent notice %s on this node.".formatted(subject)));
    }

    @Override
    public Optional<UUID> subject(Channel channel, UUID notice) {
        return jdbc.sql("select id from notices where id = :id and channel = :channel")
                .param("id", notice)
                .param("channel", channel.id())
                .query(UUID.class)
                .optional();
    }
}
