package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.notice.DecisionReasons;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The decisions about items, with the reasons that were not erased. */
@Component
public class DecisionViews {
    private final JdbcClient jdbc;
    private final PartStore parts;

    DecisionViews(JdbcClient jdbc, PartStore parts) {
        this.jdbc = jdbc;
        this.parts = parts;
    }

    /**
     * @param countries of a withholding, ISO 3166-1 alpha-2
     * @param role of the person who decided
     * @param message id of the message that says so
     * @param reasons absent once they were erased
     */
    public record View(
            String outcome,
            Optional<String> ground,
            List<String> countries,
            String role,
            Instant decidedAt,
            UUID message,
            Optional<DecisionReasons> reasons) {
        View with(Optional<DecisionReasons> found) {
            return new View(outcome, ground, countries, role, decidedAt, message, found);
        }
    }

    private record Row(int no, Hash leaf, View view) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getInt("no"),
                    Hash.of(row.getBytes("leaf")),
                    new View(
                            row.getString("outcome"),
                            Optional.ofNullable(row.getString("ground")),
                            List.of((String[]) row.getArray("countries").getArray()),
                            row.getString("role"),
                            row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                            row.getObject("message_id", UUID.class),
                            Optional.empty()));
        }
    }

    /**
     * @param subject the notice, or the case
     * @return by item, the earliest first
     */
    public Map<Integer, List<View>> of(UUID subject, Channel channel, int from, int to) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select no, outcome, ground, countries, leaf, role, decided_at, message_id
                                from decisions join messages on messages.id = decisions.message
                                where subject = :subject and no between :from and :to order by decisions.id
                                """)
                        .param("subject", subject)
                        .param("from", from)
                        .param("to", to)
                        .query(Row::from)
                        .list();
        Map<Hash, Part> opened =
                rows.isEmpty()
                        ? Map.of()
                        : parts.open(channel, rows.stream().map(Row::leaf).toList());
        Map<Integer, List<View>> byItem = new HashMap<>();
        for (Row row : rows) {
            byItem.computeIfAbsent(row.no(), _ -> new ArrayList<>())
                    .add(
                            row.view()
                                    .with(
                                            Optional.ofNullable(opened.get(row.leaf()))
                                                    .map(part ->
                                                            Parts.read(
                                                                    part, DecisionReasons.class))));
        }
        return byItem;
    }
}
