package org.jalur.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AddressRateTest {
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-03-05T03:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final SetClock clock = new SetClock();
    private final AddressRate rate = new AddressRate(3, Duration.ofMinutes(1), clock);

    private void use(String address) {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.admits(address)).isTrue();
        }
    }

    @Test
    void whoUsedItUpWaitsAndIsToldHowLong() {
        use("192.0.2.1");

        assertThat(rate.admits("192.0.2.1")).isFalse();
        assertThat(rate.pause("192.0.2.1")).isEqualTo(Duration.ofSeconds(20));
        clock.now = clock.now.plusSeconds(20);
        assertThat(rate.admits("192.0.2.1")).isTrue();
        assertThat(rate.admits("192.0.2.1")).isFalse();
    }

    @Test
    void othersAreNotHeldUp() {
        use("192.0.2.1");

        assertThat(rate.admits("192.0.2.2")).isTrue();
        assertThat(rate.pause("192.0.2.2")).isZero();
    }

    @Test
    void oneNetworkOfManyAddressesCountsAsOne() {
        use("2001:db8:1:2::1");

        assertThat(rate.admits("2001:db8:1:2:ffff::7")).isFalse();
        assertThat(rate.admits("2001:db8:1:3::1")).isTrue();
    }

    @Test
    void clockThatGoesBackGivesNothingAway() {
        use("192.0.2.1");
        clock.now = clock.now.minusSeconds(3_600);

        assertThat(rate.admits("192.0.2.1")).isFalse();
    }

    @Test
    void manyAddressesDoNotFillTheMemory() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(rate.admits("10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255)))
                    .isTrue();
        }
    }
}
