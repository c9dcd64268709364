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
    static final int FIRST = 6;

    /** In place of an ordinal: an unused lane. */
    static final int UNUSED = -1;

    private static final long EACH_LANE = 0x0001_0001_0001_0001L;

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

    /** The words, of which the first stands at {@value #FIRST}; whole lines can be read of them. */
    long[] sketches() {
        return sketches;
    }

    long bytes() {
        return (long) starts.length * Integer.BYTES
                + (long) sketches.length * Long.BYTES
                + (long) ordinals.length * Integer.BYTES;
    }
}
