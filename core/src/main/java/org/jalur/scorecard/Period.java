package org.jalur.scorecard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * Whole days of one time zone, the first and the last included.
 *
 * @param zone in which the days begin: the agreement's
 */
public record Period(LocalDate from, LocalDate to, ZoneId zone) {
    /** Longest period, in days. */
    public static final int MOST_DAYS = 366;

    public Period {
        if (to.isBefore(from) || to.isAfter(from.plusDays(MOST_DAYS - 1L))) {
            throw new IllegalArgumentException(
                    "a period has 1 to %d days, not those from %s to %s"
                            .formatted(MOST_DAYS, from, to));
        }
    }

    public static Period of(YearMonth month, ZoneId zone) {
        return new Period(month.atDay(1), month.atEndOfMonth(), zone);
    }

    public Instant begin() {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The first moment that does not belong to it. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    public boolean holds(Instant moment) {
        return !moment.isBefore(begin()) && moment.isBefore(end());
    }
}
