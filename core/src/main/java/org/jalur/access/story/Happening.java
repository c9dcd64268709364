package org.jalur.access.story;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * What happened, in order, as the press and the ministry told it. Of six e-mails only the first and
 * the last day are known.
 */
public enum Happening {
    FIRST_MAIL,
    LAST_MAIL,
    BLOCK_ORDERED,
    /** "Never received any requests". */
    MAILS_DENIED,
    /** They had come, and the team could not process them quickly: "I was unaware". */
    MAILS_FOUND,
    CONDITIONS_NAMED,
    /** A dedicated channel and a procedure were agreed on. */
    MEETING,
    LIFT_ORDERED,
    /** Some names were still dead at some providers. */
    STILL_BLOCKED;

    public When when() {
        return switch (this) {
            case FIRST_MAIL -> day(2016, 3, 29);
            case LAST_MAIL -> day(2017, 7, 11);
            case BLOCK_ORDERED -> new When.Minute(LocalDateTime.of(2017, 7, 14, 11, 30));
            case MAILS_DENIED -> day(2017, 7, 14);
            case MAILS_FOUND -> day(2017, 7, 16);
            case CONDITIONS_NAMED -> day(2017, 7, 17);
            case MEETING -> day(2017, 8, 1);
            case LIFT_ORDERED -> new When.Minute(LocalDateTime.of(2017, 8, 10, 10, 46));
            case STILL_BLOCKED -> new When.Evening(LocalDate.of(2017, 8, 10));
        };
    }

    private static When day(int year, int month, int day) {
        return new When.Day(LocalDate.of(year, month, day));
    }
}
