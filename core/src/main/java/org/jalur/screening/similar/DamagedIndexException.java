package org.jalur.screening.similar;

/// What was stored is not an index, or not as it was written.
public final class DamagedIndexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedIndexException(String message) {
        super(message);
    }
}
