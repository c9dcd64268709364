package org.jalur.screening.text;

/** A phrase that no table takes. The message names the phrase, the rule and the way out. */
public final class RefusedPhraseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String rule;
    private final String wayOut;

    RefusedPhraseException(String phrase, String rule, String wayOut) {
        super("the phrase \"%s\" %s: %s".formatted(shown(phrase), rule, wayOut));
        this.rule = rule;
        this.wayOut = wayOut;
    }

    private static String shown(String phrase) {
        return phrase.length() <= SHOWN ? phrase : phrase.substring(0, SHOWN) + "…";
    }

    /** What is wrong with it: "has …", "is …". */
    public String rule() {
        return rule;
    }

    /** What whoever keeps the list can do. */
    public String wayOut() {
        return wayOut;
    }
}
