package org.jalur.scorecard;

import java.util.Arrays;

/** Many numbers without a box for each. */
final class Longs {
    private long[] numbers = new long[16];
    private int size;

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size] = number;
        size++;
    }

    void addAll(Longs others) {
        if (size + others.size > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(size + others.size, size * 2));
        }
        System.arraycopy(others.numbers, 0, numbers, size, others.size);
        size += others.size;
    }

    long[] all() {
        return Arrays.copyOf(numbers, size);
    }
}
