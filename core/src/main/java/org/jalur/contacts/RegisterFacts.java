package org.jalur.contacts;

import java.time.Instant;

/**
 * What a message says about the register that it brings as a whole.
 *
 * @param issuedAt when it stood so
 * @param entries how many there are, 0 to {@value #MOST}
 */
public record RegisterFacts(Instant issuedAt, int entries) {
    /** Most entries of one register. */
    public static final int MOST = 500;

    public RegisterFacts {
        Require.given("issuedAt", issuedAt);
        if (entries < 0 || entries > MOST) {
            throw new InvalidEntryException("entries", EntryRule.RANGE, entries, 0, MOST);
        }
    }
}
