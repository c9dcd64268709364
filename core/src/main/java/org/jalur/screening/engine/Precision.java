package org.jalur.screening.engine;

import java.util.OptionalDouble;

/**
 * How often hits were right, by the people who looked at them.
 *
 * @param confirmed how many were right
 * @param denied how many were wrong
 */
public record Precision(long confirmed, long denied) {
    static final Precision NONE = new Precision(0, 0);

    /** The share that was right, 0 to 1; empty if nobody has said. */
    public OptionalDouble share() {
        long all = confirmed + denied;
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) confirmed / all);
    }

    Precision with(boolean right) {
        return right ? new Precision(confirmed + 1, denied) : new Precision(confirmed, denied + 1);
    }

    Precision and(Precision other) {
        return new Precision(confirmed + other.confirmed, denied + other.denied);
    }
}
