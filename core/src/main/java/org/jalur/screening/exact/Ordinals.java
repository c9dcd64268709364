package org.jalur.screening.exact;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Numbers in as few whole bytes each as the largest needs, outside the heap.
final class Ordinals {
    private static final ValueLayout.OfInt NUMBER =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment memory;
    private final int width;
    private final int mask;

    /** So many zeros, with room for numbers below a bound. */
    Ordinals(int count, int bound) {
        width = width(bound);
        mask = -1 >>> (Integer.SIZE - width * Byte.SIZE);
        memory = Arena.ofAuto().allocate(bytes(count, bound));
    }

    private static int width(int bound) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound - 1);
        return Math.max(1, (bits + Byte.SIZE - 1) / Byte.SIZE);
    }

    /** What they take: a number is read as four bytes, so some follow the last. */
    static long bytes(int count, int bound) {
        return (long) count * width(bound) + Integer.BYTES;
    }

    void set(int index, int number) {
        long at = (long) index * width;
        int others = memory.get(NUMBER, at) & ~mask;
        memory.set(NUMBER, at, others | number);
    }

    int get(int index) {
        return memory.get(NUMBER, (long) index * width) & mask;
    }

    MemorySegment memory() {
        return memory;
    }
}
