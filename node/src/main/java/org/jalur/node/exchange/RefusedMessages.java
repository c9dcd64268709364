package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages about a notice that the other side did not take up, while the notice itself stays: a
 * renewal, a withdrawal, an interim withholding.
 */
@Component
public class RefusedMessages {
    private final JdbcClient jdbc;
    private final PartStore parts;

    RefusedMessages(JdbcClient jdbc, PartStore parts) {
        this.jdbc = jdbc;
        this.parts = parts;
    }

    /** A message of this side that was refused. */
    public record Own(UUID id, MessageKind kind) {}

    /**
     * Which message of this side a refusal is about.
     *
     * @return empty if it does not say, or this side did not send that one
     */
    public Optional<Own> own(ReceivedMessage refusal) {
        return parts.contents(refusal.channel(), refusal.leaves())
                .only()
                .filter(part -> part.type().equals("refusal"))
                .flatMap(RefusedMessages::read)
                .flatMap(Refusal::message)
                .flatMap(id -> own(refusal.channel(), id));
    }

    private static Optional<Refusal> read(Part part) {
        try {
            return Optional.of(Parts.read(part, Refusal.class));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private Optional<Own> own(Channel channel, UUID id) {
        return jdbc.sql(
                        """
                        select kind from messages
                        where channel = :channel and direction = 'out' and message_id = :id
                        """)
                .param("channel", channel.id())
                .param("id", id)
                .query(String.class)
                .optional()
                .flatMap(MessageKind::of)
                .map(kind -> new Own(id, kind));
    }

    /**
     * @param subject the notice or the case
     */
    public void add(ReceivedMessage refusal, UUID subject, Own refused) {
        jdbc.sql(
                        """
                        insert into refused_messages (message, channel, subject, refused, kind, leaf, at)
                        values (:message, :channel, :subject, :refused, :kind, :leaf, :at)
                        """)
                .param("message", refusal.row())
                .param("channel", refusal.channel().id())
                .param("subject", subject)
                .param("refused", refused.id())
                .param("kind", refused.kind().wire())
                .param("leaf", refusal.leaves().getFirst().bytes())
                .param("at", refusal.receivedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * @param message id of the message that is refused
     * @param kind of that message
     */
    public record View(UUID message, String kind, Refusal refusal, Instant at) {
        /** The rule that it names, for readers of other languages. */
        public Optional<String> rule() {
            return refusal.broken().map(Refusal.Broken::rule);
        }

        public List<String> values() {
            return refusal.broken().map(Refusal.Broken::values).orElse(List.of());
        }
    }

    private record Row(UUID refused, String kind, Hash leaf, Instant at) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("refused", UUID.class),
                    row.getString("kind"),
                    Hash.of(row.getBytes("leaf")),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }
    }

    /** In the order of the refusals. */
    public List<View> of(Channel channel, UUID subject) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select refused, kind, leaf, at from refused_messages where subject = :subject
                                order by message
                                """)
                        .param("subject", subject)
                        .query(Row::from)
                        .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Hash, Part> opened = parts.open(channel, rows.stream().map(Row::leaf).toList());
        return rows.stream()
                .flatMap(row ->
                        Optional.ofNullable(opened.get(row.leaf())).stream()
                                .flatMap(part -> read(part).stream())
                                .map(refusal ->
                                        new View(row.refused(), row.kind(), refusal, row.at())))
                .toList();
    }
}
