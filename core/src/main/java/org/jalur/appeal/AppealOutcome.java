package org.jalur.appeal;

import java.time.Instant;
import java.util.UUID;

/**
 * The public facts of what became of an appeal.
 *
 * @param appeal its id
 * @param no of the item
 * @param restores whether the content is shown again; if the appeal is granted, it is not where it
 *     stays restricted on another ground
 * @param role who decided: a role, never a name
 */
public record AppealOutcome(
        UUID appeal, int no, Result result, boolean restores, String role, Instant decidedAt) {
    private static final int LONGEST_ROLE = 40;

    public AppealOutcome {
        Checks.present("appeal", appeal);
        Checks.number(no);
        Checks.present("result", result);
        Checks.words("role", role, LONGEST_ROLE);
        Checks.present("decidedAt", decidedAt);
    }

    /** How an appeal is decided. */
    public enum Result {
        /** The restriction was wrong: a later decision about the item says so. */
        GRANTED,
        REJECTED
    }
}
