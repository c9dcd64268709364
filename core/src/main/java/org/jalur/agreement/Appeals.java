package org.jalur.agreement;

import java.time.Duration;
import java.time.Period;
import java.util.Set;

/**
 * How somebody objects to a measure.
 *
 * @param open for how long after the user was told
 * @param appellants who may
 * @param decision by when, from the receipt of the appeal
 * @param otherReviewer whether somebody decides it who did not decide the notice
 * @param restored how soon after a won appeal
 */
public record Appeals(
        Period open,
        Set<Appellant> appellants,
        Allowance decision,
        boolean otherReviewer,
        Duration restored) {
    public Appeals {
        Require.period("open", open, Require.TEN_YEARS);
        appellants = Require.some("appellants", appellants);
        Require.time("restored", restored, Duration.ZERO, Duration.ofDays(31));
    }

    public enum Appellant {
        /** Who posted the content. */
        AUTHOR,
        /** Whoever reported it and was told that it stays. */
        REPORTER,
        /** A group or association that speaks for those concerned. */
        ASSOCIATION
    }
}
