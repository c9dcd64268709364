package org.jalur.node.exchange;

import org.jalur.node.exchange.Answer.Reason;

/** A call of a peer that is refused as a whole. */
final class ChannelProblemException extends RuntimeException {
    private final Reason reason;

    ChannelProblemException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
