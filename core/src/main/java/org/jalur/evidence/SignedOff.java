package org.jalur.evidence;

import org.jalur.channel.PublicSigningKey;

/**
 * Whether a person approved a message with a key that is on no node, where its party asks for that.
 */
public sealed interface SignedOff {
    /** The sender's keys name no approvers, or the message is of a kind that needs none. */
    record NotNeeded() implements SignedOff {}

    /** One of the approvers that the identity key named signed exactly these parts. */
    record By(PublicSigningKey approver) implements SignedOff {}

    /** It is needed, and the file does not show whether it is there. */
    record NotShown() implements SignedOff {}

    /**
     * It is needed, and is not there, or is not over these parts: the party did not approve this.
     */
    record Missing() implements SignedOff {}
}
