package org.jalur.node.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

    private static Optional<Instant> end(String from, String until, ZoneId zone, String now) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(until), zone)
                .endAfter(Instant.parse(now));
    }

    @Test
    void nightEndsInTheMorningOfItsZone() {
        assertThat(end("22:00", "06:00", JAKARTA, "2026-11-01T15:00:00Z"))
                .contains(Instant.parse("2026-11-01T23:00:00Z"));
        assertThat(end("22:00", "06:00", JAKARTA, "2026-11-01T22:59:59Z"))
                .contains(Instant.parse("2026-11-01T23:00:00Z"));
    }

    @Test
    void edgesAreQuietAtTheStartAndLoudAtTheEnd() {
        assertThat(end("22:00", "06:00", JAKARTA, "2026-11-01T14:59:59Z")).isEmpty();
        assertThat(end("22:00", "06:00", JAKARTA, "2026-11-01T23:00:00Z")).isEmpty();
    }

    @Test
    void hoursWithinADayEndOnThatDay() {
        assertThat(end("12:00", "13:30", JAKARTA, "2026-11-01T05:30:00Z"))
                .contains(Instant.parse("2026-11-01T06:30:00Z"));
        assertThat(end("12:00", "13:30", JAKARTA, "2026-11-01T07:00:00Z")).isEmpty();
    }

    @Test
    void sameTimeTwiceIsNever() {
        assertThat(end("00:00", "00:00", JAKARTA, "2026-11-01T17:00:00Z")).isEmpty();
        assertThat(end("22:00", "22:00", JAKARTA, "2026-11-01T15:00:00Z")).isEmpty();
    }

    @Test
    void endThatTheClocksSkipIsTheNextThatExists() {
        // 29 March 2026, 02:00 to 03:00 does not exist in Brussels.
        assertThat(end("22:00", "02:30", ZoneId.of("Europe/Brussels"), "2026-03-29T00:00:00Z"))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
    }
}
