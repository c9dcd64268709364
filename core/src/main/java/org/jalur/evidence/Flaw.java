package org.jalur.evidence;

/**
 * Something that is forged, altered or contradictory.
 *
 * @param detail what exactly, for whoever looks into it; ids and digests, never content
 */
public record Flaw(Kind kind, String detail) {
    /** What does not hold. */
    public enum Kind {
        /** The explanation in the file is not the one that belongs to this version. */
        README,
        /** The identity key is not the one that the reader knows the party by. */
        IDENTITY,
        /** An entry has not the form that its place asks for. */
        MALFORMED,
        /** An entry says another place, sender or receiver than its name. */
        MISPLACED,
        /** The party's identity key did not sign the key statement. */
        KEYS_NOT_BY_IDENTITY,
        /** The serial of a key statement is not higher than the one before. */
        KEYS_SERIAL,
        /** A key statement names another journal than the one before. */
        KEYS_ORIGIN,
        /** No key statement of the sender stands before the message. */
        NO_KEY,
        /** The message is signed with another key than the one valid at its position. */
        OTHER_KEY,
        /** The signature is not over these octets. */
        SIGNATURE,
        /** A message names another one as the one before it. */
        CHAIN,
        /** The leaves or paths do not lead to the root that the message commits to. */
        PARTS,
        /** The octets of a part are not those that its name and the message commit to. */
        PART_ALTERED,
        /** A part that the message before it does not have. */
        PART_FOREIGN,
        /** No approver that the party's keys name has signed these parts. */
        SIGN_OFF,
        /** The receipt is of another message. */
        RECEIPT_OF_ANOTHER,
        /** The receipt is not signed with the receiver's key at the position it names. */
        RECEIPT_SIGNATURE,
        /** The journal proof inside the receipt does not hold. */
        RECEIPT_PROOF,
        /** The message's proof from the maker's journal does not hold. */
        ENTRY_PROOF,
        /** The receipt's proof from the maker's journal does not hold. */
        RECEIPT_ENTRY_PROOF,
        /** A cosignature of a known witness is not over that checkpoint. */
        COSIGNATURE,
        /**
         * A statement that a witness handed the message on is altered, forged, or about another
         * message.
         */
        RELAY,
        /**
         * The message quotes a checkpoint under the other side's name that its key did not sign.
         */
        QUOTED_CHECKPOINT,
        /** One journal, two different trees of one size. */
        FORKED_JOURNAL
    }
}
