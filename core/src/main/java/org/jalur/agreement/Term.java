package org.jalur.agreement;

import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.Set;

/**
 * From when to when this holds, and how it ends. What was filed under it stays under it.
 *
 * @param from first day in force, in the agreement's zone
 * @param until last day; absent: until terminated
 * @param notice of a termination
 * @param atOnce what ends it without that notice
 */
public record Term(LocalDate from, Optional<LocalDate> until, Period notice, Set<Ground> atOnce) {
    public Term {
        Require.between("from", from.getYear(), 1990, 2999);
        if (until.isPresent() && until.get().isBefore(from)) {
            throw new InvalidTermException("until", TermRule.NOT_AFTER, until.get(), from);
        }
        Require.period("notice", notice, Period.ofYears(2));
        atOnce = Require.set("atOnce", atOnce);
    }

    public boolean covers(LocalDate day) {
        return !day.isBefore(from) && until.map(last -> !day.isAfter(last)).orElse(true);
    }

    public enum Ground {
        /** Notices outside the scope, again and again. */
        ABUSE,
        /** User data or private messages asked for on any way. */
        DATA_DEMAND,
        /** Notices left unanswered past every step. */
        SILENCE,
        /** An access block against these terms. */
        ACCESS_BLOCK_OUTSIDE_TERMS,
        COURT_DECISION
    }
}
