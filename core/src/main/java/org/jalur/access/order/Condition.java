package org.jalur.access.order;

import org.jalur.log.Hash;

/** What must come true for an order to be lifted before its end. */
public sealed interface Condition {
    /** A version of the agreement is signed by both sides. */
    record AgreementInForce() implements Condition {}

    /**
     * The platform's representative was confirmed by call-back.
     *
     * @param country ISO 3166-1 alpha-2
     */
    record RepresentativeConfirmed(String country) implements Condition {
        public RepresentativeConfirmed {
            Require.words("conditions.country", country, 2);
        }
    }

    /**
     * What a message lists is measured gone on every route.
     *
     * @param list digest of the message
     * @param items how many it lists
     */
    record ContentGone(Hash list, int items) implements Condition {}

    /** A duty contact answered a drill. */
    record ContactAnswers() implements Condition {}

    /**
     * @param words for people to judge
     */
    record Other(String words) implements Condition {
        public Other {
            Require.words("conditions.words", words, Require.TEXT);
        }
    }

    /** Whether this kind of evidence can show it at all. */
    default boolean isShownBy(Evidence evidence) {
        return switch (this) {
            case AgreementInForce _, ContentGone _ -> evidence instanceof Evidence.SignedMessage;
            case RepresentativeConfirmed _, ContactAnswers _, Other _ -> true;
        };
    }

    /** What shows that a condition is met. */
    sealed interface Evidence {
        /** Of either side, on the channel. */
        record SignedMessage(Hash digest) implements Evidence {}

        /** Of the authority: a call, a letter. */
        record JournaledRecord(Hash digest) implements Evidence {}
    }
}
