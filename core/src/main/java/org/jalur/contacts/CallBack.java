package org.jalur.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A platform called an organisation back about an emergency: what names people.
 *
 * @param entry of the register that has the number
 * @param number that was called, E.164
 * @param spokeWith name of the person who answered; a dash if nobody did
 * @param pseudonym of the account that called
 */
public record CallBack(UUID entry, String number, String spokeWith, String pseudonym) {
    public CallBack {
        Require.given("entry", entry);
        Require.phones(List.of(Require.given("number", number)), 1);
        Require.words("spokeWith", spokeWith, Require.NAME);
        Require.words("pseudonym", pseudonym, 64);
    }

    /** What the call brought. */
    public enum Outcome {
        /** The organisation says that it is an emergency. */
        CONFIRMED,
        /** The organisation knows nothing of it. */
        DENIED,
        NOT_REACHED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The same call without names.
     *
     * @param calledAt when, as the caller says
     * @param role of the account that called
     */
    public record Facts(Outcome outcome, Instant calledAt, String role) {
        public Facts {
            Require.given("outcome", outcome);
            Require.given("calledAt", calledAt);
            Require.words("role", role, 64);
        }
    }

    /**
     * The authority says whether that call took place and was theirs.
     *
     * @param callBack id of the message about the call
     * @param role of the officer who says so
     */
    public record Answer(UUID callBack, boolean confirmed, String role, Instant answeredAt) {
        public Answer {
            Require.given("callBack", callBack);
            Require.words("role", role, 64);
            Require.given("answeredAt", answeredAt);
        }
    }
}
