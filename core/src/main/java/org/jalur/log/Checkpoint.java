package org.jalur.log;

/// A log's claim about itself: under this origin, the tree of `size` entries has this root.
///
/// Source: C2SP tlog-checkpoint. Extension lines are accepted when read, as the source demands, but
/// not kept and never written: signatures are always checked over the note's own text.
///
/// Throws {@link IllegalArgumentException} if the origin is empty or has control characters, or
/// size and root make no {@link TreeHead}.
public record Checkpoint(String origin, long size, Hash root) {
    public Checkpoint {
        if (origin.isEmpty() || origin.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("not an origin: \"" + origin + "\"");
        }
        new TreeHead(size, root);
    }

    /// The claim that the log with this origin has this head.
    public static Checkpoint of(String origin, TreeHead head) {
        return new Checkpoint(origin, head.size(), head.root());
    }

    /// Size and root.
    public TreeHead head() {
        return new TreeHead(size, root);
    }

    /// The note text: origin, size in decimal and root in base64, each with a newline.
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /// Reads a note text, without signatures. Reading is not believing: see {@link #open}.
    ///
    /// @throws MalformedNoteException if it is not a checkpoint
    public static Checkpoint parse(String text) {
        CheckpointText claim = CheckpointText.parse(text);
        try {
            return new Checkpoint(claim.origin(), claim.size(), claim.root());
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("not a checkpoint: " + e.getMessage(), e);
        }
    }

    /// Believes a note: a known key signed it, no known key's signature is bad, and it speaks for
    /// the expected log.
    ///
    /// @param origin the log that is asked about; keys of several logs may share a name, an origin
    ///   is one log's
    /// @param keys the log's keys; give witnesses' keys to {@link SignedNote#open} apart, or a
    ///   witness alone would do here
    /// @throws UntrustedNoteException if the keys or the origin do not fit
    /// @throws MalformedNoteException if the text is not a checkpoint
    public static Checkpoint open(SignedNote note, String origin, NoteVerifier... keys) {
        note.open(keys);
        Checkpoint checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(origin)) {
            throw new UntrustedNoteException(
                    "a checkpoint of " + checkpoint.origin + ", not of " + origin);
        }
        return checkpoint;
    }

    /// Signs the text. Whoever signs has made sure that no other checkpoint of that size or beyond
    /// it was signed before.
    public SignedNote sign(NoteSigner... signers) {
        return SignedNote.sign(text(), signers);
    }
}
