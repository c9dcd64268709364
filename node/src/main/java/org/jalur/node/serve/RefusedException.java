package org.jalur.node.serve;

/** A reason not to go on, in one sentence. */
final class RefusedException extends RuntimeException {
    RefusedException(String sentence) {
        super(sentence);
    }
}
