package org.jalur.screening.text;

/** Takes what a search finds, in no order to rely on. */
@FunctionalInterface
public interface PhraseHits {
    /**
     * A phrase was found.
     *
     * @param ordinal its number in its table, from 0
     * @param start where it starts in the original text, see {@link FoldedText}
     * @param end where it ends there, exclusive
     */
    void found(int ordinal, int start, int end);
}
