package org.jalur.tools.witness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may ask: a bucket each that fills again with time. Only so many are
 * remembered; who was longest silent is forgotten first, and begins with a full bucket.
 */
final class RateLimit {
    private static final int REMEMBERED = 10_000;

    private final double full;
    private final double perSecond;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Bucket(double tokens, Instant at) {}

    /**
     * @param burst how often at once
     * @param times how often in each period
     */
    RateLimit(int burst, int times, Duration period, InstantSource clock) {
        this.full = burst;
        this.perSecond = times / (period.toMillis() / 1000.0);
        this.clock = clock;
    }

    /** Whether this once is allowed; it then counts. */
    synchronized boolean allows(String who) {
        Instant now = clock.instant();
        Bucket before = buckets.getOrDefault(who, new Bucket(full, now));
        double seconds = Math.max(0, Duration.between(before.at(), now).toMillis() / 1000.0);
        double tokens = Math.min(full, before.tokens() + seconds * perSecond);
        boolean allowed = tokens >= 1;
        buckets.put(who, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }
}
