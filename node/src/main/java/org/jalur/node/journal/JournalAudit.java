package org.jalur.node.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jalur.log.LogAudit;
import org.jalur.log.LogStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Reads and hashes the whole journal again, once a day, while everything else goes on. */
@Component
public class JournalAudit {
    private static final Logger log = LoggerFactory.getLogger(JournalAudit.class);

    private final LogStorage storage;
    private final PublishedLog published;
    private final Clock clock;
    private volatile Optional<Result> newest = Optional.empty();

    JournalAudit(LogStorage storage, PublishedLog published, Clock clock) {
        this.storage = storage;
        this.published = published;
        this.clock = clock;
    }

    /** What the last audit of this process has found, and when it ended. */
    public record Result(LogAudit audit, Instant at) {}

    public Optional<Result> newest() {
        return newest;
    }

    /** On a thread of its own: the scheduler's other tasks do not wait for it. */
    @Scheduled(initialDelay = 1, fixedDelay = 24, timeUnit = TimeUnit.HOURS)
    void begin() {
        Thread.ofVirtual().name("journal-audit").start(this::run);
    }

    /** One after the other. */
    public synchronized void run() {
        LogAudit audit = LogAudit.of(storage, published.head(), _ -> {});
        newest = Optional.of(new Result(audit, clock.instant()));
        for (LogAudit.Finding finding : audit.findings()) {
            log.error("the journal is damaged: {} {}", finding.path(), finding.problem());
        }
    }
}
