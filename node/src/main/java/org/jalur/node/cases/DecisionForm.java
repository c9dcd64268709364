package org.jalur.node.cases;

import java.util.List;
import java.util.Optional;
import org.jalur.node.screening.SignatureModes;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Rule;

/**
 * What a reviewer decides; all of it is one message.
 *
 * @param decisions one for each group of items that are decided alike
 */
record DecisionForm(List<Group> decisions) {
    DecisionForm {
        if (decisions == null || decisions.isEmpty()) {
            throw new InvalidNoticeException("decisions", Rule.MISSING);
        }
        decisions = List.copyOf(decisions);
    }

    /**
     * @param items numbers; left out for every item that is still open
     * @param ground of a refusal
     * @param countries of a withholding, ISO 3166-1 alpha-2
     * @param policy the rule that was applied
     * @param reason why; for a clarification the question
     * @param signatures what a block adds to the signature list; left out: files block, pictures,
     *     texts and addresses go to review
     */
    record Group(
            Optional<List<Integer>> items,
            Outcome outcome,
            Optional<RefusalGround> ground,
            Optional<List<String>> countries,
            String policy,
            String reason,
            Optional<SignatureModes> signatures) {
        Group {
            if (outcome == null) {
                throw new InvalidNoticeException("outcome", Rule.MISSING);
            }
            if (policy == null) {
                throw new InvalidNoticeException("policy", Rule.MISSING);
            }
            if (reason == null) {
                throw new InvalidNoticeException("reason", Rule.MISSING);
            }
        }

        /** The same about these items. */
        Group about(List<Integer> numbers) {
            return new Group(
                    Optional.of(List.copyOf(numbers)),
                    outcome,
                    ground,
                    countries,
                    policy,
                    reason,
                    signatures);
        }
    }
}
