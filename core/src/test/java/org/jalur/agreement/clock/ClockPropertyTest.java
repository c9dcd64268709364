package org.jalur.agreement.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.junit.jupiter.api.Test;

/** Random histories, in whole minutes around a change of the clocks in Berlin. */
class ClockPropertyTest {
    private static final Instant START = Instant.parse("2026-10-22T06:00:00Z");
    private static final int ROUNDS = 3_000;

    @Test
    void bothSidesReadTheSameWhateverTheyLearntFirstOrTwice() {
        var random = new Random(2017);
        for (int round = 0; round < ROUNDS; round++) {
            ClockRule rule = rule(random);
            List<Event> here = history(random);
            List<Event> there = new ArrayList<>(here);
            there.addAll(here.subList(0, random.nextInt(here.size())));
            Collections.shuffle(there, random);
            Instant now = minute(random.nextInt(20_000));

            assertThat(Clock.read(rule, there, now)).isEqualTo(Clock.read(rule, here, now));
        }
    }

    @Test
    void stopAndGoNeverShortens() {
        var random = new Random(2018);
        for (int round = 0; round < ROUNDS; round++) {
            ClockRule rule = rule(random);
            Instant end = minute(200_000);
            List<Event> events = new ArrayList<>(List.of(new Event.Received(START)));
            // Each slot holds one standstill at most, so that a go ends the stop before it.
            List<Integer> slots = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
            Collections.shuffle(slots, random);
            Optional<Instant> earlier = Optional.empty();
            for (int slot : slots) {
                Optional<Instant> due = due(Clock.read(rule, events, end));

                assertThat(due.orElseThrow()).isAfterOrEqualTo(earlier.orElse(START));
                earlier = due;
                int stop = slot * 1_000 + random.nextInt(500);
                int go = stop + random.nextInt(500);
                Deadline.Cause cause =
                        random.nextBoolean() ? Deadline.Cause.QUESTION : Deadline.Cause.IMPOSSIBLE;
                events.add(stop(cause, minute(stop)));
                events.add(go(cause, minute(go)));
            }
        }
    }

