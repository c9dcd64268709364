package org.jalur.node.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.check.CheckedOrder;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.Course;
import org.jalur.access.order.Limits;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.order.Standing;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Refusal;

/**
 * An order that was sent, with all that either side said about it.
 *
 * @param order id of its message, on both sides
 * @param own whether this side ordered it
 * @param message row of the order's message
 * @param digest of that message
 * @param receivedAt by the platform's receipt; empty while there is none
 * @param tenderedAt when a vain try was journaled; empty if none was
 * @param text digest of what approvers read
 * @param course what happened, as both sides count it
 * @param said what was said, in the order in which this node learnt it
 */
record Block(
        UUID id,
        UUID order,
        Channel channel,
        boolean own,
        long message,
        Hash digest,
        Instant sentAt,
        Optional<Instant> receivedAt,
        Optional<Instant> tenderedAt,
        Hash agreement,
        CheckedOrder checked,
        Hash text,
        Said.Approvals approvals,
        Limits limits,
        Course course,
        List<Happened> said) {
    Block {
        said = List.copyOf(said);
    }

    /**
     * One message about the order.
     *
     * @param id of the message, on both sides
     * @param own whether this side sent it
     * @param recordedAt when this node stored it
     * @param at when it counts; empty while it is on its way
     */
    record Happened(
            long message,
            UUID id,
            Hash digest,
            boolean own,
            Instant recordedAt,
            Optional<Instant> at,
            What what) {}

    /** What a message about an order says. */
    sealed interface What {
        /**
         * @param heard what a record says that is its evidence
         */
        record Event(OrderEvent event, Optional<String> heard) implements What {}

        record Answer(Said.Answer answer) implements What {}

        record Refused(Refusal refusal) implements What {}

        /** Nobody can read it any more. */
        record Gone() implements What {}
    }

    AccessOrder of() {
        return checked.order();
    }

    Standing at(Instant now) {
        return course.at(now);
    }
}
