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

    /** Words in a line of memory; they are looked at together, without a branch. */
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

    /** Where the line begins in which a value begins. */
    int line(int value) {
        return starts[value] & -LINE;
    }

    int end(int value) {
        return starts[value + 1];
    }

    int ordinal(int word, int lane) {
        return ordinals[word * LANES + lane];
    }

    /** Reads something of each line of a value, and does nothing with it. */
    long touch(int value) {
        int first = line(value);
        long read = sketches[FIRST + first];
        for (int line = first + LINE; line < end(value); line += LINE) {
            read += sketches[FIRST + line];
        }
        return read;
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

    /** Whether any lane of a line differs from a sketch in no more bits than allowed. */
    boolean anyNear(int line, long sketch, long above) {
        int at = FIRST + line;
        long allFar =
                far(sketches[at] ^ sketch, above)
                        & far(sketches[at + 1] ^ sketch, above)
                        & far(sketches[at + 2] ^ sketch, above)
                        & far(sketches[at + 3] ^ sketch, above)
                        & far(sketches[at + 4] ^ sketch, above)
                        & far(sketches[at + 5] ^ sketch, above)
                        & far(sketches[at + 6] ^ sketch, above)
                        & far(sketches[at + 7] ^ sketch, above);
        return (allFar & FAR) != FAR;
    }

    /**
     * The lanes of a word that differ from a sketch in no more bits than allowed: bit 7 of each.
     */
    long near(int word, long sketch, long above) {
        return ~far(sketches[FIRST + word] ^ sketch, above) & FAR;
    }

    /** Counts the bits of each lane; bit 7 of a lane is set if there are more than allowed. */
    private static long far(long difference, long above) {
        long pairs = difference - (difference >>> 1 & 0x5555_5555_5555_5555L);
        long fours = (pairs & 0x3333_3333_3333_3333L) + (pairs >>> 2 & 0x3333_3333_3333_3333L);
        long bytes = fours + (fours >>> 4) & 0x0f0f_0f0f_0f0f_0f0fL;
        return bytes + (bytes >>> 8) + above;
    }

    long bytes() {
        return (long) starts.length * Integer.BYTES
                + (long) sketches.length * Long.BYTES
                + (long) ordinals.length * Integer.BYTES;
    }
}
