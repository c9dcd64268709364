package org.jalur.bench;

import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PdqIndex.Matches;

/**
 * The peer without an index: looks at every hash. The words stand in columns, and the bits are
 * counted block by block in loops that the compiler turns into vector instructions where the
 * processor counts bits in vectors (AVX-512).
 */
final class PdqScan {
    private static final int BLOCK = 2048;

    private final int size;
    private final long[][] columns;
    private final int[] distances = new int[BLOCK];

    PdqScan(long[] words) {
        size = words.length / PdqSamples.WORDS;
        columns = new long[PdqSamples.WORDS][size];
        for (int i = 0; i < words.length; i++) {
            columns[i % PdqSamples.WORDS][i / PdqSamples.WORDS] = words[i];
        }
    }

    /** Counts all four words of each. */
    void whole(PdqHash query, int radius, Matches matches) {
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            countWhole(query, from, count);
            if (nearest(count) <= radius) {
                report(from, count, radius, matches, query, false);
            }
        }
    }

    /**
     * Counts two words of each, and the others only of what these do not rule out: half the memory
     * is read.
     */
    void half(PdqHash query, int radius, Matches matches) {
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            countHalf(query, from, count);
            if (nearest(count) <= radius) {
                report(from, count, radius, matches, query, true);
            }
        }
    }

    private void countWhole(PdqHash query, int from, int count) {
        long a = query.first();
        long b = query.second();
        long c = query.third();
        long d = query.fourth();
        long[] first = columns[0];
        long[] second = columns[1];
        long[] third = columns[2];
        long[] fourth = columns[3];
        int[] distances = this.distances;
        for (int i = 0; i < count; i++) {
            distances[i] =
                    Long.bitCount(first[from + i] ^ a)
                            + Long.bitCount(second[from + i] ^ b)
                            + Long.bitCount(third[from + i] ^ c)
                            + Long.bitCount(fourth[from + i] ^ d);
        }
    }

    private void countHalf(PdqHash query, int from, int count) {
        long a = query.first();
        long b = query.second();
        long[] first = columns[0];
        long[] second = columns[1];
        int[] distances = this.distances;
        for (int i = 0; i < count; i++) {
            distances[i] = Long.bitCount(first[from + i] ^ a) + Long.bitCount(second[from + i] ^ b);
        }
    }

    private int nearest(int count) {
        int nearest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            nearest = Math.min(nearest, distances[i]);
        }
        return nearest;
    }

    private void report(
            int from, int count, int radius, Matches matches, PdqHash query, boolean halfOnly) {
        for (int i = 0; i < count; i++) {
            int distance = distances[i];
            if (distance <= radius && halfOnly) {
                distance +=
                        Long.bitCount(columns[2][from + i] ^ query.third())
                                + Long.bitCount(columns[3][from + i] ^ query.fourth());
            }
            if (distance <= radius) {
                matches.match(from + i, distance);
            }
        }
    }
}
