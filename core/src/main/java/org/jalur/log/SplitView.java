package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/// Evidence that a log signed two histories: an older checkpoint whose root is not the one that the
/// newer checkpoint's tree had at that size.
///
/// Anyone with the log's key can check it, offline and without the log. For two checkpoints of one
/// size the root is the newer one's and the path is empty.
///
/// Throws {@link MalformedNoteException} if the notes are not two checkpoints of one origin, the
/// older is the larger, or the path is longer than any tree is high.
///
/// @param rootThen the newer tree's root at the older's size
/// @param path the consistency path from that size, which leads from this root to the newer root
public record SplitView(SignedNote older, SignedNote newer, Hash rootThen, List<Hash> path) {
    /// Largest accepted evidence in characters: two notes, and a path between them.
    private static final int MAX_LENGTH = 2 * SignedNote.MAX_BYTES + 8 * 1024;

    private static final String HEADER = "jalur/split-view@v1";
    private static final String ROOT = "root ";
    private static final String OLDER = "older ";
    private static final String NEWER = "newer ";

    public SplitView {
        Checkpoint first = Checkpoint.parse(older.text());
        Checkpoint second = Checkpoint.parse(newer.text());
        if (!first.origin().equals(second.origin())) {
            throw new MalformedNoteException(
                    "not two views of one log: " + first.origin() + " and " + second.origin());
        }
        try {
            path = new ConsistencyProof(first.size(), second.size(), path).path();
        } catch (InvalidProofException e) {
            throw new MalformedNoteException("not a path between two views: " + e.getMessage(), e);
        }
    }

    /// Returns if the log has signed two histories.
    ///
    /// @param keys the log's; both checkpoints must be signed by one of them
    /// @throws UntrustedNoteException if the keys or the origin do not fit
    /// @throws InvalidProofException if this shows no contradiction
    public void verify(String origin, NoteVerifier... keys) {
        Checkpoint first = Checkpoint.open(older, origin, keys);
        Checkpoint second = Checkpoint.open(newer, origin, keys);
        new ConsistencyProof(first.size(), second.size(), path).verify(rootThen, second.root());
        if (rootThen.equals(first.root())) {
            throw new InvalidProofException(
                    "sizes " + first.size() + " and " + second.size() + " are of one history");
        }
    }

    /// Reads evidence. Reading is not believing: see {@link #verify}.
    ///
    /// @throws MalformedNoteException if it is none
    public static SplitView parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedNoteException(
                    "evidence of " + text.length() + " characters is too large");
        }
        var lines = new Lines(text);
        if (!lines.next().equals(HEADER)) {
            throw new MalformedNoteException("evidence of two views begins with " + HEADER);
        }
        Hash rootThen = NoteText.parseHash("root", lines.after(ROOT));
        List<Hash> path = new ArrayList<>();
        while (!lines.isAt(OLDER)) {
            path.add(NoteText.parseHash("hash of a consistency path", lines.next()));
        }
        SignedNote older = lines.note(OLDER);
        SignedNote newer = lines.note(NEWER);
        lines.end();
        return new SplitView(older, newer, rootThen, path);
    }

    /// The evidence as text, the exact inverse of {@link #parse}: a header, the root, the path,
    /// then each note after its number of lines.
    public String format() {
        var text = new StringBuilder(HEADER).append('\n');
        text.append(ROOT).append(rootThen.base64()).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        append(OLDER, older, text);
        append(NEWER, newer, text);
        return text.toString();
    }

    private static void append(String name, SignedNote note, StringBuilder text) {
        String lines = note.format();
        text.append(name).append(lines.chars().filter(c -> c == '\n').count()).append('\n');
        text.append(lines);
    }

    /// A cursor over the lines of evidence.
    private static final class Lines {
        private final String text;
        private int at;

        Lines(String text) {
            this.text = text;
        }

        boolean isAt(String prefix) {
            return text.startsWith(prefix, at);
        }

        String next() {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                throw new MalformedNoteException("evidence ends too early");
            }
            String line = text.substring(at, end);
            at = end + 1;
            return line;
        }

        String after(String prefix) {
            String line = next();
            if (!line.startsWith(prefix)) {
                throw new MalformedNoteException("no line \"" + prefix + "\" but \"" + line + "\"");
            }
            return line.substring(prefix.length());
        }

        SignedNote note(String prefix) {
            long lines = NoteText.parseNumber("number of lines", after(prefix));
            int begin = at;
            for (long i = 0; i < lines; i++) {
                next();
            }
            return SignedNote.parse(text.substring(begin, at));
        }

        void end() {
            if (at < text.length()) {
                throw new MalformedNoteException("evidence has text after its end");
            }
        }
    }
}
