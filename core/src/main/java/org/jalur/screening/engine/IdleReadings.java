package org.jalur.screening.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Working memory that is not in use. Threads, virtual ones too, mostly find theirs where they left
 * it; whoever finds none makes another.
 */
final class IdleReadings {
    private static final int PLACES = 64;

    /** References a line of memory apart, so that threads do not wait for each other. */
    private static final int APART = 16;

    /** What has read more has grown so large that it is not kept. */
    static final int MOST_KEPT = 1 << 16;

    private final AtomicReferenceArray<@Nullable Reading> idle =
            new AtomicReferenceArray<>(PLACES * APART);
    private final Supplier<Reading> another;

    IdleReadings(Supplier<Reading> another) {
        this.another = another;
    }

    Reading take() {
        Reading found = idle.getAndSet(place(), null);
        return found == null ? another.get() : found;
    }

    void giveBack(Reading reading, Content last) {
        if (last.length() <= MOST_KEPT) {
            idle.set(place(), reading);
        }
    }

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES) * APART;
    }
}
