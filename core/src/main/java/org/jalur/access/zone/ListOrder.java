package org.jalur.access.zone;

import java.time.Instant;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;

/**
 * Under which a whole list of names is published: there is none without.
 *
 * @param issuer who answers for the list
 * @param ground its legal ground
 * @param objection where and how anybody objects to an entry
 * @param reviewAt when the list is looked at again
 */
public record ListOrder(
        String issuer, String ground, String objection, Instant issuedAt, Instant reviewAt) {
    private static final int MOST = 4_000;

    public ListOrder {
        requireWords("issuer", issuer);
        requireWords("ground", ground);
        requireWords("objection", objection);
        if (!reviewAt.isAfter(issuedAt)) {
            throw new InvalidAccessException("reviewAt", AccessRule.NOT_AFTER, reviewAt, issuedAt);
        }
    }

    private static void requireWords(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidAccessException(field, AccessRule.EMPTY);
        }
        if (value.length() > MOST) {
            throw new InvalidAccessException(field, AccessRule.TOO_LONG, value.length(), MOST);
        }
    }
}
