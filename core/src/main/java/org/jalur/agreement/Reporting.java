package org.jalur.agreement;

import java.util.Set;

/**
 * What each side publishes, and how often.
 *
 * @param dueDays after the end of the time it is about
 */
public record Reporting(Rhythm rhythm, int dueDays, Set<Published> published) {
    public Reporting {
        Require.between("dueDays", dueDays, 1, 366);
        published = Require.some("published", published);
    }

    public enum Rhythm {
        MONTHLY,
        QUARTERLY,
        HALF_YEARLY,
        YEARLY
    }

    public enum Published {
        /** This agreement, with its versions. */
        AGREEMENT,
        ORGANISATIONS,
        /** Counts by category, kind and legal basis. */
        NOTICES,
        /** Counts of what was refused, withdrawn and reversed. */
        REFUSALS_AND_REVERSALS,
        DEADLINES,
        APPEALS,
        /** Each order over domain names, and its end. */
        ACCESS_BLOCKS
    }
}
