package org.jalur.agreement;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import java.util.Set;

/**
 * On which conditions the authority may order an access block.
 *
 * @param organisations that may order one, by name
 * @param afterLadder whether only at the end of the ladder for unanswered notices
 * @param announcedBefore from the announcement to the order
 * @param longest term; then it ends by itself unless renewed
 * @param review how often its need is looked at again
 * @param mostNames that one order may hold
 * @param lift by when it is lifted and confirmed once its conditions are met
 * @param conditions for lifting, in words
 * @param liftBy how many people a lift needs; absent: one
 * @param objection by when an objection is answered; absent: nothing is agreed
 */
public record AccessBlockTerms(
        Set<String> organisations,
        boolean afterLadder,
        Duration announcedBefore,
        Period longest,
        Period review,
        int mostNames,
        Allowance lift,
        String conditions,
        Optional<People> liftBy,
        Optional<Allowance> objection) {
    public AccessBlockTerms {
        organisations = Require.some("organisations", organisations);
        Require.time("announcedBefore", announcedBefore, Duration.ofMinutes(1), Require.YEAR);
        Require.period("longest", longest, Period.ofYears(1));
        Require.period("review", review, Period.ofYears(1));
        if (Require.days(review) > Require.days(longest)) {
            throw new InvalidTermException("review", TermRule.AT_MOST, review, longest);
        }
        Require.between("mostNames", mostNames, 1, 10_000);
        Require.words("conditions", conditions, Require.TEXT);
    }

    /** How many people of the authority want the same before it is done. */
    public enum People {
        ONE,
        TWO
    }
}
