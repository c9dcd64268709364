package org.jalur.agreement;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/**
 * The affected user is told what was restricted, why, at whose demand and how to appeal.
 *
 * @param within from the measure on
 * @param nonDisclosure how long an order may forbid it; absent: not at all
 */
public record UserNotice(Duration within, Optional<NonDisclosure> nonDisclosure) {
    public UserNotice {
        Require.time("within", within, Duration.ZERO, Duration.ofDays(31));
    }

    /**
     * @param longest from the receipt of the notice
     * @param renewal once, after that; absent: none
     */
    public record NonDisclosure(Period longest, Optional<Period> renewal) {
        public NonDisclosure {
            Require.period("longest", longest, Period.ofYears(1));
            renewal.ifPresent(more -> Require.period("renewal", more, Period.ofYears(1)));
        }
    }
}
