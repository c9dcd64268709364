package org.jalur.access.story;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** A time as precisely as it is known, in the zone of Jakarta. */
public sealed interface When {
    /** WIB, UTC+7 all year. */
    ZoneId ZONE = ZoneId.of("Asia/Jakarta");

    LocalDate day();

    /** The minute is known. */
    record Minute(LocalDateTime time) implements When {
        @Override
        public LocalDate day() {
            return time.toLocalDate();
        }

        public Instant instant() {
            return time.atZone(ZONE).toInstant();
        }
    }

    /** The day alone is known. */
    record Day(LocalDate day) implements When {}

    /** After the working day; no minute is known. */
    record Evening(LocalDate day) implements When {
        private static final LocalTime EARLIEST = LocalTime.of(18, 0);

        /** For a replay, which needs some moment: nobody measured it. */
        public Instant earliest() {
            return day.atTime(EARLIEST).atZone(ZONE).toInstant();
        }
    }
}
