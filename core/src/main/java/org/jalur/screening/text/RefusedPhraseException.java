package org.jalur.screening.text;

import org.jalur.screening.BrokenRule;

/** A phrase that no table takes. The message names the phrase, the rule and the way out. */
public final class RefusedPhraseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final transient BrokenRule broken;

    RefusedPhraseException(String phrase, BrokenRule broken) {
        super("\"%s\": %s; %s".formatted(shown(phrase), broken.sentence(), broken.wayOut()));
        this.broken = broken;
    }

    private static String shown(String phrase) {
        return phrase.length() <= SHOWN ? phrase : phrase.substring(0, SHOWN) + "…";
    }

    /** What is wrong with it. */
    public BrokenRule broken() {
        return broken;
    }
}
