package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/**
 * That an entry stands in a log, in one text that needs nothing else (C2SP tlog-proof).
 *
 * @param index of the entry
 * @param path inclusion path from the leaf upwards, into the tree of the checkpoint
 * @param checkpoint signed note
 */
public record LogProof(long index, List<Hash> path, String checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final int MAX_PATH = 63;

    public LogProof {
        path = List.copyOf(path);
    }

    public String format() {
        var text = new StringBuilder(HEADER).append("\nindex ").append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    public static LogProof parse(String text) {
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedNoteException("a proof is a header, an empty line and a checkpoint");
        }
        List<String> lines = List.of(text.substring(0, end).split("\n", -1));
        if (!lines.getFirst().equals(HEADER)) {
            throw new MalformedNoteException("not a proof of form " + HEADER);
        }
        int next = lines.size() > 1 && lines.get(1).startsWith("extra ") ? 2 : 1;
        if (lines.size() <= next || !lines.get(next).matches("index (0|[1-9][0-9]{0,17})")) {
            throw new MalformedNoteException("the proof names no index");
        }
        if (lines.size() - next - 1 > MAX_PATH) {
            throw new MalformedNoteException(
                    "the path of the proof is longer than any tree is high");
        }
        try {
            var path = new ArrayList<Hash>();
            lines.subList(next + 1, lines.size()).forEach(line -> path.add(Hash.parseBase64(line)));
            long index = Long.parseLong(lines.get(next).substring("index ".length()));
            return new LogProof(index, path, text.substring(end + 2));
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("the path of the proof: " + e.getMessage(), e);
        }
    }

    /**
     * Throws {@link InvalidProofException} or {@link MalformedNoteException} unless the entry
     * stands in the log of that key; returns the checkpoint under which it does.
     */
    public Checkpoint verify(byte[] entry, NoteVerifier key) {
        Checkpoint opened = Checkpoint.open(checkpoint, key);
        new InclusionProof(index, opened.head().size(), path)
                .verify(MerkleTree.leafHash(entry), opened.head().root());
        return opened;
    }
}
