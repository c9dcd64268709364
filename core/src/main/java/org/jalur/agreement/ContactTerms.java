package org.jalur.agreement;

import java.time.Period;

/**
 * How fresh the register is kept.
 *
 * @param amber after which an entry that nobody confirmed is doubtful
 * @param red after which it counts as stale
 * @param drill how often every contact must answer a test message
 */
public record ContactTerms(Period amber, Period red, Period drill) {
    public ContactTerms {
        Require.period("amber", amber, Period.ofYears(2));
        Require.period("red", red, Period.ofYears(2));
        Require.period("drill", drill, Period.ofYears(2));
        if (Require.days(red) <= Require.days(amber)) {
            throw new InvalidTermException("red", TermRule.NOT_AFTER, red, amber);
        }
    }
}
