package org.jalur.dns;

import java.time.Duration;

/** Waits for a thread whose socket was closed: the port is free only when it has noticed. */
final class Ending {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Ending() {}

    static void await(Thread thread) {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
