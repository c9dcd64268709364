package org.jalur.bench;

import java.io.IOException;
import java.util.Arrays;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.image.PdqIndex.Matches;

/**
 * All PDQ hashes within 31 bits of a query, on one thread: Jalur's index beside a scan of all
 * hashes and faiss. Half of the queries have a match, half have none.
 */
public final class PdqIndexBench {
    private static final int RADIUS = PdqIndex.MAX_RADIUS;
    private static final int QUERIES = 20_000;
    private static final int PEER_QUERIES = 100;
    private static final int WORDS = PdqSamples.WORDS;
    private static final int[] SIZES = {
        10_000,
        20_000,
        50_000,
        100_000,
        200_000,
        500_000,
        1_000_000,
        2_000_000,
        5_000_000,
        10_000_000
    };

    private PdqIndexBench() {}

    /** A way to search, of which the time is taken. */
    private interface Search {
        void search(PdqHash query, int radius, Matches matches);
    }

    /** What was found, to be compared with others, and how long a query took. */
    private record Measured(double micros, long matches, long distances, long ordinals) {
        boolean foundTheSame(Measured other) {
            return matches == other.matches
                    && distances == other.distances
                    && ordinals == other.ordinals;
        }
    }

    /** Counts what is found. */
    private static final class Count implements Matches {
        private long matches;
        private long distances;
        private long ordinals;

        @Override
        public void match(int ordinal, int distance) {
            matches++;
            distances += distance;
            ordinals += ordinal;
        }
    }

    /**
     * @param arguments {@code peers} with sizes (1,000,000 and 10,000,000 unless told), {@code
     *     correlated}, or {@code growth}; all three unless told
     */
    public static void main(String[] arguments) throws IOException {
        String what = arguments.length == 0 ? "all" : arguments[0];
        if (what.equals("peers") || what.equals("all")) {
            int[] sizes =
                    arguments.length < 2
                            ? new int[] {1_000_000, 10_000_000}
                            : Arrays.stream(arguments)
                                    .skip(1)
                                    .mapToInt(Integer::parseInt)
                                    .toArray();
            for (int size : sizes) {
                peers(size);
            }
        }
        if (what.equals("correlated") || what.equals("all")) {
            correlated(1_000_000);
        }
        if (what.equals("growth") || what.equals("all")) {
            growth();
        }
    }

    private static void peers(int size) throws IOException {
        var samples = new PdqSamples(size);
        long[] words = samples.uniform(size);
        long[] queries = mixed(samples.uniform(QUERIES / 2), samples.near(words, QUERIES / 2));
        System.out.printf("%,d random hashes, radius %d%n", size, RADIUS);

        PdqIndex index = built(words);
        var scan = new PdqScan(words);
        Measured whole = measured(scan::whole, queries, PEER_QUERIES);
        Measured half = measured(scan::half, queries, PEER_QUERIES);
        measured(index::search, queries, QUERIES);
        Measured jalur = measured(index::search, queries, QUERIES);
        Measured same = measured(index::search, queries, PEER_QUERIES);
        double scanned = Math.min(whole.micros, half.micros);
        System.out.printf(
                "  scan, all words: %.0f us; two words first: %.0f us%n",
                whole.micros, half.micros);
        System.out.printf(
                "  Jalur: %.2f us, %.0f times the faster scan%n",
                jalur.micros, scanned / jalur.micros);
        System.out.printf(
                "  %d matches, as the scans: %b, %b%n",
                same.matches, same.foundTheSame(whole), same.foundTheSame(half));

        for (PdqFaiss.Answer faiss :
                PdqFaiss.ask(words, Arrays.copyOf(queries, PEER_QUERIES * WORDS))) {
            Measured asked = measured(index::search, queries, faiss.queries());
            System.out.printf(
                    "  faiss %s: built in %.1f s, %.0f us, Jalur %.0f times; the same found: %b%n",
                    faiss.index(),
                    faiss.buildSeconds(),
                    faiss.micros(),
                    faiss.micros() / jalur.micros,
                    faiss.matches() == asked.matches && faiss.distances() == asked.distances);
        }
    }

