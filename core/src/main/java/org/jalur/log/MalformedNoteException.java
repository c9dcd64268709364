package org.jalur.log;

/** Text that is not a note, checkpoint or proof, or not signed by the key that was asked for. */
public final class MalformedNoteException extends RuntimeException {
    public MalformedNoteException(String sentence) {
        super(sentence);
    }

    MalformedNoteException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
