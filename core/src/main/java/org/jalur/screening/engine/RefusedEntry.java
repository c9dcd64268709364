package org.jalur.screening.engine;

import java.util.UUID;

/** An entry breaks a rule. Nothing unusual in lists that others write: no stack trace. */
final class RefusedEntry extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final String rule;
    private final String wayOut;

    RefusedEntry(String value, String rule, String wayOut) {
        super(rule + ": " + value, null, false, false);
        this.value = value;
        this.rule = rule;
        this.wayOut = wayOut;
    }

    Refusal of(UUID entry) {
        return new Refusal(entry, value, rule, wayOut);
    }
}
