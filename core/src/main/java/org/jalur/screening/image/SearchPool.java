package org.jalur.screening.image;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Working memory that is not in use, so that a search takes no new one. Threads, virtual ones too,
 * mostly find theirs where they left it; whoever finds none makes another.
 */
final class SearchPool {
    private static final int PLACES = 64;

    /**
     * References apart from each other by a line of memory, so that threads do not wait for each
     * other.
     */
    private static final int APART = 16;

    private final AtomicReferenceArray<@Nullable PdqSearch> idle =
            new AtomicReferenceArray<>(PLACES * APART);
    private final Supplier<PdqSearch> another;

    SearchPool(Supplier<PdqSearch> another) {
        this.another = another;
    }

    PdqSearch take() {
        PdqSearch found = idle.getAndSet(place(), null);
        return found == null ? another.get() : found;
    }

    void giveBack(PdqSearch search) {
        idle.set(place(), search);
    }

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES) * APART;
    }
}
