package org.jalur.screening.engine;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What is known of entries beside their values, in columns; grows. */
final class Rows {
    /** For an entry that does not end. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int FIRST = 16;
    private static final int THOUSAND = 1000;

    private long[] ids = new long[2 * FIRST];
    private int[] labels = new int[FIRST];
    private long[] expiries = new long[FIRST];
    private int size;

    static long millis(Optional<Instant> expiresAt) {
        return expiresAt.map(Rows::millis).orElse(NEVER);
    }

    /** Milliseconds since 1970; what is farther away than they reach is as far as they reach. */
    static long millis(Instant instant) {
        long most = Long.MAX_VALUE / THOUSAND - 1;
        long seconds = Math.clamp(instant.getEpochSecond(), -most, most);
        return seconds * THOUSAND + instant.getNano() / (THOUSAND * THOUSAND);
    }

    static Optional<Instant> instant(long millis) {
        return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /**
     * @param label its number
     * @param expires milliseconds since 1970, or {@link #NEVER}
     */
    void add(UUID id, int label, long expires) {
        if (size == labels.length) {
            int more = Math.addExact(size, size >> 1);
            ids = Arrays.copyOf(ids, Math.multiplyExact(2, more));
            labels = Arrays.copyOf(labels, more);
            expiries = Arrays.copyOf(expiries, more);
        }
        ids[2 * size] = id.getMostSignificantBits();
        ids[2 * size + 1] = id.getLeastSignificantBits();
        labels[size] = label;
        expiries[size++] = expires;
    }

    int size() {
        return size;
    }

    void copyTo(long[] allIds, int[] allLabels, long[] allExpiries, int from) {
        System.arraycopy(ids, 0, allIds, 2 * from, 2 * size);
        System.arraycopy(labels, 0, allLabels, from, size);
        System.arraycopy(expiries, 0, allExpiries, from, size);
    }
}
