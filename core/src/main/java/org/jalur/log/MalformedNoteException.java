package org.jalur.log;

/// A text breaks its format (signed note, verifier key, checkpoint, proof, or what is said to a
/// witness); the message says where.
public final class MalformedNoteException extends RuntimeException {
    MalformedNoteException(String message) {
        super(message);
    }

    MalformedNoteException(String message, Throwable cause) {
        super(message, cause);
    }
}
