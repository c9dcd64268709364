package org.jalur.screening.text;

/** How far a text is folded before it is compared. */
public enum Form {
    /** What a reader takes for the same letters. */
    STRICT,
    /**
     * Besides, digits and signs that stand for letters, spaced-out letters and repeated letters. It
     * finds more, and more that was not meant: a hit of this form never blocks alone.
     */
    LOOSE
}
