package org.jalur.access.measure;

/** Whether a resolver follows the zone of orders, as its answer for the canary tells. */
public enum Canary {
    /** The canary does not resolve: the zone is followed. */
    BLOCKED,
    /**
     * The same, and the serial below it is the one that is published: nothing older is followed.
     */
    CURRENT,
    /** It resolves: the zone is not followed, or not loaded yet. */
    OPEN,
    /** The resolver is registered as one that does not follow the zone but gets lists. */
    NOT_USED,
    UNKNOWN
}
