package org.jalur.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Counts up in a checkpoint store that others count up too; a lost swap is tried again, so a swap
/// with two winners shows as a sum that is too small.
final class CountingProcess {
    static final String COUNTER = "counter";

    private CountingProcess() {}

    public static void main(String[] args) {
        count(new FileCheckpointStore(Path.of(args[0])), Integer.parseInt(args[1]));
    }

    static void count(CheckpointStore store, int wins) {
        int won = 0;
        while (won < wins) {
            byte[] current = store.load(COUNTER).orElse(null);
            int next =
                    current == null
                            ? 1
                            : Integer.parseInt(new String(current, StandardCharsets.UTF_8)) + 1;
            if (store.compareAndSwap(
                    COUNTER, current, Integer.toString(next).getBytes(StandardCharsets.UTF_8))) {
                won++;
            }
        }
    }
}
