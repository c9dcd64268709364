package org.jalur.scorecard;

import java.util.EnumMap;
import java.util.Map;

/** How many there are of each. */
final class Counts<E extends Enum<E>> {
    private final Map<E, Long> numbers;

    Counts(Class<E> kinds) {
        numbers = new EnumMap<>(kinds);
    }

    void add(E one, long many) {
        numbers.merge(one, many, Long::sum);
    }

    void addAll(Counts<E> others) {
        others.numbers.forEach(this::add);
    }

    long of(E one) {
        return numbers.getOrDefault(one, 0L);
    }
}
