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
 * @param twins whether the same items in other notices are decided alike, each answered in a
 *     message of its own; left out: they are not
 */
record DecisionForm(List<Group> decisions, Optional<Boolean> twins) {
    DecisionForm {
        if (decisions == null || decisions.isEmpty()) {
            throw new InvalidNoticeException("decisions", Rule.MISSING);
        }
        decisions = List.copyOf(decisions);
    }

    boolean withTwins() {
        return twins.orElse(false);
    }

    /**
     * @param items numbers; left out for every item that is still open
     * @param ground of a refusal
     * @param countries of a withholding, ISO 3166-1 alpha-2
     * @param policy the rule that was applied
     * @param reason why; for a clarification the question
     * @param signatures what a block adds to the signature list; left out: files block, pictures,
     *     texts and addresses go to review
     * @param despiteNote why something is taken away although an authority asks that it stays; told
     *     to that authority
     */
    record Group(
            Optional<List<Integer>> items,
            Outcome outcome,
            Optional<RefusalGround> ground,
            Optional<List<String>> countries,
            String policy,
            String reason,
            Optional<SignatureModes> signatures,
            Optional<String> despiteNote) {
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
            return about(numbers, policy);
        }

        /** The same about an item of another notice. */
        Group about(int no, String otherPolicy) {
            return about(List.of(no), otherPolicy);
        }

        private Group about(List<Integer> numbers, String itsPolicy) {
            return new Group(
                    Optional.of(List.copyOf(numbers)),
                    outcome,
                    ground,
                    countries,
                    itsPolicy,
                    reason,
                    signatures,
                    despiteNote);
        }
    }
}
