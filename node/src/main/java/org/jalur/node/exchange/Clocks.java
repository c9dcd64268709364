package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.clock.Reading;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * When clocks stood and went on: of each message once, at the time of the receiver's receipt. What
 * they show stands in the rows of notices and cases.
 */
@Component
public class Clocks {
    private final JdbcClient jdbc;
    private final Clock clock;

    Clocks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whose clock it is. */
    public enum Of {
        NOTICE("notices"),
        CASE("cases");

        private final String table;

        Of(String table) {
            this.table = table;
        }
    }

    /** When an answer is due as long as nothing makes the clock stand. */
    public static Instant due(ClockRule rule, Instant receivedAt) {
        return switch (org.jalur.agreement.clock.Clock.read(
                rule, List.of(new Event.Received(receivedAt)), receivedAt)) {
            case Reading.Running(_, var due) -> due;
            case Reading.NotStarted _, Reading.Standing _, Reading.Over _ ->
                    throw new IllegalStateException("a clock that was only started runs");
        };
    }

    /** From a receipt at this moment to the answer. */
    public static Duration allowance(ClockRule rule, Instant now) {
        return Duration.between(now, due(rule, now));
    }

    /**
     * A message with decisions that came to the other side: it may ask, say what stands in the way,
     * or that nothing does any more.
     *
     * @param message row of the message
     * @return whether the clock shows something else now
     */
    public boolean decided(long message, UUID subject, Instant at) {
        return jdbc.sql(
                                """
                                with said as (select outcome from decisions where message = :message),
                                last as (
                                    select distinct on (no) outcome from decisions
                                    where subject = :subject and message <= :message order by no, message desc, id desc)
                                insert into clock_events (message, subject, event, at)
                                select :message, :subject, event, :at from (
                                    select 'asked' as event where exists (select 1 from said where outcome = 'clarification')
                                    union all
                                    select 'hindered' where exists (select 1 from said where outcome = 'impossible')
                                    union all
                                    select 'decided' where exists (
                                            select 1 from said where outcome not in ('clarification', 'impossible'))
                                        and exists (select 1 from clock_events where subject = :subject and event = 'asked')
                                    union all
                                    select 'unhindered' where not exists (select 1 from last where outcome = 'impossible')
                                        and exists (select 1 from clock_events where subject = :subject and event = 'hindered')
                                ) as events
                                on conflict do nothing
                                """)
                        .param("message", message)
                        .param("subject", subject)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** A question that came to the other side. */
    public void asked(long message, UUID subject, Instant at) {
        add(message, subject, "asked", at);
    }

    /** An answer to what was asked that came to the other side. */
    public void answered(long message, UUID subject, Instant at) {
        add(message, subject, "answered", at);
    }

    private void add(long message, UUID subject, String event, Instant at) {
        jdbc.sql(
                        """
                        insert into clock_events (message, subject, event, at)
                        values (:message, :subject, :event, :at) on conflict do nothing
                        """)
                .param("message", message)
                .param("subject", subject)
                .param("event", event)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * An emergency that was confirmed: another rule holds from there, unless the first one has its
     * end before.
     */
    public record Confirmed(ClockRule rule, Instant at) {}

    /** Reads the clock, and writes what it shows into its row. */
    public void show(
            Of of,
            UUID subject,
            ClockRule rule,
            Instant receivedAt,
            Optional<Confirmed> confirmed) {
        List<Event> events = events(subject);
        // The other side's clock may be ahead.
        Instant now =
                events.stream()
                        .map(Event::at)
                        .filter(at -> at.isAfter(clock.instant()))
                        .max(Instant::compareTo)
                        .orElse(clock.instant());
        Shown claimed = read(rule, receivedAt, events, now);
        Shown shown =
                confirmed
                        .map(one -> read(one.rule(), one.at(), events, now))
                        .filter(one -> one.due().isBefore(claimed.due()))
                        .orElse(claimed);
        write(of, subject, shown);
    }

    private record Shown(Instant due, Optional<Instant> stoppedAt, Optional<Instant> goesOnAt) {}

    private static Shown read(ClockRule rule, Instant start, List<Event> events, Instant now) {
        List<Event> all = new ArrayList<>(events);
        all.add(new Event.Received(start));
        return switch (org.jalur.agreement.clock.Clock.read(rule, all, now)) {
            case Reading.Running(_, var due) -> new Shown(due, Optional.empty(), Optional.empty());
            case Reading.Standing(var since, _, var left, var goesOnAt, var due) ->
                    new Shown(due.orElse(since.plus(left)), Optional.of(since), goesOnAt);
            case Reading.NotStarted _, Reading.Over _ ->
                    throw new IllegalStateException("only what was received has a clock here");
        };
    }

    private void write(Of of, UUID subject, Shown shown) {
        jdbc.sql(
                        """
                        update %s set due_at = :due, stopped_at = :stopped, goes_on_at = :goesOn where id = :id
                        """
                                .formatted(of.table))
                .param("due", shown.due().atOffset(ZoneOffset.UTC))
                .param(
                        "stopped",
                        shown.stoppedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param(
                        "goesOn",
                        shown.goesOnAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("id", subject)
                .update();
    }

    /** What stood long enough goes on by itself; its due time says so already. */
    @Scheduled(fixedDelay = 1000)
    void goOn() {
        for (Of of : Of.values()) {
            jdbc.sql(
                            """
                            update %s set stopped_at = null, goes_on_at = null, changed_at = :now where goes_on_at <= :now
                            """
                                    .formatted(of.table))
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    private List<Event> events(UUID subject) {
        return jdbc.sql("select event, at from clock_stops where subject = :subject")
                .param("subject", subject)
                .query(Clocks::event)
                .list();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        String event = row.getString("event");
        return switch (event) {
            case "asked" -> new Event.Asked(at);
            case "answered" -> new Event.Answered(at);
            case "hindered" -> new Event.Hindered(at);
            case "unhindered" -> new Event.Unhindered(at);
            default -> throw new IllegalStateException("an unknown event of a clock: " + event);
        };
    }
}
