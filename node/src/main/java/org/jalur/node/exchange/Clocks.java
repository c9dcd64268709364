package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.notice.DeadlineClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When clocks stopped and went on: of each message once, at the time of the receiver's receipt. */
@Component
public class Clocks {
    private final JdbcClient jdbc;

    Clocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param message row of the message that stops the clock or lets it go on
     */
    public void record(long message, UUID subject, boolean stops, Instant at) {
        jdbc.sql(
                        """
                        insert into clock_events (message, subject, event, at)
                        values (:message, :subject, :event, :at) on conflict do nothing
                        """)
                .param("message", message)
                .param("subject", subject)
                .param("event", stops ? "stopped" : "resumed")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * @param allowance while an emergency is only claimed, or for what claims none
     * @param confirmedAt when an emergency was confirmed
     * @param emergency allowance from there
     */
    public DeadlineClock of(
            UUID subject,
            Instant receivedAt,
            Duration allowance,
            Optional<Instant> confirmedAt,
            Duration emergency) {
        List<DeadlineClock.Event> events =
                jdbc.sql("select event, at from clock_events where subject = :subject")
                        .param("subject", subject)
                        .query(Clocks::event)
                        .list();
        return DeadlineClock.ofEmergency(receivedAt, allowance, confirmedAt, emergency, events);
    }

    private static DeadlineClock.Event event(ResultSet row, int number) throws SQLException {
        return new DeadlineClock.Event(
                row.getString("event").equals("stopped"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
