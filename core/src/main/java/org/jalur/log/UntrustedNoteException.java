package org.jalur.log;

/// A well-formed note that is not to be believed: a known key's signature is bad, no known key
/// signed, or the origin differs.
public final class UntrustedNoteException extends RuntimeException {
    UntrustedNoteException(String message) {
        super(message);
    }
}
