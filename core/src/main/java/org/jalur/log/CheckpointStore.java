package org.jalur.log;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small compare-and-swap store outside the database: the one place that decides which checkpoint
 * is the newest, so that two processes, or a restored backup, can never sign two trees.
 */
public interface CheckpointStore {
    Optional<byte[]> load(String key) throws IOException;

    /**
     * Durably replaces what was expected by what comes next.
     *
     * @param expected the value that must stand there now; null for none
     * @return whether it did stand there, and was replaced
     */
    boolean compareAndSwap(String key, byte @Nullable [] expected, byte[] next) throws IOException;
}
