package org.jalur.scorecard;

import java.util.Arrays;
import java.util.Optional;

/**
 * How long something took, in milliseconds.
 *
 * @param known how many are counted
 * @param unknown of how many the end is not known: it has not come, or nobody said so
 * @param medianMillis absent if none is known
 * @param p95Millis likewise
 */
public record Spread(
        long known, long unknown, Optional<Long> medianMillis, Optional<Long> p95Millis) {

    static Spread of(long[] millis, long unknown) {
        long[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Spread(sorted.length, unknown, percentile(sorted, 50), percentile(sorted, 95));
    }

    /**
     * By nearest rank: the smallest value that at least so many of a hundred do not exceed. It is
     * always one of the values, never one between two.
     */
    static Optional<Long> percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return Optional.empty();
        }
        long rank = ((long) sorted.length * percent + 99) / 100;
        return Optional.of(sorted[Math.toIntExact(Math.max(rank, 1) - 1)]);
    }
}
