package org.jalur.access.zone;

import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;

/**
 * The version of a zone: counts on a circle of 2^32, so that the highest is followed by 0.
 *
 * <p>Source: RFC 1982, with SERIAL_BITS of 32 (RFC 1035 §3.3.13).
 */
public record Serial(long value) {
    private static final long CIRCLE = 1L << 32;
    private static final long HALF = 1L << 31;

    public Serial {
        if (value < 0 || value >= CIRCLE) {
            throw new InvalidAccessException("serial", AccessRule.RANGE, value, 0, CIRCLE - 1);
        }
    }

    public Serial next() {
        return new Serial((value + 1) % CIRCLE);
    }

    /** §3.2; of two that stand opposite on the circle neither is after the other. */
    public boolean isAfter(Serial other) {
        long ahead = Math.floorMod(value - other.value, CIRCLE);
        return ahead > 0 && ahead < HALF;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
