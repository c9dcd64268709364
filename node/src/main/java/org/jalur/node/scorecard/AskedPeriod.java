package org.jalur.node.scorecard;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jalur.node.web.ProblemException;
import org.jalur.scorecard.Period;
import org.springframework.http.HttpStatus;

/** A period as somebody asks for it: a month, or a first and a last day; nothing: this month. */
record AskedPeriod(Optional<String> month, Optional<String> from, Optional<String> to) {
    AskedPeriod {
        month = month.filter(text -> !text.isBlank());
        from = from.filter(text -> !text.isBlank());
        to = to.filter(text -> !text.isBlank());
    }

    /**
     * @param today in the zone
     * @throws ProblemException that names the value, if it is no period
     */
    Period in(ZoneId zone, LocalDate today) {
        if (from.isEmpty() && to.isEmpty()) {
            return Period.of(month.map(AskedPeriod::month).orElse(YearMonth.from(today)), zone);
        }
        if (month.isPresent() || from.isEmpty() || to.isEmpty()) {
            throw bad("give a month, or from and to");
        }
        LocalDate first = day(from.get());
        LocalDate last = day(to.get());
        if (last.isBefore(first)) {
            throw bad("%s is before %s; swap them".formatted(last, first));
        }
        if (last.isAfter(first.plusDays(Period.MOST_DAYS - 1L))) {
            throw bad(
                    "from %s to %s are more than %d days; take several periods"
                            .formatted(first, last, Period.MOST_DAYS));
        }
        return new Period(first, last, zone);
    }

    private static ProblemException bad(String sentence) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "bad-period",
                "This is no period: " + sentence + ".",
                Period.MOST_DAYS);
    }

    private static YearMonth month(String text) {
        try {
            return inReach(YearMonth.parse(text).atDay(1), text).query(YearMonth::from);
        } catch (DateTimeParseException _) {
            throw badDay(text, "2026-11 for a month");
        }
    }

    private static LocalDate day(String text) {
        try {
            return inReach(LocalDate.parse(text), text);
        } catch (DateTimeParseException _) {
            throw badDay(text, "2026-11-30 for a day");
        }
    }

    /** What the database can hold; nobody filed a notice in the year 9999 or before the web. */
    private static LocalDate inReach(LocalDate day, String text) {
        if (day.getYear() < 1990 || day.getYear() > 9998) {
            throw badDay(text, "a year from 1990 to 9998");
        }
        return day;
    }

    private static ProblemException badDay(String text, String example) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "bad-day",
                "\"%s\" is no day of the calendar; write %s.".formatted(text, example),
                text);
    }
}
