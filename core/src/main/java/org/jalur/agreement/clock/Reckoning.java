package org.jalur.agreement.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.agreement.Calendar;

/** What counts as time. */
sealed interface Reckoning {
    /** The first moment at which so much time has passed. */
    Instant plus(Instant start, Duration time);

    Duration between(Instant start, Instant end);

    record WallClock() implements Reckoning {
        @Override
        public Instant plus(Instant start, Duration time) {
            return start.plus(time);
        }

        @Override
        public Duration between(Instant start, Instant end) {
            return Duration.between(start, end);
        }
    }

    /**
     * Only duty hours count. There are some: an agreement without them has no deadline that counts
     * them.
     */
    record DutyHours(ZoneId zone, List<Calendar.DutyHours> hours, Set<LocalDate> holidays)
            implements Reckoning {
        static DutyHours of(Calendar calendar) {
            return new DutyHours(
                    calendar.zone(),
                    calendar.dutyHours(),
                    calendar.holidays().stream()
                            .map(Calendar.Holiday::date)
                            .collect(Collectors.toSet()));
        }

        @Override
        public Instant plus(Instant start, Duration time) {
            if (time.isZero()) {
                return start;
            }
            Duration left = time;
            for (LocalDate day = day(start); ; day = day.plusDays(1)) {
                for (Span span : spans(day)) {
                    Duration open = span.after(start).length();
                    if (left.compareTo(open) <= 0) {
                        return span.after(start).begin().plus(left);
                    }
                    left = left.minus(open);
                }
            }
        }

        @Override
        public Duration between(Instant start, Instant end) {
            Duration sum = Duration.ZERO;
            for (LocalDate day = day(start); !day.isAfter(day(end)); day = day.plusDays(1)) {
                for (Span span : spans(day)) {
                    sum = sum.plus(span.after(start).before(end).length());
                }
            }
            return sum;
        }

        private LocalDate day(Instant time) {
            return time.atZone(zone).toLocalDate();
        }

        /** In order, as the calendar keeps them. */
        private List<Span> spans(LocalDate day) {
            if (holidays.contains(day)) {
                return List.of();
            }
            return hours.stream()
                    .filter(one -> one.day() == day.getDayOfWeek())
                    .map(one ->
                            new Span(
                                    day.atTime(one.opens()).atZone(zone).toInstant(),
                                    one.closes().equals(LocalTime.MIDNIGHT)
                                            ? day.plusDays(1).atStartOfDay(zone).toInstant()
                                            : day.atTime(one.closes()).atZone(zone).toInstant()))
                    .toList();
        }
    }
}
