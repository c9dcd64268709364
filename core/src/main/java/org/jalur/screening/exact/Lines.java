package org.jalur.screening.exact;

import java.lang.foreign.MemorySegment;

/// Lines of sixteen 32-bit fingerprints, each on one 64-byte line of the processor's cache (large
/// tables, in the default collector's heap). A fingerprint is never 0; the slots of a line fill
/// from the first. A key stands in its home line or, if that is full, in the first one after it
/// that had room; the last line is empty, so that every search ends.
final class Lines {
    static final int SLOTS = 16;

    private static final int WORDS = SLOTS * Integer.BYTES / Long.BYTES;
    private static final int PER_WORD = SLOTS / WORDS;

    /** The first word of an array that begins a line of memory. */
    private static final int FIRST = 6;

    private static final long BOTH = 0x0000_0001_0000_0001L;
    private static final long SIGNS = 0x8000_0000_8000_0000L;

    /** Two slots each, the first one lowest. */
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
        int low = (int) hash;
        return low == 0 ? 1 : low;
    }

    /** Fills an empty slot. */
    void put(long slot, int fingerprint) {
        words[word(slot)] |= Integer.toUnsignedLong(fingerprint) << shift(slot);
    }

    int get(long slot) {
        return (int) (words[word(slot)] >>> shift(slot));
    }

    private static int word(long slot) {
        return FIRST + (int) (slot / PER_WORD);
    }

    private static int shift(long slot) {
        return (int) (slot % PER_WORD) * Integer.SIZE;
    }

    /** The last slot of a line: not 0 if keys of this line may stand in the next. */
    int lastSlot(int line) {
        return (int) (words[FIRST + line * WORDS + WORDS - 1] >>> Integer.SIZE);
    }

    /// Whether the line has the fingerprint. A half of a word is 0 after the comparison exactly
    /// where it is equal, and the lowest half that is 0 gets a sign by subtracting 1 that was not
    /// there before.
    boolean holds(int line, int fingerprint) {
        long sought = Integer.toUnsignedLong(fingerprint) * BOTH;
        int at = FIRST + line * WORDS;
        long found =
                equal(words[at] ^ sought)
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
        return (differences - BOTH) & ~differences;
    }

    /** The first slot of the line from a given one on that has the fingerprint, or 16. */
    int slot(int line, int from, int fingerprint) {
        long first = (long) line * SLOTS;
        int slot = from;
        while (slot < SLOTS && get(first + slot) != fingerprint) {
            slot++;
        }
        return slot;
    }
}
