package org.jalur.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jalur.screening.exact.KeyBatch;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.exact.KeyTable;
import org.jalur.screening.exact.PackedKeys;
import org.rocksdb.RocksDBException;

/**
 * Look-ups of SHA-256 digests among many, beside RocksDB and {@link HashMap}, on one thread: 5 % of
 * the keys looked up are there, then all of them. All must find the same entries.
 */
public final class LookupBench {
    private static final int ENTRIES = 10_000_000;
    private static final int LOOKUPS = 1_000_000;
    private static final int ROUNDS = 9;
    private static final int WIDTH = 32;
    private static final int MULTI_GET = 1000;

    /** A digest as a key of a hash map: the cheapest there is. */
    private record Digest(long a, long b, long c, long d) {
        static Digest of(byte[] key) {
            ByteBuffer words = ByteBuffer.wrap(key);
            return new Digest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }

        @Override
        public int hashCode() {
            return Long.hashCode(a);
        }
    }

    private final byte[][] keys;
    private final SplittableRandom random = new SplittableRandom(1);
    private final KeyTable table;
    private final Map<Digest, Integer> map;

    private LookupBench(int entries) {
        keys = new byte[entries][];
        for (int i = 0; i < entries; i++) {
            keys[i] = digest();
        }
        table = table();
        map = map();
    }

    /**
     * @param arguments how many entries; 10,000,000 unless told
     */
    public static void main(String[] arguments) throws IOException, RocksDBException {
        int entries = arguments.length == 0 ? ENTRIES : Integer.parseInt(arguments[0]);
        var bench = new LookupBench(entries);
        bench.store();
        try (var rocks = new LookupRocks(bench.keys)) {
            System.out.println("RocksDB: " + rocks.state());
            bench.compare(rocks, "5 % hits", 0.05);
            bench.compare(rocks, "no hits", 0);
            bench.compare(rocks, "all hits", 1);
        }
    }

    private byte[] digest() {
        byte[] digest = new byte[WIDTH];
        random.nextBytes(digest);
        return digest;
    }

    private KeyTable table() {
        var packed = new PackedKeys.Builder();
        for (byte[] key : keys) {
            packed.add(key);
        }
        PackedKeys packedKeys = packed.build();
        long start = System.nanoTime();
        KeyTable built = KeyTable.of(packedKeys, KeyHash.secret());
        System.out.printf(
                "KeyTable of %,d entries: built in %.2f s, %.2f bytes an entry, keys apart %.2f%n",
                keys.length,
                (System.nanoTime() - start) / 1e9,
                (double) built.bytes() / keys.length,
                (double) packedKeys.bytes() / keys.length);
        return built;
    }

    private Map<Digest, Integer> map() {
        Digest[] digests = Arrays.stream(keys).map(Digest::of).toArray(Digest[]::new);
        long before = heap();
        long start = System.nanoTime();
        Map<Digest, Integer> filled = HashMap.newHashMap(digests.length);
        for (int i = 0; i < digests.length; i++) {
            filled.put(digests[i], i);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double each;
        try {
            each = (double) (heap() - before) / filled.size();
        } finally {
            Reference.reachabilityFence(digests);
        }
        System.out.printf(
                "HashMap: built in %.2f s, %.2f bytes an entry with its Integer, keys apart:"
                        + " %.2f times KeyTable%n",
                seconds, each, each * keys.length / table.bytes());
        return filled;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void store() throws IOException {
        var out = new ByteArrayOutputStream();
        long start = System.nanoTime();
        table.writeTo(out);
        double written = (System.nanoTime() - start) / 1e9;
        var packed = new PackedKeys.Builder();
        for (byte[] key : keys) {
            packed.add(key);
        }
        PackedKeys packedKeys = packed.build();
        start = System.nanoTime();
        KeyTable read = KeyTable.readFrom(new ByteArrayInputStream(out.toByteArray()), packedKeys);
        System.out.printf(
                "written to memory in %.2f s, read in %.2f s, %,d MB%n",
                written, (System.nanoTime() - start) / 1e9, out.size() >> 20);
        if (read.find(keys[keys.length / 2]).length == 0) {
            throw new AssertionError("a key is lost between writing and reading");
        }
    }

    private void compare(LookupRocks rocks, String what, double hits) {
        byte[][] sought = new byte[LOOKUPS][];
        long expected = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            boolean hit = random.nextDouble() < hits;
            int ordinal = random.nextInt(keys.length);
            sought[i] = hit ? keys[ordinal].clone() : digest();
            expected += hit ? ordinal : 0;
        }
        Digest[] digests = Arrays.stream(sought).map(Digest::of).toArray(Digest[]::new);
        Map<String, LongSupplier> ways = new LinkedHashMap<>();
        ways.put("RocksDB get", () -> rocks.get(sought));
        ways.put("RocksDB multiGet of " + MULTI_GET, () -> rocks.multiGet(sought, MULTI_GET));
        ways.put("HashMap", () -> inMap(digests));
        ways.put("KeyTable singly", () -> singly(sought));
        ways.put("KeyTable batches of 64", () -> inBatches(sought, 64));
        ways.put("KeyTable batches of 1024", () -> inBatches(sought, 1024));
        print(what, measure(ways, expected));
    }

    private static Map<String, Double> measure(Map<String, LongSupplier> ways, long expected) {
        Map<String, double[]> nanos = new LinkedHashMap<>();
        ways.keySet().forEach(way -> nanos.put(way, new double[ROUNDS]));
        // The first rounds warm up.
        for (int round = -2; round < ROUNDS; round++) {
            for (var way : ways.entrySet()) {
                long start = System.nanoTime();
                long sum = way.getValue().getAsLong();
                double each = (double) (System.nanoTime() - start) / LOOKUPS;
                if (sum != expected) {
                    throw new AssertionError(way.getKey() + " finds other entries");
                }
                if (round >= 0) {
                    Objects.requireNonNull(nanos.get(way.getKey()))[round] = each;
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        nanos.forEach((way, all) -> {
            Arrays.sort(all);
            medians.put(way, all[ROUNDS / 2]);
        });
        return medians;
    }

    private static void print(String what, Map<String, Double> medians) {
        System.out.println(what + ", nanoseconds a look-up, medians:");
        double rocks = medians.getOrDefault("RocksDB get", Double.NaN);
        double map = medians.getOrDefault("HashMap", Double.NaN);
        medians.forEach((way, nanos) ->
                System.out.printf(
                        "  %-26s %8.1f   RocksDB get / it: %6.1f   HashMap / it: %5.2f%n",
                        way, nanos, rocks / nanos, map / nanos));
    }

    private long inMap(Digest[] sought) {
        long sum = 0;
        for (Digest digest : sought) {
            Integer ordinal = map.get(digest);
            if (ordinal != null) {
                sum += ordinal;
            }
        }
        return sum;
    }

    private long singly(byte[][] sought) {
        long sum = 0;
        for (byte[] key : sought) {
            for (int ordinal : table.find(key)) {
                sum += ordinal;
            }
        }
        return sum;
    }

    private long inBatches(byte[][] sought, int size) {
        var batch = new KeyBatch(table.hash());
        long[] sum = new long[1];
        for (int from = 0; from < sought.length; from += size) {
            batch.clear();
            for (int i = from; i < Math.min(sought.length, from + size); i++) {
                batch.add(sought[i], 0, WIDTH);
            }
            table.find(batch, (_, ordinal) -> sum[0] += ordinal);
        }
        return sum[0];
    }
}
