package org.jalur.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
final class SampleClock implements InstantSource {
    private Instant now = Instant.parse("2026-11-23T05:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration duration) {
        now = now.plus(duration);
    }
}
