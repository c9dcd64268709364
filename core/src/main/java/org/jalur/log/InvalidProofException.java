package org.jalur.log;

/// A Merkle proof does not prove what it claims; the message says in one sentence why.
public final class InvalidProofException extends RuntimeException {
    InvalidProofException(String message) {
        super(message);
    }
}
