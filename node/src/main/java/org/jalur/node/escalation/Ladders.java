package org.jalur.node.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.node.web.DueTimer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** When each ladder that this side climbs is looked at next. */
@Component
public class Ladders implements DueTimer.Rows<Ladders.Due> {
    private static final String BELL = "jalur_ladders";

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Clock clock;

    Ladders(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A ladder whose time has come; its row is locked.
     *
     * @param attempts that failed
     */
    record Due(int channel, Silence about, UUID subject, int attempts) {
        static Due from(ResultSet row, int number) throws SQLException {
            return new Due(
                    row.getInt("channel"),
                    Silence.valueOf(row.getString("about").toUpperCase(Locale.ROOT)),
                    row.getObject("subject", UUID.class),
                    row.getInt("attempts"));
        }

        LadderSubjects.SubjectKey key() {
            return new LadderSubjects.SubjectKey(channel, subject);
        }
    }

    static String wire(Silence about) {
        return about.name().toLowerCase(Locale.ROOT);
    }

    /** Begins with ladders, each to be looked at in its time; one that is there gets the time. */
    public void open(int channel, Silence about, Map<UUID, Instant> looks) {
        jdbc.sql(
                        """
                        insert into open_ladders (channel, about, subject, look_at)
                        select :channel, :about, subject, look_at
                        from unnest(:subjects::uuid[], :looks::timestamptz[]) as new(subject, look_at)
                        on conflict (channel, subject, about) do update set look_at = excluded.look_at
                        """)
                .param("channel", channel)
                .param("about", wire(about))
                .param("subjects", looks.keySet().toArray(UUID[]::new))
                .param("looks", looks.values().stream().map(Ladders::text).toArray(String[]::new))
                .update();
        Instant soon = clock.instant().plus(DueTimer.SLEEP);
        if (looks.values().stream().anyMatch(look -> look.isBefore(soon))) {
            ring();
        }
    }

    /** Something was said about these: what is to be done is found out at once. */
    public void lookNow(int channel, Silence about, Collection<UUID> subjects) {
        int changed =
                jdbc.sql(
                                """
                                update open_ladders set look_at = :now
                                where channel = :channel and about = :about and subject = any(:subjects)
                                    and look_at > :now
                                """)
                        .param("now", at(clock.instant()))
                        .param("channel", channel)
                        .param("about", wire(about))
                        .param("subjects", subjects.toArray(UUID[]::new))
                        .update();
        if (changed > 0) {
            ring();
        }
    }

    private void ring() {
        jdbc.sql("select pg_notify(:bell, '')").param("bell", BELL).query((_, _) -> true).list();
    }

    @Override
    public String bell() {
        return BELL;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Due> claim(int most) {
        return jdbc.sql(
                        """
                        select channel, about, subject, attempts from open_ladders
                        where look_at <= :now order by look_at limit :most for update skip locked
                        """)
                .param("now", at(clock.instant()))
                .param("most", most)
                .query(Due::from)
                .list();
    }

    /** Holds a ladder's row, whenever its time is; empty if it is not climbed here any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Due> hold(Silence about, LadderSubjects.SubjectKey key) {
        return jdbc.sql(
                        """
                        select channel, about, subject, attempts from open_ladders
                        where channel = :channel and about = :about and subject = :subject for update
                        """)
                .param("channel", key.channel())
                .param("about", wire(about))
                .param("subject", key.subject())
                .query(Due::from)
                .optional();
    }

    @Override
    public Optional<Instant> next() {
        return jdbc.sql(
                        """
                        select look_at from open_ladders where look_at < 'infinity' order by look_at limit 1
                        """)
                .query((row, _) -> row.getObject("look_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    /**
     * @param at empty: only a message or a person changes anything
     */
    void lookAt(Due due, Optional<Instant> at) {
        set(due, at.map(Ladders::text).orElse("infinity"), 0);
    }

    void failed(Due due) {
        Duration pause =
                Duration.ofSeconds(
                        Math.min(1L << Math.min(due.attempts(), 10), LONGEST_PAUSE.toSeconds()));
        set(due, text(clock.instant().plus(pause)), due.attempts() + 1);
    }

    private void set(Due due, String look, int attempts) {
        jdbc.sql(
                        """
                        update open_ladders set look_at = :look::timestamptz, attempts = :attempts
                        where channel = :channel and subject = :subject and about = :about
                        """)
                .param("look", look)
                .param("attempts", attempts)
                .param("channel", due.channel())
                .param("subject", due.subject())
                .param("about", wire(due.about()))
                .update();
    }

    /** Nothing will come of it any more. */
    void close(Due due) {
        jdbc.sql(
                        """
                        delete from open_ladders
                        where channel = :channel and subject = :subject and about = :about
                        """)
                .param("channel", due.channel())
                .param("subject", due.subject())
                .param("about", wire(due.about()))
                .update();
    }

    private static String text(Instant time) {
        return time.toString();
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
