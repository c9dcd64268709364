package org.jalur.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// A storage that counts, can be tampered with, and can die in the middle of a batch.
final class MemoryStorage implements LogStorage {
    final SortedMap<String, byte[]> objects = new TreeMap<>();
    private final Random order = new Random(7);
    private int writesLeft = Integer.MAX_VALUE;
    int reads;
    int writes;
    long bytesWritten;

    /// From now on a batch dies after this many objects, in no particular order.
    MemoryStorage dyingAfter(int writes) {
        writesLeft = writes;
        return this;
    }

    MemoryStorage revived() {
        return dyingAfter(Integer.MAX_VALUE);
    }

    MemoryStorage copy() {
        var copy = new MemoryStorage();
        objects.forEach((path, bytes) -> copy.objects.put(path, bytes.clone()));
        return copy;
    }

    void forgetCounts() {
        reads = 0;
        writes = 0;
        bytesWritten = 0;
    }

    @Override
    public Optional<byte[]> read(String path) {
        reads++;
        return Optional.ofNullable(objects.get(path)).map(byte[]::clone);
    }

    @Override
    public void writeAll(Map<String, byte[]> batch) {
        List<String> paths = new ArrayList<>(batch.keySet());
        Collections.shuffle(paths, order);
        for (String path : paths) {
            if (writesLeft-- <= 0) {
                throw new UncheckedIOException(new IOException("the power failed before " + path));
            }
            put(path, batch.getOrDefault(path, new byte[0]));
        }
    }

    private void put(String path, byte[] bytes) {
        byte[] old = objects.get(path);
        if (old != null && !Arrays.equals(old, bytes) && !path.contains(".p/")) {
            throw new ImmutableObjectException(path);
        }
        objects.put(path, bytes);
        writes++;
        bytesWritten += bytes.length;
    }
}
