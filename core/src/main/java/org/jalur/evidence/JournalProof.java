package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jalur.log.Hash;

/**
 * Shows that something stands in a party's journal.
 *
 * @param kind what the entry says that it records
 * @param text C2SP tlog-proof
 */
public record JournalProof(Kind kind, String text) {
    /** The kinds of entries that evidence shows. */
    public enum Kind {
        MESSAGE_SENT("message-sent"),
        MESSAGE_RECEIVED("message-received"),
        RECEIPT_RECEIVED("receipt-received");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** The name in the journal. */
        public String wire() {
            return wire;
        }

        /** The octets of an entry: the kind, a space, the digest in base64. */
        byte[] entry(Hash digest) {
            return "%s %s".formatted(wire, digest.base64()).getBytes(US_ASCII);
        }
    }
}
