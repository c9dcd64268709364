package org.jalur.access.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * Until when caches in front of a resolver may still hold the old answer after a lift.
 *
 * @param until the latest time
 */
public record CacheTail(Instant until) {
    /**
     * Works it out from what was measured since: an answer that was still blocked can be kept for
     * its TTL from then on.
     *
     * @param published when the zone without the names was
     * @param ttl seconds of the zone's records
     */
    public static CacheTail of(Instant published, int ttl, Collection<Measurement> measurements) {
        Instant until = published.plusSeconds(ttl);
        for (Measurement one : measurements) {
            if (one.state() == NameState.BLOCKED && !one.askedAt().isBefore(published)) {
                Instant kept = one.askedAt().plusSeconds(one.ttl());
                until = kept.isAfter(until) ? kept : until;
            }
        }
        return new CacheTail(until);
    }

    /** For a countdown; zero once it is over. */
    public Duration left(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
}
