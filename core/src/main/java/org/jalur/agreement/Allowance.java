package org.jalur.agreement;

import java.time.Duration;
import java.time.LocalTime;

/** How much time somebody has. */
public sealed interface Allowance {
    /** What counts as time. */
    enum Counting {
        WALL_CLOCK,
        /** The duty hours of the agreement's calendar, holidays left out. */
        DUTY_HOURS
    }

    /** So long, from when the clock starts. */
    record Within(Duration time, Counting counting) implements Allowance {
        public Within {
            Require.time("time", time, Duration.ofMinutes(1), Require.YEAR);
        }
    }

    /**
     * Until midnight of a day, in the agreement's zone.
     *
     * @param daysLater 0 for the same day
     * @param cutOff what comes in later on its day counts as of the next day; midnight: nothing
     *     does
     */
    record DayEnd(int daysLater, LocalTime cutOff) implements Allowance {
        public DayEnd {
            Require.between("daysLater", daysLater, 0, 366);
            Require.minutes("cutOff", cutOff);
        }
    }

    static Allowance within(Duration time) {
        return new Within(time, Counting.WALL_CLOCK);
    }
}
