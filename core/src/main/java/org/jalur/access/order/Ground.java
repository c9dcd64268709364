package org.jalur.access.order;

import java.util.List;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.log.Hash;

/** Why an order is given. */
public sealed interface Ground {
    /** Most notices that one order rests on. */
    int MOST_NOTICES = 1_000;

    /**
     * Notices that nobody answered, past every step of the ladder.
     *
     * @param notices digests of their messages, in the order of the channel
     * @param step the ladder's last, that makes a block possible
     * @param proof that the step was taken
     */
    record UnansweredNotices(List<Hash> notices, String step, LadderEvent.Proof proof)
            implements Ground {
        public UnansweredNotices {
            Require.some("ground.notices", notices, MOST_NOTICES);
            Require.words("ground.step", step, 50);
            notices = List.copyOf(notices);
        }
    }

    /** Something else; only where the agreement does not ask for the ladder. */
    record Other(String reason) implements Ground {
        public Other {
            Require.words("ground.reason", reason, Require.TEXT);
        }
    }
}
