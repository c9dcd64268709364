package org.jalur.node.erasure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What keeps a notice or case here past its agreed time: for a reason, until a day. It binds this
 * side's copies alone, and stops nobody who erases on purpose.
 */
@Component
class Holds {
    static final int LONGEST_REASON = 500;

    /** Whoever needs it for longer says so again. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final JdbcClient jdbc;
    private final Subjects subjects;
    private final Timeline timeline;
    private final Clock clock;

    Holds(JdbcClient jdbc, Subjects subjects, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.subjects = subjects;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * @param by pseudonym of whoever placed it
     * @param endedAt when it was ended before its time; absent otherwise
     */
    record Hold(
            String reason, String by, Instant placedAt, Instant until, Optional<Instant> endedAt) {
        static Hold from(ResultSet row, int number) throws SQLException {
            return new Hold(
                    row.getString("reason"),
                    row.getString("pseudonym"),
                    row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                    row.getObject("until_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }

        boolean holdsAt(Instant now) {
            return endedAt.isEmpty() && until.isAfter(now);
        }
    }

    /** The newest first. */
    List<Hold> of(UUID subject) {
        return jdbc.sql(
                        """
                        select reason, pseudonym, placed_at, until_at, ended_at
                        from retention_holds join accounts on accounts.id = placed_by
                        where subject = :subject order by retention_holds.id desc
                        """)
                .param("subject", subject)
                .query(Hold::from)
                .list();
    }

    boolean isHeld(UUID subject) {
        Instant now = clock.instant();
        return of(subject).stream().anyMatch(hold -> hold.holdsAt(now)) || isAppealed(subject);
    }

    /** Nobody decides an appeal about content that is gone. */
    private boolean isAppealed(UUID subject) {
        return jdbc.sql(
                        "select exists (select 1 from appeals where subject = :subject and outcome is null)")
                .param("subject", subject)
                .query(Boolean.class)
                .single();
    }

    /**
     * @throws ProblemException 422 for what is no reason or no end, 404 for an unknown subject
     */
    @Transactional
    public void place(UUID subject, String reason, Optional<Instant> until, Caller caller) {
        subjects.known(subject);
        Instant now = clock.instant();
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "hold-reason",
                    "reason has %d characters; say in 1 to %d why it is kept, without naming anybody"
                            .formatted(reason.strip().length(), LONGEST_REASON),
                    LONGEST_REASON);
        }
        if (until.filter(end -> end.isAfter(now) && !end.isAfter(now.plus(LONGEST))).isEmpty()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "hold-end",
                    "until is %s; a hold ends within %d days from now"
                            .formatted(
                                    until.map(Instant::toString).orElse("missing"),
                                    LONGEST.toDays()),
                    LONGEST.toDays());
        }
        jdbc.sql(
                        """
                        insert into retention_holds (subject, reason, placed_by, placed_at, until_at)
                        values (:subject, :reason, :by, :now, :until)
                        """)
                .param("subject", subject)
                .param("reason", reason.strip())
                .param("by", caller.account())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", until.get().atOffset(ZoneOffset.UTC))
                .update();
        timeline.add(subject, "held", caller.role().wire(), null);
    }

    /** All that hold it now. */
    @Transactional
    public void end(UUID subject, Caller caller) {
        subjects.known(subject);
        int ended =
                jdbc.sql(
                                """
                                update retention_holds set ended_at = :now, ended_by = :by
                                where subject = :subject and ended_at is null and until_at > :now
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("by", caller.account())
                        .param("subject", subject)
                        .update();
        if (ended == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "not-held", "Nothing holds %s now.".formatted(subject));
        }
        timeline.add(subject, "unheld", caller.role().wire(), null);
    }
}
