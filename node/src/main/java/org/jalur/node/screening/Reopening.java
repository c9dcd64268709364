package org.jalur.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens again what was held back by mistake: content for which no other hit stands that holds or
 * blocks it. The platform asks what that is, in order.
 */
@Component
class Reopening {
    /** A screening has at most a minute, and its hits wait for the disk a little longer. */
    private static final Duration LATE_HITS = Duration.ofMinutes(5);

    private static final String REOPEN =
            """
            insert into reopened_hits (hit, at)
            select hits.id, :now from hits
            where %s and hits.mode in ('hold', 'block') and not exists (
                select 1 from hits other join entries on entries.id = other.entry
                    left join hit_reviews on hit_reviews.hit = other.id
                where other.screening = hits.screening and other.id <> hits.id and other.mode in ('hold', 'block')
                    and entries.overturned_at is null and coalesce(hit_reviews.correct, true))
            order by hits.id on conflict do nothing
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Reopening(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What an entry held back that was marked as overturned; how many hits. */
    @Transactional(propagation = Propagation.MANDATORY)
    int byEntry(UUID entry) {
        inOrder();
        return jdbc.sql(REOPEN.formatted("hits.entry = :entry"))
                .param("entry", entry)
                .param("now", now())
                .update();
    }

    /** What the entries of a withdrawn case held back. */
    @Transactional(propagation = Propagation.MANDATORY)
    void byCase(UUID caseId) {
        inOrder();
        jdbc.sql(REOPEN.formatted("hits.case_id = :case"))
                .param("case", caseId)
                .param("now", now())
                .update();
    }

    /** A held hit that a person found wrong. */
    @Transactional(propagation = Propagation.MANDATORY)
    void byHit(long hit) {
        inOrder();
        jdbc.sql(REOPEN.formatted("hits.id = :hit")).param("hit", hit).param("now", now()).update();
    }

    /** Hits of screenings that had begun before their entry was overturned. */
    @Scheduled(fixedDelay = 10_000)
    @Transactional
    void late() {
        inOrder();
        jdbc.sql(
                        REOPEN.formatted(
                                "hits.entry in (select id from entries where overturned_at > :since)"))
                .param("since", now().minus(LATE_HITS))
                .param("now", now())
                .update();
    }

    /** Numbers rise as transactions commit: whoever asks for what came after one misses nothing. */
    private void inOrder() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('reopened_hits'))")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
