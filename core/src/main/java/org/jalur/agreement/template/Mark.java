package org.jalur.agreement.template;

/**
 * Where the values of a clause come from.
 *
 * @param clause and all within it that have no mark of their own
 * @param source where it comes from, or what is not known about it
 */
public record Mark(String clause, Origin origin, Source source) {
    public enum Origin {
        /** Seen in a source. */
        SEEN,
        /** Told by somebody who had it from a source. */
        SECOND_HAND,
        /** Believed, and not checked: check it before signing. */
        NOT_VERIFIED,
        /** No source; Jalur's suggestion. */
        PROPOSED,
        /** Filled in by those who use the template. */
        GIVEN
    }

    boolean covers(String other) {
        return other.equals(clause) || other.startsWith(clause + ".");
    }
}
