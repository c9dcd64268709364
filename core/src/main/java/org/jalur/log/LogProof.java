package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/// All that someone offline needs to see that an entry is in a log: its index, the inclusion path,
/// a signed checkpoint.
///
/// Source: C2SP tlog-proof. `extra` is the base64 of opaque data, empty if there is none; nothing
/// authenticates it.
///
/// Throws {@link MalformedNoteException} if the index is negative, the path longer than any tree is
/// high, the extra data not canonical base64, or the note no checkpoint.
public record LogProof(String extra, long index, List<Hash> path, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public LogProof {
        if (index < 0) {
            throw new MalformedNoteException("a log has no negative index: " + index);
        }
        if (path.size() > InclusionProof.MAX_PATH) {
            throw new MalformedNoteException(
                    "a path of " + path.size() + " hashes is longer than any tree is high");
        }
        try {
            CanonicalBase64.decode(extra);
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("extra data is base64", e);
        }
        path = List.copyOf(path);
        Checkpoint.parse(checkpoint.text());
    }

    /// A proof for the tree that the checkpoint signs, without extra data.
    ///
    /// @throws MalformedNoteException if the note is not a checkpoint
    /// @throws InvalidProofException if the proof is for a tree of another size
    public static LogProof of(InclusionProof proof, SignedNote checkpoint) {
        long size = Checkpoint.parse(checkpoint.text()).size();
        if (proof.size() != size) {
            throw new InvalidProofException(
                    "a proof for size " + proof.size() + ", a checkpoint of size " + size);
        }
        return new LogProof("", proof.index(), proof.path(), checkpoint);
    }

    /// Reads a proof. Reading is not believing: see {@link #verify}.
    ///
    /// @throws MalformedNoteException if the text is not a proof, or larger than {@link
    ///   SignedNote#MAX_BYTES}
    public static LogProof parse(String text) {
        if (text.length() > SignedNote.MAX_BYTES) {
            throw new MalformedNoteException(
                    "a proof of " + text.length() + " characters is too large");
        }
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedNoteException("a proof has an empty line before its checkpoint");
        }
        List<String> lines = List.of(text.substring(0, end).split("\n", -1));
        if (!lines.getFirst().equals(HEADER)) {
            throw new MalformedNoteException("a proof begins with " + HEADER);
        }
        int next = 1;
        String extra = "";
        if (next < lines.size() && lines.get(next).startsWith(EXTRA)) {
            extra = lines.get(next++).substring(EXTRA.length());
            if (extra.isEmpty()) {
                throw new MalformedNoteException("a proof without extra data has no line for it");
            }
        }
        if (next == lines.size() || !lines.get(next).startsWith(INDEX)) {
            throw new MalformedNoteException("a proof has an index before its path");
        }
        long index = NoteText.parseNumber("index", lines.get(next++).substring(INDEX.length()));
        List<Hash> path = new ArrayList<>();
        for (String line : lines.subList(next, lines.size())) {
            path.add(NoteText.parseHash("hash of an inclusion path", line));
        }
        return new LogProof(extra, index, path, SignedNote.parse(text.substring(end + 2)));
    }

    /// The proof as text, the exact inverse of {@link #parse}.
    public String format() {
        var text = new StringBuilder(HEADER).append('\n');
        if (!extra.isEmpty()) {
            text.append(EXTRA).append(extra).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.format()).toString();
    }

    /// Believes that the entry is in the log, and returns the checkpoint that says so.
    ///
    /// Witnesses are the caller's policy: open {@link #checkpoint()} with their keys too.
    ///
    /// @param entry the entry's bytes as logged
    /// @throws UntrustedNoteException if the key did not sign the checkpoint, or it is another
    ///   log's
    /// @throws InvalidProofException if the entry is not at that index
    public Checkpoint verify(byte[] entry, NoteVerifier key, String origin) {
        Checkpoint believed = Checkpoint.open(checkpoint, origin, key);
        new InclusionProof(index, believed.size(), path)
                .verify(MerkleTree.leafHash(entry), believed.root());
        return believed;
    }
}
