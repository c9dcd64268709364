package org.jalur.screening.list;

/// A file is no list of a known format. The message says why, and what would help.
public final class UnreadableListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableListException(String message) {
        super(message);
    }
}
