package org.jalur.screening.similar;

import java.util.Arrays;
import org.jalur.screening.Vectors;

/// Sketches in order of the value of one chunk, each with the 32 bits that follow the chunk: those
/// of the next three chunks, whichever it is.
final class SketchTable {
    /// How many chunks there are around the ring of bits.
    static final int CHUNKS = 12;

    private static final int[] WIDTHS = {11, 11, 10};
    private static final int WIDEST = 1 << 11;

    /// All differences between two chunks, the smallest first, and how many have so many bits or
    /// fewer; for a narrower chunk some are too large.
    private static final int[] DIFFERENCES = new int[WIDEST];

    private static final int[] UP_TO = new int[Integer.SIZE];

    static {
        int next = 0;
        for (int bits = 0; bits < UP_TO.length; bits++) {
            for (int difference = 0; difference < WIDEST; difference++) {
                if (Integer.bitCount(difference) == bits) {
                    DIFFERENCES[next++] = difference;
                }
            }
            UP_TO[bits] = next;
        }
    }

    /// What stands on a line of memory, and in the widest vectors.
    private static final int LINE = 16;

    /// What a look-up costs, in sketches compared meanwhile.
    private static final int LOOK_UP = 16;

    /// How much quicker what follows a chunk is compared than a whole sketch.
    private static final int TOGETHER = 4;

    private final int chunk;

    /// Where the chunk begins, of {@value TextSketch#BITS} bits.
    private final int place;

    private final int width;

    /// What {@link #touch} has read: kept, so that the compiler does not leave the reading out.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /// For each value of the chunk where its sketches begin; one more for the end.
    private final int[] begins;

    private final int[] following;

    /// How many sketches a value mostly has, at most; in whole lines of memory.
    private final int usual;

    private final int[] ordinals;

    /// @param words for each sketch two
    SketchTable(long[] words, int chunk) {
        this.chunk = chunk;
        place =
                chunk / WIDTHS.length * Integer.SIZE
                        + Math.min(chunk % WIDTHS.length, 2) * WIDTHS[0];
        width = WIDTHS[chunk % WIDTHS.length];
        begins = new int[(1 << width) + 1];
        int size = words.length / 2;
        for (int i = 0; i < size; i++) {
            begins[value(words[2 * i], words[2 * i + 1]) + 1]++;
        }
        Arrays.parallelPrefix(begins, Integer::sum);
        usual = (size >>> width) / LINE * LINE + LINE;
        following = new int[size + 2 * usual];
        ordinals = new int[size];
        int[] next = begins.clone();
        for (int i = 0; i < size; i++) {
            int at = next[value(words[2 * i], words[2 * i + 1])]++;
            following[at] = following(words[2 * i], words[2 * i + 1]);
            ordinals[at] = i;
        }
    }

    /// The value of the chunk.
    private int value(long high, long low) {
        return bits(high, low, place) & ((1 << width) - 1);
    }

    private int following(long high, long low) {
        return bits(high, low, place + width);
    }

    /// 32 bits from one on, around the end.
    private static int bits(long high, long low, int from) {
        boolean upper = (from & Long.SIZE) != 0;
        long first = upper ? high : low;
        long second = upper ? low : high;
        return (int) ((first >>> from) | ((second << 1) << ~from));
    }

    /// In how many bits the chunk may differ to be looked up; -1 if it need not be.
    private int chunkLimit(int distance) {
        return allowance(1, distance) - 1;
    }

    /// In how many bits the chunk and what follows may differ together.
    private int limit(int distance) {
        return allowance(1 + WIDTHS.length, distance) - 1;
    }

    /// What a run of chunks from this one on is given: a whole round gets the distance and one.
    private int allowance(int chunks, int distance) {
        return (chunk + chunks) * (distance + 1) / CHUNKS - chunk * (distance + 1) / CHUNKS;
    }

    /// About what a search costs, in sketches compared as a whole meanwhile.
    long cost(int distance, int size) {
        int limit = chunkLimit(distance);
        long lookUps = limit < 0 ? 0 : Math.min(UP_TO[limit], 1 << width);
        return lookUps * LOOK_UP + ((lookUps * size) >>> width) / TOGETHER;
    }

    /// Whether this table leads to sketches that differ from the sought one in these bits.
    boolean leadsTo(long high, long low, int distance) {
        int own = Integer.bitCount(value(high, low));
        return own <= chunkLimit(distance)
                && own + Integer.bitCount(following(high, low)) <= limit(distance);
    }

    int ordinal(int place) {
        return ordinals[place];
    }

    /// Takes the places of sketches that may be near.
    @FunctionalInterface
    interface Candidates {
        void add(int place);
    }

    /// Hands over all sketches to which the table leads.
    void search(TextSketch sketch, int distance, Candidates candidates) {
        int chunkLimit = chunkLimit(distance);
        if (chunkLimit < 0) {
            return;
        }
        int limit = limit(distance);
        int value = value(sketch.high(), sketch.low());
        int sought = following(sketch.high(), sketch.low());
        int lookUps = UP_TO[chunkLimit];
        touched += touch(value, lookUps);
        for (int i = 0; i < lookUps; i++) {
            int difference = DIFFERENCES[i];
            if (difference >>> width == 0) {
                int left = limit - Integer.bitCount(difference);
                int from = begins[value ^ difference];
                int to = begins[(value ^ difference) + 1];
                if (Vectors.USED) {
                    VectorSketches.search(following, from, to, usual, sought, left, candidates);
                } else if (nearest(from, to, sought) <= left) {
                    addNear(from, to, sought, left, candidates);
                }
            }
        }
    }

    /// Has memory begin to fetch all that will be looked at, instead of one piece after the other.
    private long touch(int value, int lookUps) {
        int values = (1 << width) - 1;
        long read = 0;
        for (int i = 0; i < lookUps; i++) {
            read += begins[(value ^ DIFFERENCES[i]) & values];
        }
        for (int i = 0; i < lookUps; i++) {
            int from = begins[(value ^ DIFFERENCES[i]) & values];
            for (int line = 0; line < usual; line += LINE) {
                read += following[from + line];
            }
        }
        return read;
    }

    /// The smallest distance of what follows. A plain loop, of which the compiler makes vector
    /// instructions, and hardly ever is anything near.
    private int nearest(int from, int to, int sought) {
        int least = Integer.SIZE + 1;
        for (int i = from; i < to; i++) {
            least = Math.min(least, Integer.bitCount(following[i] ^ sought));
        }
        return least;
    }

    private void addNear(int from, int to, int sought, int left, Candidates candidates) {
        for (int i = from; i < to; i++) {
            if (Integer.bitCount(following[i] ^ sought) <= left) {
                candidates.add(i);
            }
        }
    }
}
