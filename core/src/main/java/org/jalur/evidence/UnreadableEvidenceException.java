package org.jalur.evidence;

/** A file that is not a whole evidence file; the sentence names what is wrong. */
public final class UnreadableEvidenceException extends RuntimeException {
    UnreadableEvidenceException(String sentence) {
        super(sentence);
    }

    UnreadableEvidenceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
