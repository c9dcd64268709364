package org.jalur.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Text with signature lines (C2SP signed-note).
 *
 * @param text what is signed; ends with a newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<Line> signatures) {
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int MAX_SIGNATURES = 64;
    private static final String DASH = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.length() > MAX_LENGTH) {
            throw new MalformedNoteException(
                    "the text of a note ends with a newline, within 64 KiB");
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedNoteException("the text of a note has no control characters");
        }
    }

    /**
     * One signature line.
     *
     * @param name of the key
     * @param keyHash first four octets of the key's hash
     * @param signature base64 of the signature without the key hash
     */
    public record Line(String name, int keyHash, String signature) {}

    public static SignedNote sign(String text, NoteSigner... signers) {
        return new SignedNote(
                text,
                Arrays.stream(signers)
                        .map(signer ->
                                new Line(
                                        signer.verifier().name(),
                                        signer.verifier().keyHash(),
                                        Base64.getEncoder().encodeToString(signer.sign(text))))
                        .toList());
    }

    public static SignedNote parse(String note) {
        int split = note.lastIndexOf("\n\n");
        if (note.length() > MAX_LENGTH || split < 0 || !note.endsWith("\n")) {
            throw new MalformedNoteException("a note is text, an empty line, and signature lines");
        }
        var lines = new ArrayList<Line>();
        for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            if (lines.size() == MAX_SIGNATURES) {
                throw new MalformedNoteException("a note with more than 64 signatures");
            }
            lines.add(line(line));
        }
        return new SignedNote(note.substring(0, split + 1), lines);
    }

    private static Line line(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !line.startsWith(DASH) || !NoteVerifier.isName(words[1])) {
            throw new MalformedNoteException("not a signature line: " + line);
        }
        try {
            byte[] bytes = Hash.decodeBase64(words[2]);
            if (bytes.length < 5) {
                throw new MalformedNoteException("a signature line without signature: " + line);
            }
            return new Line(
                    words[1],
                    ByteBuffer.wrap(bytes).getInt(),
                    Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 4, bytes.length)));
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("not base64 in a signature line: " + line, e);
        }
    }

    /**
     * Throws {@link MalformedNoteException} unless this key signed. Lines of other keys are
     * ignored; a line of this key that is wrong fails the note.
     */
    public SignedNote verify(NoteVerifier key) {
        boolean signed = false;
        for (Line line : signatures) {
            if (line.name().equals(key.name()) && line.keyHash() == key.keyHash()) {
                if (!key.verifies(text, Hash.decodeBase64(line.signature()))) {
                    throw new MalformedNoteException(
                            "the signature of %s is wrong".formatted(key.name()));
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new MalformedNoteException("the note is not signed by " + key.vkey());
        }
        return this;
    }

    /** The note with further signature lines. */
    public SignedNote with(List<Line> more) {
        var all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /** The octets that travel. */
    public String format() {
        var note = new StringBuilder(text).append('\n');
        for (Line line : signatures) {
            byte[] signature = Hash.decodeBase64(line.signature());
            byte[] bytes =
                    ByteBuffer.allocate(4 + signature.length)
                            .putInt(line.keyHash())
                            .put(signature)
                            .array();
            note.append(DASH)
                    .append(line.name())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append('\n');
        }
        return note.toString();
    }
}
