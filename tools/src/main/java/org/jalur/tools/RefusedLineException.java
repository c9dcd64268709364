package org.jalur.tools;

import org.jalur.screening.list.LineError;

/** A line of the input breaks a rule. Others write the lines, so this is nothing unusual. */
final class RefusedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final String rule;
    private final String wayOut;

    RefusedLineException(String value, String rule, String wayOut) {
        super(rule, null, false, false);
        this.value = value;
        this.rule = rule;
        this.wayOut = wayOut;
    }

    LineError at(long line) {
        return new LineError(line, value, rule, wayOut);
    }
}
