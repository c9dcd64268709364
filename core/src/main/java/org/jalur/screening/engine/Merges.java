package org.jalur.screening.engine;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Merges what is due, in the background, on one thread. */
final class Merges implements AutoCloseable {
    private final Holdings holdings;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("screening-merges").factory());
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable String failure;

    Merges(Holdings holdings) {
        this.holdings = holdings;
    }

    /** Says that something may be due. */
    void ask() {
        if (!thread.isShutdown() && asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::run);
            } catch (RejectedExecutionException _) {
                // Closed just now: nothing is merged any more.
                asked.set(false);
            }
        }
    }

    private void run() {
        asked.set(false);
        try {
            boolean more = true;
            while (more && !thread.isShutdown()) {
                more = holdings.merge();
                failure = null;
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // What was there before is in place still.
            failure = e.toString();
        }
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Lets a merge that runs come to its end, and begins no other. */
    @Override
    public void close() {
        thread.close();
    }
}
