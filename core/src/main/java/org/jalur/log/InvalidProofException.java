package org.jalur.log;

/** A proof that does not prove what it is offered for. */
public final class InvalidProofException extends RuntimeException {
    public InvalidProofException(String sentence) {
        super(sentence);
    }
}
