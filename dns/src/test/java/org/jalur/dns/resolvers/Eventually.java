package org.jalur.dns.resolvers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other programs do in their own time. */
public final class Eventually {
    private Eventually() {}

    /** Whether it comes true in time. */
    public static boolean within(Duration time, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }
}
