package org.jalur.screening.engine;

/**
 * Where an entry comes from, as the caller calls it; each empty if there is none, and at most
 * {@value #LONGEST} characters.
 *
 * @param caseId the case in which it was decided
 * @param authority the authority at whose notice
 * @param agreement the version of the agreement that covered it
 */
public record Origin(String caseId, String authority, String agreement) {
    /** The most characters of each. */
    public static final int LONGEST = 200;

    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin("", "", "");
}
