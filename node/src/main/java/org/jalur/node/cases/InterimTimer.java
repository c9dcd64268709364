package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends interim withholdings whose time is over. The rows are the timer: whichever process looks
 * first, after a restart too, ends each once.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class InterimTimer {
    private static final Logger log = LoggerFactory.getLogger(InterimTimer.class);
    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final Interims interims;
    private final Clock clock;

    InterimTimer(JdbcClient jdbc, Interims interims, Clock clock) {
        this.jdbc = jdbc;
        this.interims = interims;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void endInterims() {
        for (UUID id : due(clock.instant())) {
            try {
                interims.expire(id);
            } catch (RuntimeException e) {
                log.error("what case {} withholds was not shown again; it is tried again", id, e);
            }
        }
    }

    private List<UUID> due(Instant now) {
        return jdbc.sql(
                        """
                        select subject from interims where ended_at is null and until_at <= :now
                        group by subject order by min(until_at) limit :most
                        """)
                .param("now", CaseMessages.at(now))
                .param("most", AT_ONCE)
                .query((row, _) -> row.getObject("subject", UUID.class))
                .list();
    }
}
