package org.jalur.node.serve;

/** A reason not to go on, in one sentence. */
public final class RefusedException extends RuntimeException {
    public RefusedException(String sentence) {
        super(sentence);
    }
}
