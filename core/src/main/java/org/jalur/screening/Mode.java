package org.jalur.screening;

/** What a match leads to, from the mildest to the strictest. */
public enum Mode {
    /** Counted only. */
    SHADOW,
    /** Published, and looked at by a person. */
    REVIEW,
    /** Looked at by a person before it is published. */
    HOLD,
    /** Refused. */
    BLOCK
}
