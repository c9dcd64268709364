package org.jalur.node.journal;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets no node start on a database that is older than its journal: it would give numbers in its
 * channels a second time.
 */
@Component
class JournalStart implements SmartLifecycle {
    private final DatabaseCheck check;
    private volatile boolean running;

    JournalStart(JdbcClient jdbc, PublishedLog published) {
        check = new DatabaseCheck(jdbc, published);
    }

    @Override
    public void start() {
        check.require();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything is accepted, recorded or sent. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
