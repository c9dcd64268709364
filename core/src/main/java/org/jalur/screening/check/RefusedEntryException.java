package org.jalur.screening.check;

import org.jalur.screening.list.LineError;

/// An entry of a list cannot be compared with anything.
final class RefusedEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final String rule;
    private final String wayOut;

    RefusedEntryException(String value, String rule, String wayOut) {
        super(rule, null, false, false);
        this.value = value;
        this.rule = rule;
        this.wayOut = wayOut;
    }

    LineError at(long line) {
        return new LineError(line, value, rule, wayOut);
    }
}
