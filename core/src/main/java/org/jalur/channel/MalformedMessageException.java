package org.jalur.channel;

/**
 * Octets from a peer that do not have the form of the protocol; the sentence names what is wrong.
 */
public final class MalformedMessageException extends RuntimeException {
    public MalformedMessageException(String sentence) {
        super(sentence);
    }

    MalformedMessageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
