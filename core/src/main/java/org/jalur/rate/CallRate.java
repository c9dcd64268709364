package org.jalur.rate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each of many callers may do something: a bucket for each, which fills again with time.
 * Only so many callers are remembered; who was not seen for longest is forgotten first, and begins
 * with a full bucket.
 *
 * @param <K> what a caller is known by
 */
public final class CallRate<K> {
    /** Callers to remember where nothing speaks for another number. */
    public static final int USUAL = 10_000;

    private final double full;
    private final double perMilli;
    private final LongSupplier millis;
    private final Map<K, Bucket> buckets;

    /**
     * @param remembered so many callers at once
     * @param burst how often at once
     * @param times how often in each period
     * @param millis the time; one that goes back gives nothing away
     */
    public CallRate(int remembered, int burst, int times, Duration period, LongSupplier millis) {
        this.full = burst;
        this.perMilli = (double) times / period.toMillis();
        this.millis = millis;
        this.buckets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                        return size() > remembered;
                    }
                };
    }

    private static final class Bucket {
        private double left;
        private long at;

        private Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    /** Whether it may be done once more; that counts. */
    public synchronized boolean admits(K caller) {
        long now = millis.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(caller, _ -> new Bucket(full, now));
        bucket.left = Math.min(full, bucket.left + Math.max(0, now - bucket.at) * perMilli);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left -= 1;
        return true;
    }

    /** How long after the last call it may be done again, in whole seconds. */
    public synchronized Duration pause(K caller) {
        Bucket bucket = buckets.get(caller);
        return bucket == null || bucket.left >= 1
                ? Duration.ZERO
                : Duration.ofSeconds((long) Math.ceil((1 - bucket.left) / perMilli / 1_000));
    }
}
