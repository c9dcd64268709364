package org.jalur.access.story;

import org.jalur.access.story.When.Day;
import org.jalur.access.story.When.Evening;
import org.jalur.access.story.When.Minute;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * What happened, in order, as the press and the ministry told it. Of six e-mails only the first and
 * the last day are known.
 */
public enum Happening {
    FIRST_MAIL(day(2016, 3, 29)),
    LAST_MAIL(day(2017, 7, 11)),
    BLOCK_ORDERED(new Minute(LocalDateTime.of(2017, 7, 14, 11, 30))),
    /** "Never received any requests". */
    MAILS_DENIED(day(2017, 7, 14)),
    /** They had come, and the team could not process them quickly: "I was unaware". */
    MAILS_FOUND(day(2017, 7, 16)),
    CONDITIONS_NAMED(day(2017, 7, 17)),
    /** A dedicated channel and a procedure were agreed on. */
    MEETING(day(2017, 8, 1)),
    LIFT_ORDERED(new Minute(LocalDateTime.of(2017, 8, 10, 10, 46))),
    /** Some names were still dead at some providers. */
    STILL_BLOCKED(new Evening(LocalDate.of(2017, 8, 10)));

    private final When when;

    Happening(When when) {
        this.when = when;
    }

    public When when() {
        return when;
    }

    private static When day(int year, int month, int day) {
        return new Day(LocalDate.of(year, month, day));
    }
}
