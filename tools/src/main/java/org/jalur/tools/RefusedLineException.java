package org.jalur.tools;

import org.jalur.screening.BrokenRule;
import org.jalur.screening.list.LineError;

/** A line of the input breaks a rule. Others write the lines, so this is nothing unusual. */
final class RefusedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final transient BrokenRule broken;

    RefusedLineException(String value, String rule, String wayOut) {
        super(rule, null, false, false);
        this.value = value;
        this.broken = BrokenRule.said(rule, wayOut);
    }

    LineError at(long line) {
        return new LineError(line, value, broken);
    }
}
