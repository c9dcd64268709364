package org.jalur.appeal;

/**
 * Why somebody appeals, in their words; not public, and sent only if they allow it.
 *
 * @param no of the item: whoever erases it finds what was said about it
 */
public record AppealWords(int no, String text) {
    /** Longest text in characters. */
    public static final int LONGEST = 5_000;

    public AppealWords {
        Checks.number(no);
        Checks.words("text", text, LONGEST);
    }
}
