package org.jalur.notice;

/** What a platform decides about an item. */
public enum Outcome {
    /** Gone everywhere. */
    BLOCKED,
    /** Gone in the countries named. */
    WITHHELD,
    /** Stays, on a ground from {@link RefusalGround}. */
    REFUSED,
    /** The authority is asked; the clock stands still until it answers. */
    CLARIFICATION,
    /** Cannot be done for now: force majeure, manifest error, or not enough information. */
    IMPOSSIBLE;

    /** Whether the item needs a further decision. */
    public boolean isOpen() {
        return switch (this) {
            case BLOCKED, WITHHELD, REFUSED -> false;
            case CLARIFICATION, IMPOSSIBLE -> true;
        };
    }

    /** Whether something is done on the platform. */
    public boolean isRestriction() {
        return switch (this) {
            case BLOCKED, WITHHELD -> true;
            case REFUSED, CLARIFICATION, IMPOSSIBLE -> false;
        };
    }
}
