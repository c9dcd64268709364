package org.jalur.screening.image;

import java.util.Arrays;

/**
 * The hashes of an index by the value of one chunk. Of each it keeps the 16 bits that follow the
 * chunk (the sketch), so that nearly all that are too far are seen without looking at them; four
 * sketches share a word, and so one comparison.
 */
final class PdqTable {
    /** Sketches in a word. */
    static final int LANES = 4;

    /** Words in a line of memory. */
    static final int LINE = 8;

    /**
     * The first word of an array that begins a line of memory, for large arrays in the default
     * collector's heap.
     */
    private static final int FIRST = 6;

    /** In place of an ordinal: an unused lane. */
    static final int UNUSED = -1;

    private static final long EACH_LANE = 0x0001_0001_0001_0001L;

    /** The bit of a lane that says whether it is too far. */
    private static final long FAR = EACH_LANE << 7;

    /** The word at which each value begins; one more to end the last. */
    private final int[] starts;

    private final long[] sketches;
    private final int[] ordinals;

    PdqTable(PdqSplit split, int chunk, PdqWords ring) {
        starts = starts(split, chunk, ring);
        // Lines are read whole, the last one beyond its end.
        sketches = new long[starts[split.values()] + FIRST + 2 * LINE];
        ordinals = new int[starts[split.values()] * LANES];
        Arrays.fill(ordinals, UNUSED);
        long[] words = ring.words();
        int[] next = new int[split.values()];
        for (int value = 0; value < next.length; value++) {
            next[value] = starts[value] * LANES;
        }
        for (int ordinal = 0; ordinal < ring.size(); ordinal++) {
            int hash = ordinal * PdqWords.PER_HASH;
            int at = next[split.chunk(words, hash, chunk)]++;
            long sketch = split.sketch(words, hash, chunk);
            sketches[FIRST + at / LANES] |= sketch << (at % LANES * PdqSplit.SKETCH_BITS);
            ordinals[at] = ordinal;
        }
    }

    private static int[] starts(PdqSplit split, int chunk, PdqWords ring) {
        int[] starts = new int[split.values() + 1];
        long[] words = ring.words();
        for (int ordinal = 0; ordinal < ring.size(); ordinal++) {
            starts[split.chunk(words, ordinal * PdqWords.PER_HASH, chunk)]++;
        }
        int total = 0;
        for (int value = 0; value < starts.length; value++) {
            int taken = (starts[value] + LANES - 1) / LANES;
            // What fits in one line does not stand in two.
            if (total % LINE + taken > LINE) {
                total += LINE - total % LINE;
            }
            starts[value] = total;
            total += taken;
        }
        return starts;
    }

    int start(int value) {
        return starts[value];
    }

    /** Where the line begins in which a word is. */
    static int line(int word) {
        return word & -LINE;
    }

    int end(int value) {
        return starts[value + 1];
    }

    /** The ordinal in a lane, counted from the first of the first word. */
    int ordinal(int lane) {
        return ordinals[lane];
    }

    /** Reads a word, and does nothing with it. */
    long touch(int word) {
        return sketches[FIRST + word];
    }

    /** A sketch in each lane, to compare with a word. */
    static long inEachLane(int sketch) {
        return sketch * EACH_LANE;
    }

    /**
     * What to add to a count in each lane so that its bit in {@link #FAR} is set if it is above the
     * limit.
     */
    static long above(int limit) {
        return FAR - (limit + 1) * EACH_LANE;
    }

    /** Puts down in which bits the words of a line differ from a sketch. */
    void differences(int line, long sketch, long[] into, int at) {
        int from = FIRST + line;
        into[at] = sketches[from] ^ sketch;
        into[at + 1] = sketches[from + 1] ^ sketch;
        into[at + 2] = sketches[from + 2] ^ sketch;
        into[at + 3] = sketches[from + 3] ^ sketch;
        into[at + 4] = sketches[from + 4] ^ sketch;
        into[at + 5] = sketches[from + 5] ^ sketch;
        into[at + 6] = sketches[from + 6] ^ sketch;
        into[at + 7] = sketches[from + 7] ^ sketch;
    }

    /**
     * Puts the number of bits of each lane in the lane's lower half, in place. The upper half means
     * nothing. One plain loop over many words: the compiler makes vector instructions of it.
     */
    static void count(long[] words, int length) {
        for (int i = 0; i < length; i++) {
            long all = words[i];
            long pairs = all - (all >>> 1 & 0x5555_5555_5555_5555L);
            long fours = (pairs & 0x3333_3333_3333_3333L) + (pairs >>> 2 & 0x3333_3333_3333_3333L);
            long bytes = fours + (fours >>> 4) & 0x0f0f_0f0f_0f0f_0f0fL;
            words[i] = bytes + (bytes >>> 8);
        }
    }

    /** Whether any lane of the counted words of a line has no more bits than allowed. */
    static boolean anyNear(long[] counts, int at, long above) {
        long allFar =
                counts[at] + above
                        & counts[at + 1] + above
                        & counts[at + 2] + above
                        & counts[at + 3] + above
                        & counts[at + 4] + above
                        & counts[at + 5] + above
                        & counts[at + 6] + above
                        & counts[at + 7] + above;
        return (allFar & FAR) != FAR;
    }

    /** The lanes of a counted word that have no more bits than allowed: bit 7 of each. */
    static long near(long counts, long above) {
        return ~(counts + above) & FAR;
    }

    long bytes() {
        return (long) starts.length * Integer.BYTES
                + (long) sketches.length * Long.BYTES
                + (long) ordinals.length * Integer.BYTES;
    }
}
