package org.jalur.node.zones;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jalur.access.zone.Serial;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Serial SECOND = new Serial(NOW.getEpochSecond());

    @Test
    void serialIsTheSecondOfItsVersion() {
        assertThat(Versions.next(new Serial(0), NOW)).isEqualTo(SECOND);
        assertThat(Versions.next(new Serial(1), NOW)).isEqualTo(SECOND);
    }

    @Test
    void secondVersionOfASecondIsOneMore() {
        assertThat(Versions.next(SECOND, NOW)).isEqualTo(SECOND.next());
    }

    @Test
    void clockThatWasSetBackDoesNotTakeTheSerialBack() {
        Serial ahead = new Serial(SECOND.value() + 5_000);

        assertThat(Versions.next(ahead, NOW)).isEqualTo(ahead.next());
    }

    @Test
    void highestSerialIsFollowedByTheLowest() {
        Serial highest = new Serial((1L << 32) - 1);

        assertThat(Versions.next(highest, Instant.ofEpochSecond(highest.value())))
                .isEqualTo(new Serial(0));
    }
}
