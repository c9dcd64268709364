package org.jalur.notice;

import java.util.Optional;

/**
 * The part of a decision that is not public.
 *
 * @param no of the item
 * @param policy the rule of the platform, or the law, that was applied
 * @param reason why; for a clarification the question, for an impossibility what stands in the way
 * @param pseudonym of the reviewer; never a name
 * @param confirmedBy pseudonym of the second reviewer; absent where one alone decides
 */
public record DecisionReasons(
        int no, String policy, String reason, String pseudonym, Optional<String> confirmedBy) {
    public DecisionReasons {
        Words.required("policy", policy, 200);
        Words.required("reason", reason, 5_000);
    }
}
