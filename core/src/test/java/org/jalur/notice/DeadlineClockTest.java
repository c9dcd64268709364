package org.jalur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jalur.notice.DeadlineClock.Event;
import org.junit.jupiter.api.Test;

class DeadlineClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    @Test
    void allowanceRunsFromTheReceipt() {
        DeadlineClock clock = DeadlineClock.of(NOON, FOUR_HOURS, List.of());

        assertThat(clock.due()).isEqualTo(NOON.plus(FOUR_HOURS));
        assertThat(clock.stoppedAt()).isEmpty();
    }

    @Test
    void timeWhileStoppedIsAdded() {
        DeadlineClock clock = DeadlineClock.of(NOON, FOUR_HOURS, List.of(stop(60), go(90)));

        assertThat(clock.due()).isEqualTo(NOON.plus(FOUR_HOURS).plus(Duration.ofMinutes(30)));
        assertThat(clock.stoppedAt()).isEmpty();
    }

    @Test
    void clockThatStandsSaysSince() {
        assertThat(DeadlineClock.of(NOON, FOUR_HOURS, List.of(stop(60))).stoppedAt())
                .contains(NOON.plus(Duration.ofMinutes(60)));
    }

    @Test
    void secondStopAndSecondStartChangeNothing() {
        assertThat(DeadlineClock.of(NOON, FOUR_HOURS, List.of(stop(10), stop(20), go(30), go(40))))
                .isEqualTo(DeadlineClock.of(NOON, FOUR_HOURS, List.of(stop(10), go(30))));
    }

    @Test
    void bothSidesComputeTheSameWhateverTheOrderInWhichTheyLearn() {
        var random = new Random(2017);
        for (int round = 0; round < 1_000; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                events.add(
                        new Event(
                                random.nextBoolean(),
                                NOON.plus(Duration.ofMinutes(random.nextInt(300)))));
            }
            DeadlineClock here = DeadlineClock.of(NOON, FOUR_HOURS, List.copyOf(events));
            Collections.shuffle(events, random);

            assertThat(DeadlineClock.of(NOON, FOUR_HOURS, events)).isEqualTo(here);
            assertThat(here.due()).isAfterOrEqualTo(NOON.plus(FOUR_HOURS));
        }
    }

    private static DeadlineClock emergency(Optional<Instant> confirmedAt, List<Event> events) {
        return DeadlineClock.ofEmergency(
                NOON, FOUR_HOURS, confirmedAt, Duration.ofHours(1), events);
    }

    private static Optional<Instant> confirmed(int minutes) {
        return Optional.of(NOON.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void emergencyIsUrgentUntilItIsConfirmed() {
        assertThat(emergency(Optional.empty(), List.of()).due()).isEqualTo(NOON.plus(FOUR_HOURS));
        assertThat(emergency(confirmed(30), List.of()).due())
                .isEqualTo(NOON.plus(Duration.ofMinutes(90)));
    }

    @Test
    void confirmationThatComesLateGivesNoMoreTime() {
        assertThat(emergency(confirmed(230), List.of()).due()).isEqualTo(NOON.plus(FOUR_HOURS));
    }

    @Test
    void standstillBeforeTheConfirmationCountsOnlyFromThere() {
        assertThat(emergency(confirmed(30), List.of(stop(10), go(40))).due())
                .isEqualTo(NOON.plus(Duration.ofMinutes(100)));
        assertThat(emergency(confirmed(30), List.of(stop(10), go(20))).due())
                .isEqualTo(NOON.plus(Duration.ofMinutes(90)));
        assertThat(emergency(confirmed(30), List.of(stop(10))).stoppedAt())
                .isEqualTo(confirmed(30));
    }

    @Test
    void emergencyIsTheSameOnBothSidesAndNeverLaterThanUrgent() {
        var random = new Random(1917);
        for (int round = 0; round < 1_000; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                events.add(
                        new Event(
                                random.nextBoolean(),
                                NOON.plus(Duration.ofMinutes(random.nextInt(300)))));
            }
            Optional<Instant> confirmedAt = confirmed(random.nextInt(300));
            DeadlineClock here = emergency(confirmedAt, List.copyOf(events));
            Collections.shuffle(events, random);

            assertThat(emergency(confirmedAt, events)).isEqualTo(here);
            assertThat(here.due())
                    .isBeforeOrEqualTo(DeadlineClock.of(NOON, FOUR_HOURS, events).due());
        }
    }

    private static Event stop(int minutes) {
        return new Event(true, NOON.plus(Duration.ofMinutes(minutes)));
    }

    private static Event go(int minutes) {
        return new Event(false, NOON.plus(Duration.ofMinutes(minutes)));
    }
}
