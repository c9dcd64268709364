package org.jalur.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The public facts of content that is withheld before it is decided, or shown again undecided.
 *
 * @param no of the item
 * @param countries in which it is withheld, ISO 3166-1 alpha-2; empty for everywhere
 * @param until when it ends by itself, as the agreement allows at most
 * @param ended why it is shown again; absent while it is withheld
 * @param role who did it: a role, never a name; absent for the node's own timer
 */
public record InterimFacts(
        int no,
        List<String> countries,
        Instant until,
        Optional<End> ended,
        Optional<String> role,
        Instant at) {
    public InterimFacts {
        countries = List.copyOf(countries);
        Countries.check("countries", countries);
    }

    /** Why it ended without a decision. */
    public enum End {
        /** Nobody decided in the agreed time. */
        TIME,
        /** A reviewer thought better of it. */
        GIVEN_UP
    }
}
