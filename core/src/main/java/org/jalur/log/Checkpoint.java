package org.jalur.log;

/**
 * What a log signs: its name and the head of its tree (C2SP tlog-checkpoint).
 *
 * @param origin name of the log; never changes
 * @param head size and root
 */
public record Checkpoint(String origin, TreeHead head) {
    public Checkpoint {
        if (!NoteVerifier.isName(origin)) {
            throw new MalformedNoteException("not the origin of a log: " + origin);
        }
    }

    /** Three lines: origin, size in decimal, root in base64. */
    public String text() {
        return "%s\n%d\n%s\n".formatted(origin, head.size(), head.root().base64());
    }

    /** Extension lines after the third are tolerated, as the specification asks. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new MalformedNoteException("a checkpoint has three lines: origin, size, root");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new MalformedNoteException("not a tree size: " + lines[1]);
        }
        try {
            return new Checkpoint(
                    lines[0], new TreeHead(Long.parseLong(lines[1]), Hash.parseBase64(lines[2])));
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("the root of the checkpoint: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a signed checkpoint of the log that the key belongs to; the key's name is the origin.
     */
    public static Checkpoint open(String note, NoteVerifier key) {
        Checkpoint checkpoint = parse(SignedNote.parse(note).verify(key).text());
        if (!checkpoint.origin().equals(key.name())) {
            throw new MalformedNoteException(
                    "a checkpoint of %s where %s is expected"
                            .formatted(checkpoint.origin(), key.name()));
        }
        return checkpoint;
    }

    public SignedNote sign(NoteSigner... signers) {
        return SignedNote.sign(text(), signers);
    }
}
