package org.jalur.scorecard;

import java.util.OptionalDouble;

/** How many of how many. */
public record Share(long counted, long of) {
    public Share {
        if (counted < 0 || counted > of) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(counted, of));
        }
    }

    /** Of a hundred; empty where there is nothing to count, which is not nought. */
    public OptionalDouble percent() {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * counted / of);
    }
}
