package org.jalur.screening.list;

/// A format has no place for something an entry says. Nothing of the entry was written.
public final class UnwritableEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnwritableEntryException(ListFormat format, String what) {
        super("%s has no place for %s".formatted(format.description(), what));
    }
}
