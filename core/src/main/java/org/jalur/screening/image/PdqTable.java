package org.jalur.screening.image;

import java.util.Arrays;

/**
 * The hashes of an index by the value of one chunk. Of each it keeps the 16 bits that follow the chunk (the sketch), so
 * that nearly all that are too far are seen without looking at them; four sketches share a word, and so one comparison.
 */
final class PdqTable {
    /** Sketches in a word. */
    static final int LANES = 4;

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
        // One more, so that even the last value has a word to touch.
        sketches = new long[starts[split.values()] + 1];
        ordinals = new int[starts[split.values()] * LANES];
        Arrays.fill(ordinals, UNUSED);
        int[] next = new int[split.values()];
        for (int value = 0; value < next.length; value++) {
            next[value] = starts[value] * LANES;
        }
        for (int ordinal = 0; ordinal < ring.size(); ordinal++) {
            PdqHash hash = ring.hash(ordinal);
            int at = next[split.chunk(hash, chunk)]++;
            sketches[at / LANES] |= (long) split.sketch(hash, chunk) << at % LANES * PdqSplit.SKETCH_BITS;
            ordinals[at] = ordinal;
        }
    }

    private static int[] starts(PdqSplit split, int chunk, PdqWords ring) {
        int[] starts = new int[split.values() + 1];
        for (int ordinal = 0; ordinal < ring.size(); ordinal++) {
            starts[split.chunk(ring.hash(ordinal), chunk)]++;
        }
        int total = 0;
        for (int value = 0; value < starts.length; value++) {
            int words = (starts[value] + LANES - 1) / LANES;
            starts[value] = total;
            total += words;
        }
        return starts;
    }

    int start(int value) {
        return starts[value];
    }

    int end(int value) {
        return starts[value + 1];
    }

    int ordinal(int word, int lane) {
        return ordinals[word * LANES + lane];
    }

    /** The first of a value's words, to have it fetched from memory. */
    long touch(int value) {
        return sketches[starts[value]];
    }

    /** A sketch in each lane, to compare with a word. */
    static long inEachLane(int sketch) {
        return sketch * EACH_LANE;
    }

    /** What to add to a count in each lane so that its bit in {@link #FAR} is set if it is above the limit. */
    static long above(int limit) {
        return FAR - (limit + 1) * EACH_LANE;
    }

    /** The lanes of a word that differ from a sketch in no more bits than allowed: bit 7 of each. */
    long near(int word, long sketch, long above) {
        long x = sketches[word] ^ sketch;
        x -= x >>> 1 & 0x5555_5555_5555_5555L;
        x = (x & 0x3333_3333_3333_3333L) + (x >>> 2 & 0x3333_3333_3333_3333L);
        x = x + (x >>> 4) & 0x0f0f_0f0f_0f0f_0f0fL;
        x += x >>> 8;
        return ~(x + above) & FAR;
    }

    long bytes() {
        return (long) starts.length * Integer.BYTES
                + (long) sketches.length * Long.BYTES
                + (long) ordinals.length * Integer.BYTES;
    }
}
