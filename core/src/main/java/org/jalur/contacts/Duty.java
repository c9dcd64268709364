package org.jalur.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Calendar;

/** When somebody is on duty. */
public final class Duty {
    /** A week and the longest holidays. */
    private static final int LOOK_AHEAD_DAYS = 30;

    private Duty() {}

    private record Shift(Instant begin, Instant end) {}

    public static boolean at(Calendar calendar, Instant now) {
        return shifts(calendar, day(calendar, now)).stream()
                .anyMatch(shift -> !now.isBefore(shift.begin()) && now.isBefore(shift.end()));
    }

    /** When the next duty begins; empty if none does within a month. */
    public static Optional<Instant> next(Calendar calendar, Instant now) {
        LocalDate day = day(calendar, now);
        for (int i = 0; i <= LOOK_AHEAD_DAYS; i++) {
            Optional<Instant> begin =
                    shifts(calendar, day.plusDays(i)).stream()
                            .map(Shift::begin)
                            .filter(now::isBefore)
                            .min(Instant::compareTo);
            if (begin.isPresent()) {
                return begin;
            }
        }
        return Optional.empty();
    }

    private static LocalDate day(Calendar calendar, Instant now) {
        return now.atZone(calendar.zone()).toLocalDate();
    }

    private static List<Shift> shifts(Calendar calendar, LocalDate day) {
        if (calendar.holidays().stream().anyMatch(holiday -> holiday.date().equals(day))) {
            return List.of();
        }
        return calendar.dutyHours().stream()
                .filter(hours -> hours.day() == day.getDayOfWeek())
                .map(hours ->
                        new Shift(
                                at(calendar, day, hours.opens()),
                                hours.closes().equals(LocalTime.MIDNIGHT)
                                        ? at(calendar, day.plusDays(1), LocalTime.MIDNIGHT)
                                        : at(calendar, day, hours.closes())))
                .toList();
    }

    private static Instant at(Calendar calendar, LocalDate day, LocalTime time) {
        return ZonedDateTime.of(day, time, calendar.zone()).toInstant();
    }
}
