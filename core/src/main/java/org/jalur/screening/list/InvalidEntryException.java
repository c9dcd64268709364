package org.jalur.screening.list;

/// An entry breaks a rule. Lists are long and others write them, so this is nothing unusual, and
/// carries no stack trace.
public final class InvalidEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final String rule;
    private final String wayOut;

    /// @param value what is wrong, as it was written
    /// @param rule the rule it breaks
    /// @param wayOut what whoever keeps the list can do
    public InvalidEntryException(String value, String rule, String wayOut) {
        super(rule + ": " + LineError.shown(value), null, false, false);
        this.value = value;
        this.rule = rule;
        this.wayOut = wayOut;
    }

    /// The same, said of a line of the list.
    public LineError at(long line) {
        return new LineError(line, value, rule, wayOut);
    }

    /// What is wrong, as it was written.
    public String value() {
        return value;
    }

    /// The rule it breaks.
    public String rule() {
        return rule;
    }

    /// What whoever keeps the list can do.
    public String wayOut() {
        return wayOut;
    }
}
