package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to a notice or case, in order; roles, never names, never content. */
@Component
public class Timeline {
    private final JdbcClient jdbc;
    private final Clock clock;

    Timeline(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param event one word, for example {@code approved}
     * @param role of the person who did it
     * @param detail counts and states only
     */
    public record Event(String event, Optional<String> role, Optional<String> detail, Instant at) {
        static Event from(ResultSet row, int number) throws SQLException {
            return new Event(
                    row.getString("event"),
                    Optional.ofNullable(row.getString("role")),
                    Optional.ofNullable(row.getString("detail")),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }
    }

    public void add(UUID subject, String event, @Nullable String role, @Nullable String detail) {
        add(subject, event, role, detail, clock.instant());
    }

    public void add(
            UUID subject,
            String event,
            @Nullable String role,
            @Nullable String detail,
            Instant at) {
        jdbc.sql(
                        """
                        insert into timeline (subject, event, role, detail, at)
                        values (:subject, :event, :role, :detail, :at)
                        """)
                .param("subject", subject)
                .param("event", event)
                .param("role", role)
                .param("detail", detail)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The same event of many subjects, each at its time. */
    public void addAll(Map<UUID, Instant> times, String event) {
        jdbc.sql(
                        """
                        insert into timeline (subject, event, at)
                        select subject, :event, at from unnest(:subjects::uuid[], :times::timestamptz[]) as new(subject, at)
                        """)
                .param("event", event)
                .param("subjects", times.keySet().toArray(UUID[]::new))
                .param(
                        "times",
                        times.values().stream().map(Instant::toString).toArray(String[]::new))
                .update();
    }

    public List<Event> of(UUID subject) {
        return jdbc.sql(
                        "select event, role, detail, at from timeline where subject = :subject order by at, id")
                .param("subject", subject)
                .query(Event::from)
                .list();
    }
}
