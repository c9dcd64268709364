package org.jalur.node.witness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells admins that the journal stands still, or that a witness does not follow it. Any process
 * sees it in the database, whichever of them leads.
 */
@Component
class JournalWatch {
    private static final Duration STANDSTILL = Duration.ofMinutes(1);
    private static final Duration BEHIND = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Witnesses witnesses;
    private final CosignedCheckpoints cosigned;
    private final Notifications notifications;
    private final Clock clock;

    JournalWatch(
            JdbcClient jdbc,
            Witnesses witnesses,
            CosignedCheckpoints cosigned,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.witnesses = witnesses;
        this.cosigned = cosigned;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 15_000)
    @Transactional
    public void look() {
        waitingSince(
                        "select recorded_at from journal_pending where recorded_at < :limit order by recorded_at limit 1",
                        0,
                        STANDSTILL)
                .ifPresent(since -> tell(Kind.JOURNAL_STOPPED, "journal", "", since));
        for (AskedWitness witness : witnesses.all()) {
            waitingSince(
                            "select recorded_at from journal_entries where log_index = :size and recorded_at < :limit",
                            cosigned.newestBy(witness.name()).size(),
                            BEHIND)
                    .ifPresent(since ->
                            tell(Kind.WITNESS_BEHIND, witness.name(), witness.name(), since));
        }
    }

    /**
     * @param size entries that are done; the next one waits
     */
    private Optional<Instant> waitingSince(String query, long size, Duration patience) {
        return jdbc.sql(query)
                .param("size", size)
                .param("limit", clock.instant().minus(patience).atOffset(ZoneOffset.UTC))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private void tell(Kind kind, String subject, String reference, Instant since) {
        notifications.tell(Event.of(kind, subject, since, reference).due(since));
    }
}
