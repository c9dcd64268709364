package org.jalur.log;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A text with one or more signatures below it. The text means nothing before {@link #open} has
/// returned.
///
/// Source: C2SP signed-note. The text ends in a newline, may contain empty lines, and has no other
/// control characters. Limits, chosen here: {@value #MAX_BYTES} bytes in UTF-8, {@value
/// #MAX_SIGNATURES} signatures (the source asks for 16 at least, and post-quantum ones have up to 5
/// kB).
///
/// Throws {@link MalformedNoteException} if text or number of signatures break these rules.
public record SignedNote(String text, List<NoteSignature> signatures) {
    /// Largest accepted note in bytes.
    public static final int MAX_BYTES = 512 * 1024;

    /// Largest accepted number of signature lines.
    public static final int MAX_SIGNATURES = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new MalformedNoteException("a note's text ends in a newline");
        }
        NoteText.checkCharacters(text);
        if (signatures.isEmpty()) {
            throw new MalformedNoteException("a signed note has a signature");
        }
        if (signatures.size() > MAX_SIGNATURES) {
            throw new MalformedNoteException(
                    signatures.size() + " signatures are more than " + MAX_SIGNATURES);
        }
        checkLength(NoteText.encode(format(text, signatures)).length);
    }

    /// Reads a note from its UTF-8 bytes.
    ///
    /// @throws MalformedNoteException if they are not a signed note
    public static SignedNote parse(byte[] utf8) {
        checkLength(utf8.length);
        return parse(NoteText.decode(utf8));
    }

    /// Reads a note.
    ///
    /// @throws MalformedNoteException if it is not a signed note
    public static SignedNote parse(String note) {
        checkLength(note.length());
        NoteText.checkCharacters(note);
        // The last empty line separates, so that the text can have empty lines of its own.
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new MalformedNoteException(
                    "a note is a text, an empty line and signature lines, each with a newline");
        }
        String lines = note.substring(end + 2);
        List<NoteSignature> signatures = lines.lines().map(NoteSignature::parseLine).toList();
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /// Signs a text that ends in a newline.
    ///
    /// @throws MalformedNoteException if the text cannot be that of a note, or no one signs
    public static SignedNote sign(String text, NoteSigner... signers) {
        NoteText.checkCharacters(text);
        return new SignedNote(text, Arrays.stream(signers).map(s -> signature(text, s)).toList());
    }

    /// This note with one more signature over its text.
    public SignedNote signedBy(NoteSigner signer) {
        return with(signature(text, signer));
    }

    /// This note with one more signature made elsewhere, such as a cosignature; it is not checked
    /// here.
    public SignedNote with(NoteSignature signature) {
        return new SignedNote(
                text, Stream.concat(signatures.stream(), Stream.of(signature)).toList());
    }

    /// Checks the signatures and says which of the known keys signed, in the order given; at least
    /// one.
    ///
    /// Signatures of other keys are ignored, also where only the name or only the id is that of a
    /// known key. A key that signs twice must be right twice.
    ///
    /// @throws UntrustedNoteException if a known key's signature is bad, or no known key signed
    /// @throws IllegalArgumentException if two known keys share name and id: nobody could say which
    ///   one signed
    public List<NoteVerifier> open(NoteVerifier... known) {
        List<NoteVerifier> signers = List.copyOf(verified(known).keySet());
        if (signers.isEmpty()) {
            throw new UntrustedNoteException("no known key signed this note, only " + signatures);
        }
        return signers;
    }

    /// The signatures of each known key that signed, all of them right; maybe none.
    Map<NoteVerifier, List<NoteSignature>> verified(NoteVerifier... known) {
        checkDistinct(known);
        byte[] signed = NoteText.encode(text);
        Map<NoteVerifier, List<NoteSignature>> verified = new LinkedHashMap<>();
        for (NoteVerifier key : known) {
            List<NoteSignature> claimed = signatures.stream().filter(s -> s.isBy(key)).toList();
            for (NoteSignature signature : claimed) {
                if (!key.verifies(signed, signature.bytes())) {
                    throw new UntrustedNoteException(
                            "the signature of " + signature + " is not over this text");
                }
            }
            if (!claimed.isEmpty()) {
                verified.put(key, claimed);
            }
        }
        return verified;
    }

    /// The note as text, the exact inverse of {@link #parse(String)}.
    public String format() {
        return format(text, signatures);
    }

    private static NoteSignature signature(String text, NoteSigner signer) {
        return NoteSignature.of(signer.verifier(), signer.sign(NoteText.encode(text)));
    }

    private static void checkDistinct(NoteVerifier... known) {
        for (int i = 0; i < known.length; i++) {
            for (int j = 0; j < i; j++) {
                if (known[i].name().equals(known[j].name())
                        && known[i].keyId() == known[j].keyId()) {
                    throw new IllegalArgumentException(
                            "two keys with one name and id: " + known[i].vkey());
                }
            }
        }
    }

    private static void checkLength(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new MalformedNoteException(
                    "a note of " + bytes + " bytes is larger than " + MAX_BYTES);
        }
    }

    private static String format(String text, List<NoteSignature> signatures) {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(s -> note.append(s.line()).append('\n'));
        return note.toString();
    }
}
