package org.jalur.screening.text;

/**
 * A phrase found in a text.
 *
 * @param ordinal its number in the list it came from, from 0
 * @param start where it starts in the original text, see {@link FoldedText}
 * @param end where it ends there, exclusive
 * @param form how far both were folded; a hit of the loose form never blocks alone
 */
public record PhraseHit(int ordinal, int start, int end, Form form) {}
