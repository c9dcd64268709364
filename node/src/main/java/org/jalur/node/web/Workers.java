package org.jalur.node.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Virtual threads that work for a component while the node runs, and end with it. */
public final class Workers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    /** Before the first is started: what they do, they do while {@link #isRunning}. */
    public void begin() {
        running = true;
    }

    public void start(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /** Interrupts them and waits until they have ended, at most five seconds for each. */
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    public boolean isRunning() {
        return running;
    }
}
