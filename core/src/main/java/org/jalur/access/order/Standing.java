package org.jalur.access.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an order stands at a moment, with what people must see beside its state.
 *
 * @param inForce what resolvers are to block at this moment
 * @param reviewAt when its need is looked at again, at the latest
 * @param endsAt when it ends by itself
 * @param promisedLift the latest promise
 * @param unmet conditions that nothing shows to be met
 * @param objections without an answer, the most urgent first
 * @param proposal why a lift is proposed now; empty if none is
 */
public record Standing(
        BlockState state,
        List<BlockedName> inForce,
        Instant reviewAt,
        Instant endsAt,
        Optional<Instant> promisedLift,
        List<Condition> unmet,
        List<OrderEvent.Objected> objections,
        Optional<Proposal> proposal) {
    /** Why a lift is proposed while names are blocked. */
    public enum Proposal {
        CONDITIONS_MET,
        OBJECTION_UPHELD,
        /** The promised time is over. */
        PROMISE_DUE
    }

    /** Whether its review is overdue. */
    public boolean isReviewDue(Instant now) {
        return !inForce.isEmpty() && !now.isBefore(reviewAt);
    }
}
