package org.jalur.notice;

import java.time.Instant;

/**
 * The public facts of a renewed non-disclosure.
 *
 * @param until after this the user is told
 * @param role who asked for it: a role, never a name
 */
public record RenewalFacts(Instant until, String role, Instant askedAt) {
    public RenewalFacts {
        Words.required("role", role, 64);
    }
}
