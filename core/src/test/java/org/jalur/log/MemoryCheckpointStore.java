package org.jalur.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A checkpoint store in which somebody else can be first, and which can fail.
final class MemoryCheckpointStore implements CheckpointStore {
    final Map<String, byte[]> values = new TreeMap<>();
    private Runnable beforeNextSwap = () -> {};
    private boolean failing;
    int swaps;

    /// What another process does after the next load and before the swap.
    void beforeNextSwap(Runnable other) {
        beforeNextSwap = other;
    }

    void fail() {
        failing = true;
    }

    @Override
    public Optional<byte[]> load(String key) {
        return Optional.ofNullable(values.get(key)).map(byte[]::clone);
    }

    @Override
    public boolean compareAndSwap(String key, byte @Nullable [] expected, byte[] next) {
        Runnable other = beforeNextSwap;
        beforeNextSwap = () -> {};
        other.run();
        if (failing) {
            throw new UncheckedIOException(new IOException("no space left"));
        }
        if (!Arrays.equals(values.get(key), expected)) {
            return false;
        }
        values.put(key, next.clone());
        swaps++;
        return true;
    }
}
