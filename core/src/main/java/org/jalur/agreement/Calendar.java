package org.jalur.agreement;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The days and hours of the agreement. Both nodes need the same release of the time zone database
 * wherever a zone's rules change.
 *
 * @param zone in which days begin and duty hours are told
 * @param dutyHours empty if no deadline counts them
 * @param holidays without duty hours
 */
public record Calendar(ZoneId zone, List<DutyHours> dutyHours, List<Holiday> holidays) {
    public Calendar {
        Require.zone("zone", zone);
        dutyHours = Require.named("dutyHours", dutyHours);
        holidays = Require.named("holidays", holidays);
        for (DutyHours one : dutyHours) {
            for (DutyHours other : dutyHours) {
                if (!one.equals(other) && one.overlaps(other)) {
                    throw new InvalidTermException("dutyHours", TermRule.OVERLAP, one.day());
                }
            }
        }
    }

    /** Duty hours of a week without holidays. */
    Duration week() {
        return Duration.ofSeconds(
                dutyHours.stream().mapToLong(hours -> hours.end() - hours.begin()).sum());
    }

    /**
     * @param closes midnight for the end of the day
     */
    public record DutyHours(DayOfWeek day, LocalTime opens, LocalTime closes) implements Keyed {
        public DutyHours {
            Require.minutes("opens", opens);
            Require.minutes("closes", closes);
            if (!closes.equals(LocalTime.MIDNIGHT) && !closes.isAfter(opens)) {
                throw new InvalidTermException("closes", TermRule.NOT_AFTER, closes, opens);
            }
        }

        @Override
        public String key() {
            return "%d %s %s".formatted(day.getValue(), day.name().toLowerCase(Locale.ROOT), opens);
        }

        private boolean overlaps(DutyHours other) {
            return day == other.day && begin() < other.end() && other.begin() < end();
        }

        private int begin() {
            return opens.toSecondOfDay();
        }

        private int end() {
            return closes.equals(LocalTime.MIDNIGHT) ? 24 * 60 * 60 : closes.toSecondOfDay();
        }
    }

    public record Holiday(LocalDate date, String name) implements Keyed {
        public Holiday {
            Require.words("name", name, Require.NAME);
        }

        @Override
        public String key() {
            return date.toString();
        }
    }
}
