package org.jalur.channel;

/** A key, or a statement about keys, that does not lead back to the pinned identity. */
public final class UntrustedKeyException extends RuntimeException {
    public UntrustedKeyException(String sentence) {
        super(sentence);
    }
}
