package org.jalur.screening.engine;

import java.time.Instant;
import java.time.InstantSource;

/**
 * When an answer must be there.
 *
 * @param millis since 1970
 */
record Due(InstantSource clock, long millis) {
    /** Time is up. No stack trace: it is no error, and there is no time for one. */
    static final class TooLate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLate(String during) {
            super("no time was left while comparing " + during, null, false, false);
        }
    }

    static Due at(Instant instant, InstantSource clock) {
        return new Due(clock, Rows.millis(instant));
    }

    /**
     * @throws TooLate if time is up
     */
    void check(String during) {
        if (clock.millis() > millis) {
            throw new TooLate(during);
        }
    }
}
