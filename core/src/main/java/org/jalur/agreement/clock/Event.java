package org.jalur.agreement.clock;

import java.time.Instant;

/**
 * What a clock goes by: each message counts at {@code receivedAt} of its receiver's receipt, so
 * that both sides have the same times.
 */
public sealed interface Event {
    Instant at();

    /** What must be answered came in: a notice, an appeal, a lift. */
    record Received(Instant at) implements Event {}

    /**
     * Delivery was tried in vain, and the try was journaled. Only the sender knows of it: it starts
     * no deadline, but the sender's own ladder as long as there is no receipt.
     */
    record Tendered(Instant at) implements Event {}

    /** A person opened it. */
    record Acknowledged(Instant at) implements Event {}

    /** The platform asked something. */
    record Asked(Instant at) implements Event {}

    record Answered(Instant at) implements Event {}

    /** The platform said that it cannot be done for now. */
    record Hindered(Instant at) implements Event {}

    /** What stood in the way is gone. */
    record Unhindered(Instant at) implements Event {}

    /** Decided, or confirmed. */
    record Decided(Instant at) implements Event {}

    record Withdrawn(Instant at) implements Event {}
}
