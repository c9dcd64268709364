package org.jalur.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import org.jalur.agreement.ContactTerms;

/**
 * Who answers for an entry, and how long it is to be believed.
 *
 * @param owner pseudonym of the account that answers for it
 * @param validUntil the last day on which it holds, in UTC
 * @param confirmedAt when its owner last said that it is still right
 */
public record Standing(String owner, LocalDate validUntil, Instant confirmedAt) {
    public Standing {
        Require.words("owner", owner, 64);
        Require.given("validUntil", validUntil);
        Require.given("confirmedAt", confirmedAt);
    }

    /** How far an entry can be believed. */
    public enum Freshness {
        FRESH,
        /** Nobody confirmed it for a while. */
        AMBER,
        /** Nobody confirmed it for too long, or it is not valid any more. */
        RED
    }

    public Standing confirmed(Instant at) {
        return new Standing(owner, validUntil, at);
    }

    public Freshness freshness(ContactTerms terms, Instant now) {
        if (!holds(now) || !now.isBefore(after(terms.red()))) {
            return Freshness.RED;
        }
        return now.isBefore(after(terms.amber())) ? Freshness.FRESH : Freshness.AMBER;
    }

    /** Whether it is valid at this moment. */
    public boolean holds(Instant now) {
        return !now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(validUntil);
    }

    private Instant after(Period period) {
        return confirmedAt.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
}
