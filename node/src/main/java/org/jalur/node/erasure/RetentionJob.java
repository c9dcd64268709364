package org.jalur.node.erasure;

import java.util.Set;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases what the agreement lets nobody keep any longer, by the same message as a person does. What
 * the other side erased first is erased already.
 */
@Component
class RetentionJob {
    private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

    private final Retentions retentions;
    private final Erasing erasing;
    private final TransactionTemplate transactions;

    RetentionJob(Retentions retentions, Erasing erasing, TransactionTemplate transactions) {
        this.retentions = retentions;
        this.erasing = erasing;
        this.transactions = transactions;
    }

    /** Soon after a notice closes its page says how long it is kept. */
    @Scheduled(fixedDelay = 60_000)
    void planRetention() {
        while (retentions.plan()) {
            log.debug("planned how long closed notices are kept");
        }
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
    void eraseWhatIsOver() {
        for (UUID subject : retentions.due()) {
            try {
                transactions.executeWithoutResult(_ -> erase(subject));
            } catch (ProblemException e) {
                log.info("what {} holds is erased later: {}", subject, e.type());
            } catch (RuntimeException e) {
                log.error("what {} holds was not erased; it is tried again", subject, e);
            }
        }
    }

    private void erase(UUID subject) {
        Set<Kept> over = retentions.over(subject);
        if (!over.isEmpty()) {
            erasing.eraseKept(subject, over);
            retentions.erased(subject, over);
        }
    }
}
