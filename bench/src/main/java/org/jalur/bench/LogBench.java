package org.jalur.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jalur.log.InclusionProof;
import org.jalur.log.MerkleTree;
import org.jalur.log.PosixStorage;
import org.jalur.log.TiledLog;

/** Durable appends to a log in a folder, in batches, and proofs from it once it is large. */
public final class LogBench {
    private static final int BATCH = 4096;
    private static final int ENTRIES = 10_000_000;
    private static final int PROOFS = 20_000;

    private LogBench() {}

    /**
     * @param arguments how many entries; 10,000,000 unless told
     */
    public static void main(String[] arguments) throws IOException {
        int entries = arguments.length == 0 ? ENTRIES : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("jalur-log");
        try {
            TiledLog log = append(folder, entries);
            prove(log);
        } finally {
            delete(folder);
        }
    }

    private static TiledLog append(Path folder, int entries) {
        TiledLog log = TiledLog.open(new PosixStorage(folder), 0, MerkleTree.EMPTY_ROOT);
        long start = System.nanoTime();
        long part = start;
        for (int size = 0; size < entries; size += BATCH) {
            log.append(batch(size, Math.min(BATCH, entries - size)));
            if ((size / BATCH) % 500 == 499) {
                long now = System.nanoTime();
                System.out.printf(
                        "  %,d entries: %,.0f/s since the line before, heap after a collection %d MB%n",
                        log.head().size(), 500 * BATCH / ((now - part) / 1e9), heap());
                part = System.nanoTime();
            }
        }
        System.out.printf(
                "durable appends in batches of %,d: %,d entries, %,.0f/s%n",
                BATCH, entries, entries / ((System.nanoTime() - start) / 1e9));
        return log;
    }

    /** Entries as a node writes them: a kind and a digest. */
    private static List<byte[]> batch(int from, int count) {
        List<byte[]> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(ByteBuffer.allocate(61).putInt(from + i).array());
        }
        return batch;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private static void prove(TiledLog log) {
        var random = new SplittableRandom(1);
        long size = log.head().size();
        double[] millis = new double[PROOFS];
        for (int i = -PROOFS / 4; i < PROOFS; i++) {
            long index = random.nextLong(size);
            long start = System.nanoTime();
            InclusionProof proof = log.inclusionProof(index, size);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            if (i % 100 == 0) {
                proof.verify(log.leafHash(index), log.head().root());
            }
        }
        Figures.print("proof of a random entry among %,d".formatted(size), millis);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
