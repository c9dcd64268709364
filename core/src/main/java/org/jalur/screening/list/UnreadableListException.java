package org.jalur.screening.list;

import org.jalur.screening.BrokenRule;

/// A file is no list of a known format. The message says why, and what would help.
public final class UnreadableListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient BrokenRule broken;

    UnreadableListException(BrokenRule broken) {
        super(sentence(broken));
        this.broken = broken;
    }

    /// The message, in English.
    public static String sentence(BrokenRule broken) {
        return "the list cannot be read: %s; %s".formatted(broken.sentence(), broken.wayOut());
    }

    /// What keeps it from being read.
    public BrokenRule broken() {
        return broken;
    }
}
