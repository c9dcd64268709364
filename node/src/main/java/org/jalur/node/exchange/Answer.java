package org.jalur.node.exchange;

import java.util.List;
import org.jalur.log.Hash;

/** What a node says to one message of a peer. */
sealed interface Answer {
    /** Stored, journaled, signed: the receipt, always the same octets for the same message. */
    record Receipted(String receipt) implements Answer {}

    /** Kept until the messages before it have come; there is no receipt yet. */
    record Parked() implements Answer {}

    /** Stored; its receipt is still being made. The same message again will get it. */
    record Pending() implements Answer {}

    /** Not taken in. */
    record Rejected(Reason reason, String detail, List<Hash> missingParts) implements Answer {
        public Rejected {
            missingParts = List.copyOf(missingParts);
        }

        public Rejected(Reason reason, String detail) {
            this(reason, detail, List.of());
        }
    }

    /** Why a message is not taken in; each has its own problem type. */
    enum Reason {
        MALFORMED(400, "The message does not have the form of this protocol"),
        WRONG_RECIPIENT(421, "The message is for another party"),
        UNKNOWN_PARTY(403, "The sender is not a pinned peer of this node"),
        UNKNOWN_KEY(401, "The key is not valid at this place of the channel"),
        BAD_SIGNATURE(401, "The signature is wrong"),
        TIME_IN_FUTURE(422, "The time of the message lies more than 5 minutes in the future"),
        ID_REUSED(422, "This id was used for other bytes"),
        SEQUENCE_REUSED(422, "This sequence number was used for another message"),
        BROKEN_CHAIN(422, "The message does not follow the one before it"),
        SEQUENCE_GAP(409, "Too many messages before this one are missing"),
        PARTS_MISSING(409, "Parts of the message have not been uploaded"),
        TOO_LARGE(413, "More than this node takes at once");

        private final int status;
        private final String title;

        Reason(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        String type() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
