package org.jalur.node.register;

/** A signed statement that does not bring the prepared keys into force. */
public final class RefusedStatementException extends RuntimeException {
    private final Why why;

    RefusedStatementException(Why why, String sentence) {
        super(sentence);
        this.why = why;
    }

    /** What is wrong with it. */
    public enum Why {
        MALFORMED,
        NOT_BY_IDENTITY,
        SERIAL,
        ORIGIN,
        NOT_PREPARED,
        OTHER_KEYS
    }

    public Why why() {
        return why;
    }
}
