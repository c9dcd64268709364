package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far a message has come. */
@Component
public class Deliveries {
    /** After this long without receipt a message is shown as undelivered, with the reason. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param state underway, delivered or undelivered
     * @param seq place in the channel
     * @param attempts that failed since the last success on this channel
     * @param reason of the last failure
     */
    public record Delivery(
            String state,
            long seq,
            Instant sentAt,
            Optional<Integer> attempts,
            Optional<String> reason) {}

    /** Where each of the messages stands, by its row. */
    public Map<Long, Delivery> of(Collection<Long> messages) {
        Map<Long, Delivery> deliveries = new HashMap<>();
        if (messages.isEmpty()) {
            return deliveries;
        }
        jdbc.sql(
                        """
                        select messages.id, messages.seq, messages.recorded_at, channels.attempts, channels.last_error,
                            channels.failing_since, outbox.message is not null as waiting
                        from messages join channels on channels.id = messages.channel
                        left join outbox on outbox.message = messages.id
                        where messages.id = any(:messages)
                        """)
                .param("messages", messages.toArray(Long[]::new))
                .query(row -> {
                    deliveries.put(row.getLong("id"), delivery(row));
                });
        return deliveries;
    }

    private Delivery delivery(ResultSet row) throws SQLException {
        long seq = row.getLong("seq");
        Instant sentAt = row.getObject("recorded_at", OffsetDateTime.class).toInstant();
        if (!row.getBoolean("waiting")) {
            return new Delivery("delivered", seq, sentAt, Optional.empty(), Optional.empty());
        }
        Optional<Instant> failing =
                Optional.ofNullable(row.getObject("failing_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
        boolean undelivered =
                failing.filter(since -> since.plus(PATIENCE).isBefore(clock.instant())).isPresent();
        return new Delivery(
                undelivered ? "undelivered" : "underway",
                seq,
                sentAt,
                Optional.of(row.getInt("attempts")),
                Optional.ofNullable(row.getString("last_error")));
    }

    /**
     * Where a received message comes from, and where it stands in this node's journal.
     *
     * @param digest SHA-256 of the JWS
     * @param logIndex absent for the moment before it is integrated
     */
    public record Origin(long seq, String digest, Instant receivedAt, Optional<Long> logIndex) {
        static Origin from(ResultSet row, int number) throws SQLException {
            long index = row.getLong("log_index");
            return new Origin(
                    row.getLong("seq"),
                    Hash.of(row.getBytes("digest")).hex(),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                    row.wasNull() ? Optional.empty() : Optional.of(index));
        }
    }

    public Origin origin(long message) {
        return jdbc.sql(
                        """
                        select seq, messages.digest, messages.recorded_at, log_index from messages
                        left join journal_entries on journal_entries.message = messages.id
                        where messages.id = :message
                        """)
                .param("message", message)
                .query(Origin::from)
                .single();
    }

    /** The receipt of a message as a compact JWS; empty while there is none. */
    public Optional<String> receipt(long message) {
        return jdbc.sql("select jws from receipts where message = :message")
                .param("message", message)
                .query(String.class)
                .optional();
    }
}
