package org.jalur.channel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a message of protocol {@code jalur/1} can be about. */
public enum MessageKind {
    /** A key statement takes effect; always the first message of a direction. */
    KEYS,
    /** An authority files a notice. */
    NOTICE,
    /** The authority takes a notice back. */
    WITHDRAWAL,
    /** The authority answers a question about items. */
    CLARIFICATION,
    /** A person of the platform opened the notice. */
    ACKNOWLEDGEMENT,
    /** The platform decided one or more items. */
    DECISION,
    /** What the platform did, and what probing every route showed. */
    MEASURES,
    /** The platform does not take the notice up; names the clause of the agreement. */
    REFUSAL,
    /** Parts of an earlier message are erased on both sides. */
    ERASURE,
    /** An authority shares entries of a signature list, or takes earlier ones back. */
    LIST,
    /** The sender's register as it stands: organisations, contacts, servers and domain names. */
    REGISTER,
    /** A test message to contacts of the receiver, which each of them answers. */
    DRILL,
    /** A contact is there. */
    DRILL_ANSWER,
    /** The platform called the organisation of an emergency back. */
    CALL_BACK,
    /** The authority says whether that call was theirs. */
    CALL_BACK_ANSWER,
    /** A party proposes a version of the agreement, maybe instead of an earlier proposal. */
    PROPOSAL,
    /** A party says something about a proposal. */
    COMMENT,
    /** A party signs a proposal. */
    SIGNATURE,
    /** A party ends the version that both signed. */
    TERMINATION,
    /**
     * A step of the ladder that the agreement has for silence: announced, approved, stopped, taken.
     */
    ESCALATION,
    /** Content is withheld before it is decided, or shown again undecided. */
    INTERIM,
    /** An authority orders an access block; the platform learns it before it takes effect. */
    ACCESS_ORDER,
    /** What happened to an order: renewed, a condition met, lifted, measured. */
    ACCESS_EVENT,
    /** What the platform says to an order. */
    ACCESS_ANSWER,
    /** The platform asks the authority something about a notice. */
    QUESTION,
    /** Either side says something about a notice that is neither question nor answer. */
    REMARK,
    /**
     * An authority asks to leave something where it is until a day, or ends that; or the platform
     * says why it did not.
     */
    DECONFLICTION,
    /** The authority renews the non-disclosure of a notice. */
    NON_DISCLOSURE,
    /** An affected user appeals against what was decided about an item. */
    APPEAL,
    /** The platform decided an appeal. */
    APPEAL_OUTCOME;

    /** The name in the manifest: lower case with hyphens. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty for a kind that a later version may know. */
    public static Optional<MessageKind> of(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
}
