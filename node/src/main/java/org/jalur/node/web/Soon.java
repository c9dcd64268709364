package org.jalur.node.web;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Work that follows a commit, on a thread of its own: whoever committed still has its connection,
 * and must not wait for another. Asked for many times before it begins, it is done once.
 */
public final class Soon {
    private static final Logger log = LoggerFactory.getLogger(Soon.class);

    private final String name;
    private final Runnable work;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * @param work what fails is logged, and done when it is asked for again
     */
    public Soon(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** Once the present transaction is committed. */
    public void afterCommit() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        ask();
                    }
                });
    }

    private void ask() {
        if (!asked.getAndSet(true)) {
            Thread.ofVirtual().name(name).start(this::run);
        }
    }

    private void run() {
        turn.lock();
        try {
            asked.set(false);
            work.run();
        } catch (RuntimeException e) {
            log.error("{} is done later", name, e);
        } finally {
            turn.unlock();
        }
    }
}
