package org.jalur.access.measure;

/**
 * Why a resolver answers so, as it says itself (RFC 8914).
 *
 * @param code the INFO-CODE
 * @param text as it came; shown, never trusted
 */
public record ExtendedError(int code, String text) {
    private static final int BLOCKED = 15;
    private static final int CENSORED = 16;
    private static final int FILTERED = 17;

    /** Whether a policy withheld the answer: the operator's, an authority's or the client's. */
    public boolean tellsOfABlock() {
        return code == BLOCKED || code == CENSORED || code == FILTERED;
    }
}
