package org.jalur.notice;

import java.time.Instant;
import java.util.UUID;

/**
 * The public facts of what is said about a de-confliction note: that something stays where it is
 * while an authority investigates.
 *
 * @param note id of the message that asked for it
 * @param organisation that investigates, entitled by the agreement
 * @param category of the agreement
 * @param until end of the note
 * @param role whoever says it: a role, never a name
 */
public record NoteFacts(
        UUID note,
        Act act,
        String organisation,
        String category,
        Instant until,
        String role,
        Instant at) {
    /** What is said. */
    public enum Act {
        /** The authority asks that it is left where it is. */
        ASKED,
        /** The authority needs it no longer. */
        ENDED,
        /** The platform took it away all the same, and says why. */
        OVERRIDDEN
    }

    public NoteFacts {
        Words.required("organisation", organisation, 200);
        Words.required("category", category, 64);
        Words.required("role", role, 40);
        required("note", note);
        required("act", act);
        required("until", until);
        required("at", at);
    }

    private static void required(String field, Object value) {
        if (value == null) {
            throw new InvalidNoticeException(field, Rule.MISSING);
        }
    }

    /** The same note, of which something else is said. */
    public NoteFacts saying(Act other, String by, Instant when) {
        return new NoteFacts(note, other, organisation, category, until, by, when);
    }
}
