package org.jalur.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A test message to contacts, which each of them answers.
 *
 * @param answerBy an answer counts if the other side received it by then
 * @param contacts ids of entries of the receiver's register
 */
public record Drill(Instant answerBy, List<UUID> contacts) {
    public Drill {
        Require.given("answerBy", answerBy);
        contacts = Require.several("contacts", contacts, RegisterFacts.MOST);
        if (contacts.isEmpty()) {
            throw new InvalidEntryException("contacts", EntryRule.MISSING);
        }
    }

    /** Who said that a contact is there. */
    public enum By {
        /** The account that is the contact's own. */
        CONTACT,
        /** A colleague who reached the contact. */
        COLLEAGUE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A contact is there.
     *
     * @param role of the account that recorded it
     * @param pseudonym of that account
     */
    public record Answer(UUID contact, Instant answeredAt, By by, String role, String pseudonym) {
        public Answer {
            Require.given("contact", contact);
            Require.given("answeredAt", answeredAt);
            Require.given("by", by);
            Require.words("role", role, 64);
            Require.words("pseudonym", pseudonym, 64);
        }
    }

    /** What a drill showed of a contact. */
    public enum Result {
        /** There is still time. */
        WAITING,
        IN_TIME,
        LATE,
        SILENT;

        /**
         * @param receivedAt when whoever drilled received the answer, by its receipt
         */
        public static Result of(Instant answerBy, Optional<Instant> receivedAt, Instant now) {
            if (receivedAt.isPresent()) {
                return receivedAt.get().isAfter(answerBy) ? LATE : IN_TIME;
            }
            return now.isAfter(answerBy) ? SILENT : WAITING;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
