package org.jalur.screening.check;

import java.util.Arrays;

/// Numbers behind each other.
final class Numbers {
    private int[] numbers = new int[16];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.addExact(size, size / 2));
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    /// All of them.
    int[] toArray() {
        return Arrays.copyOf(numbers, size);
    }
}
