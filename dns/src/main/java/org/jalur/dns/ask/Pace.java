package org.jalur.dns.ask;

import java.util.concurrent.locks.LockSupport;

/** So many questions a second and no more, whoever asks them. */
public final class Pace {
    private static final long SECOND = 1_000_000_000L;

    private final long between;
    private long next = System.nanoTime();

    /**
     * @param perSecond at least one
     */
    public Pace(int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException(
                    "%d questions a second; give 1 or more".formatted(perSecond));
        }
        between = SECOND / perSecond;
    }

    /** Returns when it is the caller's turn. */
    void await() throws InterruptedException {
        long turn;
        synchronized (this) {
            turn = Math.max(next, System.nanoTime());
            next = turn + between;
        }
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
