package org.jalur.screening.text;

/** A phrase that no table takes. The message names the phrase, the rule and the way out. */
public final class RefusedPhraseException extends RuntimeException {
    private static final int SHOWN = 80;

    RefusedPhraseException(String phrase, String rule) {
        super("the phrase \"" + shown(phrase) + "\" " + rule);
    }

    private static String shown(String phrase) {
        return phrase.length() <= SHOWN ? phrase : phrase.substring(0, SHOWN) + "…";
    }
}
