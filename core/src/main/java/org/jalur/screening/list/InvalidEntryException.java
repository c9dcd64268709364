package org.jalur.screening.list;

import org.jalur.screening.BrokenRule;

/// An entry breaks a rule. Lists are long and others write them, so this is nothing unusual, and
/// carries no stack trace.
public final class InvalidEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final transient BrokenRule broken;

    /// @param value what is wrong, as it was written
    /// @param broken the rule it breaks
    public InvalidEntryException(String value, BrokenRule broken) {
        super(broken.sentence() + ": " + LineError.shown(value), null, false, false);
        this.value = value;
        this.broken = broken;
    }

    /// The same, said of a line of the list.
    public LineError at(long line) {
        return new LineError(line, value, broken);
    }

    /// What is wrong, as it was written.
    public String value() {
        return value;
    }

    /// The rule it breaks.
    public BrokenRule broken() {
        return broken;
    }
}
