package org.jalur.log;

import java.util.List;

/// The first three lines of a checkpoint as they stand there. Unlike a {@link Checkpoint} it may
/// claim what no tree can be: size 0 with another root than the empty one, which a witness answers
/// apart.
///
/// Source: C2SP tlog-checkpoint, "Note text".
record CheckpointText(String origin, long size, Hash root) {
    /// @throws MalformedNoteException if the text has not the form of a checkpoint
    static CheckpointText parse(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedNoteException("a checkpoint ends in a newline");
        }
        NoteText.checkCharacters(text);
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || lines.contains("")) {
            throw new MalformedNoteException(
                    "a checkpoint is origin, size and root, with no empty line");
        }
        return new CheckpointText(
                lines.getFirst(),
                NoteText.parseNumber("tree size", lines.get(1)),
                NoteText.parseHash("root hash", lines.get(2)));
    }
}
