package org.jalur.screening.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Working memory that is not in use. Threads, virtual ones too, mostly find theirs where they left
 * it; whoever finds none makes another.
 */
final class IdleComparisons {
    private static final int PLACES = 64;

    /** References a line of memory apart, so that threads do not wait for each other. */
    private static final int APART = 16;

    /** What has read more has grown so large that it is not kept. */
    static final int MOST_KEPT = 1 << 16;

    private final AtomicReferenceArray<@Nullable Comparison> idle =
            new AtomicReferenceArray<>(PLACES * APART);
    private final Supplier<Comparison> another;

    IdleComparisons(Supplier<Comparison> another) {
        this.another = another;
    }

    Comparison take() {
        Comparison found = idle.getAndSet(place(), null);
        return found == null ? another.get() : found;
    }

    void giveBack(Comparison comparison, Content last) {
        if (last.length() <= MOST_KEPT) {
            idle.set(place(), comparison);
        }
    }

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES) * APART;
    }
}
