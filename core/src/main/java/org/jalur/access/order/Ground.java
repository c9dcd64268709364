package org.jalur.access.order;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.log.Hash;

/** Why an order is given. */
public sealed interface Ground {
    /** Most notices that one order rests on. */
    int MOST_NOTICES = 1_000;

    /**
     * Notices that nobody answered, past every step of the ladder.
     *
     * @param notices in the order of the channel
     * @param step the ladder's last, that makes a block possible
     */
    record UnansweredNotices(List<Unanswered> notices, String step) implements Ground {
        public UnansweredNotices {
            Require.some("ground.notices", notices, MOST_NOTICES);
            Require.words("ground.step", step, 50);
            notices = List.copyOf(notices);
            Set<Hash> seen = new HashSet<>();
            for (Unanswered one : notices) {
                if (!seen.add(one.notice())) {
                    throw new InvalidAccessException(
                            "ground.notices", AccessRule.TWICE, one.notice());
                }
            }
        }
    }

    /**
     * @param notice digest of its message
     * @param proof that the step was taken for it
     */
    record Unanswered(Hash notice, LadderEvent.Proof proof) {}

    /** Something else; only where the agreement does not ask for the ladder. */
    record Other(String reason) implements Ground {
        public Other {
            Require.words("ground.reason", reason, Require.TEXT);
        }
    }
}
