package org.jalur.node.register;

/** Keys that cannot be opened or used, in one sentence. */
public final class UnusableKeysException extends RuntimeException {
    public UnusableKeysException(String sentence) {
        super(sentence);
    }

    public UnusableKeysException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
