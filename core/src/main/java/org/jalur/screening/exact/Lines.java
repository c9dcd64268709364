package org.jalur.screening.exact;

import java.lang.foreign.MemorySegment;
import org.jalur.screening.Vectors;

/// Lines of {@value #SLOTS} fingerprints of 16 bits, each on one 64-byte line of the processor's
/// cache (large tables, in the default collector's heap). Before them stands the line's rank: how
/// many keys stand in the lines before. A fingerprint is never 0; the slots of a line fill from the
/// first. A key stands in its home line or, if that is full, in the first one after it that had
/// room; the last line is empty, so that every search ends.
final class Lines {
    static final int SLOTS = 30;

    /** The words of a line, and the lanes of 16 bits in a word. */
    static final int WORDS = 8;

    static final int LANES = 4;

    /** The rank takes the lowest lanes of the first word. */
    private static final int RANK_LANES = Integer.SIZE / Short.SIZE;

    private static final long RANK = 0xffff_ffffL;

    /** The first word of an array that begins a line of memory. */
    private static final int FIRST = 6;

    private static final int MASK = 0xffff;
    private static final long EACH = 0x0001_0001_0001_0001L;
    private static final long SIGNS = EACH << 15;

    private final long[] words;

    private final int count;

    /** So many empty lines. */
    Lines(int count) {
        words = new long[Math.addExact(FIRST, Math.multiplyExact(count, WORDS))];
        this.count = count;
    }

    int count() {
        return count;
    }

    /** All lines, a word after the other. */
    MemorySegment memory() {
        return MemorySegment.ofArray(words)
                .asSlice((long) FIRST * Long.BYTES, (long) count * WORDS * Long.BYTES);
    }

    /** What a hash leaves in a line. */
    static int fingerprint(long hash) {
        int low = (int) hash & MASK;
        return low == 0 ? 1 : low;
    }

    /** Fills an empty slot; slots are counted on from line to line. */
    void put(long slot, int fingerprint) {
        int line = (int) (slot / SLOTS);
        int lane = RANK_LANES + (int) (slot % SLOTS);
        words[first(line) + lane / LANES] |= (long) fingerprint << (lane % LANES * Short.SIZE);
    }

    /** Puts down how many keys stand in the lines before one. */
    void putRank(int line, int rank) {
        words[first(line)] |= rank;
    }

    /** How many keys stand before a slot of a line. */
    int rank(int line, int slot) {
        return (int) words[first(line)] + slot;
    }

    private static int first(int line) {
        return FIRST + line * WORDS;
    }

    /** The last slot of a line: not 0 if keys of this line may stand in the next. */
    int lastSlot(int line) {
        return (int) (words[first(line) + WORDS - 1] >>> (Long.SIZE - Short.SIZE));
    }

    /// Whether the line has the fingerprint. A lane of a word is 0 after the comparison exactly
    /// where it is equal, and the lowest one that is 0 gets a sign by subtracting 1 that was not
    /// there before.
    boolean holds(int line, int fingerprint) {
        int at = first(line);
        if (Vectors.USED) {
            return VectorLine.lanes(words, at, fingerprint) >>> RANK_LANES != 0;
        }
        long sought = fingerprint * EACH;
        long found =
                equal((words[at] ^ sought) | RANK)
                        | equal(words[at + 1] ^ sought)
                        | equal(words[at + 2] ^ sought)
                        | equal(words[at + 3] ^ sought)
                        | equal(words[at + 4] ^ sought)
                        | equal(words[at + 5] ^ sought)
                        | equal(words[at + 6] ^ sought)
                        | equal(words[at + 7] ^ sought);
        return (found & SIGNS) != 0;
    }

    private static long equal(long differences) {
        return (differences - EACH) & ~differences;
    }

    /** The first slot of the line from a given one on that has the fingerprint, or as many. */
    int slot(int line, int from, int fingerprint) {
        int at = first(line);
        int slot = from;
        while (slot < SLOTS && fingerprint(at, slot + RANK_LANES) != fingerprint) {
            slot++;
        }
        return slot;
    }

    private int fingerprint(int first, int lane) {
        return (int) (words[first + lane / LANES] >>> (lane % LANES * Short.SIZE)) & MASK;
    }
}
