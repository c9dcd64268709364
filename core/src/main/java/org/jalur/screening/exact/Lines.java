package org.jalur.screening.exact;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Lines of sixteen 32-bit fingerprints, each on one 64-byte line of the processor's cache, outside
/// the heap. A fingerprint is never 0; the slots of a line fill from the first. A key stands in its
/// home line or, if that is full, in the first one after it that had room; the last line is empty,
/// so that every search ends.
final class Lines {
    static final int SLOTS = 16;

    private static final int LINE = 64;
    private static final int WORDS = LINE / Long.BYTES;
    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt SLOT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long BOTH = 0x0000_0001_0000_0001L;
    private static final long SIGNS = 0x8000_0000_8000_0000L;

    private final MemorySegment memory;

    /** So many empty lines. */
    Lines(int count) {
        memory = Arena.ofAuto().allocate((long) count * LINE, LINE);
    }

    int count() {
        return (int) (memory.byteSize() / LINE);
    }

    MemorySegment memory() {
        return memory;
    }

    /** What a hash leaves in a line. */
    static int fingerprint(long hash) {
        int low = (int) hash;
        return low == 0 ? 1 : low;
    }

    void put(long slot, int fingerprint) {
        memory.set(SLOT, slot * Integer.BYTES, fingerprint);
    }

    int get(long slot) {
        return memory.get(SLOT, slot * Integer.BYTES);
    }

    /** The last slot of a line: not 0 if keys of this line may stand in the next. */
    int lastSlot(int line) {
        return get((long) line * SLOTS + SLOTS - 1);
    }

    /// Whether the line has the fingerprint. A half of a word is 0 after the comparison exactly
    /// where it is equal, and the lowest half that is 0 gets a sign by subtracting 1 that was not
    /// there before.
    boolean holds(int line, int fingerprint) {
        long sought = Integer.toUnsignedLong(fingerprint) * BOTH;
        long at = (long) line * LINE;
        long found = 0;
        for (int i = 0; i < WORDS; i++) {
            long differences = memory.get(WORD, at + (long) i * Long.BYTES) ^ sought;
            found |= differences - BOTH & ~differences;
        }
        return (found & SIGNS) != 0;
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
