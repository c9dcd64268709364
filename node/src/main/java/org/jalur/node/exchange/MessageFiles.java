package org.jalur.node.exchange;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The messages of a channel, octet for octet as they were signed, with their receipts. */
@Component
public class MessageFiles {
    private final JdbcClient jdbc;
    private final ObjectProvider<RelatedMessages> features;

    MessageFiles(JdbcClient jdbc, ObjectProvider<RelatedMessages> features) {
        this.jdbc = jdbc;
        this.features = features;
    }

    /** The same with messages that are about themselves, and belong to the notice all the same. */
    public List<Long> withRelated(Channel channel, UUID notice) {
        return Stream.concat(
                        about(channel, notice).stream(),
                        features.stream()
                                .flatMap(feature -> feature.related(channel, notice).stream()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Rows of the messages about a notice, itself first, each sender's in their order. */
    public List<Long> about(Channel channel, UUID notice) {
        return jdbc.sql(
                        """
                        select id from messages
                        where channel = :channel and about = :notice and kind <> 'keys' order by id
                        """)
                .param("channel", channel.id())
                .param("notice", notice)
                .query((row, _) -> row.getLong("id"))
                .list();
    }

    /**
     * Rows of the messages in which both sides announced their keys, each sender's in their order.
     */
    public List<Long> keys(Channel channel) {
        return jdbc.sql(
                        "select id from messages where channel = :channel and kind = 'keys' order by id")
                .param("channel", channel.id())
                .query((row, _) -> row.getLong("id"))
                .list();
    }

    public Filed one(long row) {
        StoredMessage stored =
                jdbc.sql(
                                "select %s from messages where messages.id = :row"
                                        .formatted(StoredMessage.COLUMNS))
                        .param("row", row)
                        .query(StoredMessage::from)
                        .single();
        Optional<String> receipt =
                jdbc.sql("select jws from receipts where message = :row")
                        .param("row", row)
                        .query(String.class)
                        .optional();
        return new Filed(row, stored.parsed(), receipt);
    }
}