    private static void correlated(int size) {
        System.out.printf("%,d clustered hashes of which bits go together%n", size);
        var samples = new PdqSamples(7);
        long[] words = samples.correlated(size);
        PdqIndex index = built(words);
        PdqIndex uniform = PdqIndex.of(samples.uniform(size));
        var scan = new PdqScan(words);
        long[] near = samples.near(words, PEER_QUERIES);
        System.out.printf(
                "  as the scan: %b%n",
                measured(index::search, near, PEER_QUERIES)
                        .foundTheSame(measured(scan::whole, near, PEER_QUERIES)));

        long[] strange = without(index, new PdqSamples(8).correlated(QUERIES));
        long[] random = without(uniform, samples.uniform(QUERIES));
        for (int round = 0; round < 3; round++) {
            double there = measured(index::search, strange, strange.length / WORDS).micros;
            double here = measured(uniform::search, random, random.length / WORDS).micros;
            System.out.printf(
                    "  without a match: %.2f us, among random ones %.2f us: %.2f times%n",
                    there, here, there / here);
        }
    }

    private static void growth() {
        System.out.println(
                "growth: hashes, us per query, bytes per hash, allocated bytes per query");
        for (int size : SIZES) {
            var samples = new PdqSamples(size);
            long[] words = samples.uniform(size);
            long[] queries = mixed(samples.uniform(QUERIES / 2), samples.near(words, QUERIES / 2));
            PdqIndex index = PdqIndex.of(words);
            measured(index::search, queries, QUERIES);
            Measured jalur = measured(index::search, queries, QUERIES);
            System.out.printf(
                    "  %10d %8.2f %7.1f %5d%n",
                    size, jalur.micros, (double) index.bytes() / size, allocated(index, queries));
        }
    }

    private static PdqIndex built(long[] words) {
        long start = System.nanoTime();
        PdqIndex index = PdqIndex.of(words);
        System.out.printf(
                "  built in %.1f s, %.1f bytes for each hash%n",
                (System.nanoTime() - start) / 1e9, (double) index.bytes() / index.size());
        return index;
    }

    private static Measured measured(Search search, long[] queries, int count) {
        double[] micros = new double[count];
        var found = new Count();
        for (int i = 0; i < count; i++) {
            PdqHash query = hash(queries, i);
            long start = System.nanoTime();
            search.search(query, RADIUS, found);
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(micros);
        return new Measured(micros[count / 2], found.matches, found.distances, found.ordinals);
    }

    /** Bytes that a query takes from the heap. */
    private static long allocated(PdqIndex index, long[] queries) {
        var threads =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        PdqHash query = hash(queries, 1);
        var found = new Count();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            index.search(query, RADIUS, found);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    }

    /** The queries that find nothing. */
    private static long[] without(PdqIndex index, long[] queries) {
        long[] kept = new long[queries.length];
        int size = 0;
        for (int i = 0; i < queries.length / WORDS; i++) {
            var found = new Count();
            index.search(hash(queries, i), RADIUS, found);
            if (found.matches == 0) {
                System.arraycopy(queries, i * WORDS, kept, size, WORDS);
                size += WORDS;
            }
        }
        return Arrays.copyOf(kept, size);
    }

    /** One of these, one of those. */
    private static long[] mixed(long[] these, long[] those) {
        long[] mixed = new long[these.length + those.length];
        for (int at = 0; at < these.length; at += WORDS) {
            System.arraycopy(these, at, mixed, 2 * at, WORDS);
            System.arraycopy(those, at, mixed, 2 * at + WORDS, WORDS);
        }
        return mixed;
    }

    private static PdqHash hash(long[] words, int index) {
        int at = index * WORDS;
        return new PdqHash(words[at], words[at + 1], words[at + 2], words[at + 3]);
    }
}
