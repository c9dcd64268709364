package org.jalur.scorecard;

import java.time.Instant;
import java.util.Optional;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;

/** What one message says about one item of a notice. */
public sealed interface ItemFact {
    /** From 1, in the order of the notice. */
    int no();

    /**
     * The platform decided. An appeal that is granted is a later decision about the same item, and
     * counts as one.
     *
     * @param seq of the message among the platform's: the later one holds
     * @param at what the message's receipt says
     */
    record Decided(int no, long seq, Instant at, Outcome outcome, Optional<RefusalGround> ground)
            implements ItemFact {}

    /**
     * A measure saw it gone on every route that was asked.
     *
     * @param at what the platform says; its clock is also that of the notice's receipt
     */
    record SeenGone(int no, Instant at) implements ItemFact {}

    /** Its content is not erased: whether it was noticed before can be told. */
    record Recognisable(int no) implements ItemFact {}

    /**
     * The newest earlier notice on the channel, not refused as a whole, that names the same.
     *
     * @param decidedAt of that notice's item; absent while it is not decided
     * @param withdrawnAt of that notice
     */
    record NoticedBefore(int no, Optional<Instant> decidedAt, Optional<Instant> withdrawnAt)
            implements ItemFact {}
}
