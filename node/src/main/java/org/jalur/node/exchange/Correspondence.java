package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.notice.Clarification;
import org.jalur.notice.TurnText;
import org.jalur.notice.Withdrawal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an authority said about a notice after it was sent: answers, and why it was withdrawn. */
@Component
public class Correspondence {
    private final JdbcClient jdbc;
    private final PartStore parts;

    Correspondence(JdbcClient jdbc, PartStore parts) {
        this.jdbc = jdbc;
        this.parts = parts;
    }

    /**
     * @param kind clarification or withdrawal
     * @param text absent once it was erased, or where it is not readable
     * @param at when this node stored the message
     */
    public record Said(String kind, Optional<String> text, Instant at) {}

    private record Row(String kind, Hash leaf, Instant at) {
        /** An answer has its facts before its text; one of earlier versions is its text alone. */
        static Row from(ResultSet row, int number) throws SQLException {
            List<Hash> leaves = StoredMessage.leaves(row.getBytes("leaves"));
            String kind = row.getString("kind");
            boolean factsFirst = kind.equals(MessageKind.CLARIFICATION.wire()) && leaves.size() > 1;
            return new Row(
                    kind,
                    leaves.get(factsFirst ? 1 : 0),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant());
        }
    }

    /** In the order of the messages. */
    public List<Said> about(Channel channel, UUID notice) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select kind, leaves, recorded_at from messages
                                where channel = :channel and about = :notice
                                    and kind in ('clarification', 'withdrawal') and length(leaves) >= 32
                                order by id
                                """)
                        .param("channel", channel.id())
                        .param("notice", notice)
                        .query(Row::from)
                        .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Hash, Part> opened = parts.open(channel, rows.stream().map(Row::leaf).toList());
        return rows.stream()
                .map(row ->
                        new Said(
                                row.kind(),
                                Optional.ofNullable(opened.get(row.leaf()))
                                        .flatMap(part -> text(row.kind(), part)),
                                row.at()))
                .toList();
    }

    /** Empty also for what is not readable: it was receipted, and has had no effect. */
    private static Optional<String> text(String kind, Part part) {
        try {
            return Optional.of(
                    kind.equals(MessageKind.WITHDRAWAL.wire())
                            ? Parts.read(part, Withdrawal.class).reason()
                            : part.type().equals("turn")
                                    ? Parts.read(part, TurnText.class).text()
                                    : Parts.read(part, Clarification.class).answer());
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }
}