    @Test
    void dueTimeIsTheOneThatAPersonWithAStopwatchFinds() {
        var random = new Random(2019);
        int compared = 0;
        for (int round = 0; round < 300; round++) {
            ClockRule rule = rule(random);
            List<Event> history = openHistory(random);

            Optional<Instant> due = due(Clock.read(rule, history, minute(200_000)));

            assertThat(due).as("%s %s", rule, history).isEqualTo(stopwatch(rule, history));
            compared += due.isPresent() ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(100);
    }

    /** Minute by minute, without any arithmetic. */
    private static Optional<Instant> stopwatch(ClockRule rule, List<Event> history) {
        List<Flag> flags = rule.stops().stream().map(stop -> new Flag(stop, history)).toList();
        long left = minutes(rule);
        for (int minute = 0; minute < 200_000; minute++) {
            Instant now = minute(minute);
            boolean standing = false;
            for (Flag flag : flags) {
                standing |= flag.isUp(now);
            }
            if (!standing && left == 0) {
                return Optional.of(now);
            }
            if (!standing && counts(rule, now)) {
                left--;
            }
            Instant next = minute(minute + 1);
            if (!standing && left == 0 && flags.stream().noneMatch(flag -> flag.rises(next))) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** Up while the clock stands for one cause. */
    private static final class Flag {
        private final Deadline.Cause cause;
        private final long most;
        private final List<Event> history;
        private boolean up;
        private long allowed;

        Flag(Deadline.Stop stop, List<Event> history) {
            this.cause = stop.cause();
            this.most = stop.atMost().map(Duration::toMinutes).orElse(Long.MAX_VALUE);
            this.history = history;
        }

        boolean rises(Instant now) {
            return history.contains(stop(cause, now));
        }

        /** Asked once for each minute. */
        boolean isUp(Instant now) {
            boolean stop = rises(now);
            boolean go = history.contains(go(cause, now));
            if (stop && (go || !up)) {
                allowed = most;
            }
            up = up ? !go || stop : stop && !go;
            return up && allowed-- > 0;
        }
    }

    private static Event stop(Deadline.Cause cause, Instant at) {
        return switch (cause) {
            case QUESTION -> new Event.Asked(at);
            case IMPOSSIBLE -> new Event.Hindered(at);
        };
    }

    private static Event go(Deadline.Cause cause, Instant at) {
        return switch (cause) {
            case QUESTION -> new Event.Answered(at);
            case IMPOSSIBLE -> new Event.Unhindered(at);
        };
    }

    private static long minutes(ClockRule rule) {
        return switch (rule.allowance()) {
            case Allowance.Within(var time, _) -> time.toMinutes();
            case Allowance.DayEnd(int days, _) -> {
                ZoneId zone = rule.calendar().zone();
                ZonedDateTime local = START.atZone(zone);
                yield Duration.between(
                                local, local.toLocalDate().plusDays(days + 1L).atStartOfDay(zone))
                        .toMinutes();
            }
        };
    }

    private static boolean counts(ClockRule rule, Instant now) {
        if (!(rule.allowance() instanceof Allowance.Within(_, var counting)
                && counting == Allowance.Counting.DUTY_HOURS)) {
            return true;
        }
        ZonedDateTime local = now.atZone(rule.calendar().zone());
        boolean holiday =
                rule.calendar().holidays().stream()
                        .anyMatch(day -> day.date().equals(local.toLocalDate()));
        return !holiday
                && rule.calendar().dutyHours().stream()
                        .anyMatch(hours ->
                                hours.day() == local.getDayOfWeek()
                                        && !local.toLocalTime().isBefore(hours.opens())
                                        && (hours.closes().equals(LocalTime.MIDNIGHT)
                                                || local.toLocalTime().isBefore(hours.closes())));
    }

    private static ClockRule rule(Random random) {
        Allowance allowance =
                switch (random.nextInt(3)) {
                    case 0 -> Allowance.within(Duration.ofMinutes(1 + random.nextInt(6_000)));
                    case 1 ->
                            new Allowance.Within(
                                    Duration.ofMinutes(1 + random.nextInt(3_000)),
                                    Allowance.Counting.DUTY_HOURS);
                    default -> new Allowance.DayEnd(random.nextInt(5), LocalTime.MIDNIGHT);
                };
        List<Deadline.Stop> stops = new ArrayList<>();
        for (Deadline.Cause cause : Deadline.Cause.values()) {
            if (random.nextInt(4) > 0) {
                stops.add(
                        new Deadline.Stop(
                                cause,
                                random.nextBoolean()
                                        ? Optional.empty()
                                        : Optional.of(
                                                Duration.ofMinutes(1 + random.nextInt(3_000)))));
            }
        }
        return new ClockRule(new Ladder.Start.Received(), allowance, stops, calendar());
    }

    /** Every day but Sunday from 8 to midnight, and Sunday's night, in which the clocks change. */
    private static Calendar calendar() {
        List<Calendar.DutyHours> hours = new ArrayList<>();
        Arrays.stream(DayOfWeek.values())
                .filter(day -> day != DayOfWeek.SUNDAY)
                .forEach(day ->
                        hours.add(
                                new Calendar.DutyHours(
                                        day, LocalTime.of(8, 0), LocalTime.of(12, 30))));
        hours.add(
                new Calendar.DutyHours(DayOfWeek.MONDAY, LocalTime.of(14, 0), LocalTime.MIDNIGHT));
        hours.add(new Calendar.DutyHours(DayOfWeek.SUNDAY, LocalTime.of(1, 0), LocalTime.of(5, 0)));
        return new Calendar(
                ZoneId.of("Europe/Berlin"),
                hours,
                List.of(new Calendar.Holiday(LocalDate.of(2026, 10, 28), "Sample holiday")));
    }

    private static List<Event> history(Random random) {
        List<Event> events = openHistory(random);
        if (random.nextInt(3) == 0) {
            events.add(new Event.Decided(minute(random.nextInt(12_000))));
        }
        if (random.nextInt(5) == 0) {
            events.add(new Event.Withdrawn(minute(random.nextInt(12_000))));
        }
        return events;
    }

    private static List<Event> openHistory(Random random) {
        List<Event> events = new ArrayList<>(List.of(new Event.Received(START)));
        // Few different minutes, so that some events fall on the same one.
        int spread = random.nextBoolean() ? 30 : 9_000;
        for (int i = random.nextInt(10); i > 0; i--) {
            Instant at = minute(random.nextInt(spread));
            events.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Event.Asked(at);
                        case 1 -> new Event.Answered(at);
                        case 2 -> new Event.Hindered(at);
                        case 3 -> new Event.Unhindered(at);
                        default -> new Event.Acknowledged(at);
                    });
        }
        return events;
    }

    private static Optional<Instant> due(Reading reading) {
        return reading instanceof Reading.Running(_, var due) ? Optional.of(due) : Optional.empty();
    }

    private static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
