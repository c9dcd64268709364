package org.jalur.node;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other programs do in their own time. */
final class Eventually {
    private Eventually() {}

    /** Whether it comes true in time. */
    static boolean within(Duration time, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
