package org.jalur.node.deconfliction;

/** A note that the agreement, or the rule of notes, does not let be asked. */
final class BrokenNoteException extends RuntimeException {
    private final transient NoteRules.Broken broken;

    BrokenNoteException(NoteRules.Broken broken) {
        super("Clause %s: %s.".formatted(broken.clause(), broken.sentence()));
        this.broken = broken;
    }

    NoteRules.Broken broken() {
        return broken;
    }
}
