package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/// What a log asks a witness: to cosign this checkpoint, which extends the tree of `oldSize` that
/// the witness cosigned last (0 if none).
///
/// Source: C2SP tlog-witness, "add-checkpoint". The path is the consistency proof between the two
/// sizes. Limits: {@value #MAX_PATH} hashes (of the source), {@value #MAX_BYTES} bytes (chosen
/// here).
///
/// Throws {@link MalformedNoteException} if the old size is negative, path or request are too long,
/// or the note has not the form of a checkpoint.
public record AddCheckpoint(long oldSize, List<Hash> path, SignedNote checkpoint) {
    /// Largest accepted number of hashes.
    public static final int MAX_PATH = 63;

    /// Largest accepted request in bytes: 16 signatures of 5 kB, the path, and room for extension
    /// lines.
    public static final int MAX_BYTES = 256 * 1024;

    private static final String OLD = "old ";

    public AddCheckpoint {
        if (oldSize < 0) {
            throw new MalformedNoteException("a log has no negative size: " + oldSize);
        }
        if (path.size() > MAX_PATH) {
            throw new MalformedNoteException(
                    path.size() + " hashes are more than the " + MAX_PATH + " of a request");
        }
        path = List.copyOf(path);
        CheckpointText.parse(checkpoint.text());
        checkLength(NoteText.encode(format(oldSize, path, checkpoint)).length);
    }

    /// A request for a checkpoint, with a proof from the size that the witness knows, such as
    /// {@link TiledLog#consistencyProof} gives.
    ///
    /// @throws MalformedNoteException if the note is not a checkpoint
    /// @throws InvalidProofException if the proof leads to another size
    public static AddCheckpoint of(ConsistencyProof proof, SignedNote checkpoint) {
        long size = Checkpoint.parse(checkpoint.text()).size();
        if (proof.toSize() != size) {
            throw new InvalidProofException(
                    "a proof to size " + proof.toSize() + ", a checkpoint of size " + size);
        }
        return new AddCheckpoint(proof.fromSize(), proof.path(), checkpoint);
    }

    /// Reads the body of a request.
    ///
    /// @throws MalformedNoteException if it is not one
    public static AddCheckpoint parse(byte[] utf8) {
        checkLength(utf8.length);
        String body = NoteText.decode(utf8);
        int end = body.indexOf("\n\n");
        if (end < 0 || !body.startsWith(OLD)) {
            throw new MalformedNoteException(
                    "a request is an old size, a proof, an empty line and a checkpoint");
        }
        List<String> lines = List.of(body.substring(0, end).split("\n", -1));
        long oldSize = NoteText.parseNumber("old size", lines.getFirst().substring(OLD.length()));
        List<Hash> path = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            path.add(NoteText.parseHash("hash of a consistency path", line));
        }
        return new AddCheckpoint(oldSize, path, SignedNote.parse(body.substring(end + 2)));
    }

    /// The body of the request, the exact inverse of {@link #parse}; UTF-8 when sent.
    public String format() {
        return format(oldSize, path, checkpoint);
    }

    /// The checkpoint together with the cosignatures that known witnesses gave for it. Signatures
    /// of other keys are left out, as are those without a time.
    ///
    /// @param witnesses at least one of them has cosigned
    /// @throws UntrustedNoteException if a known witness's signature is bad, or none cosigned
    /// @throws MalformedNoteException if the note would become too large
    public SignedNote cosigned(WitnessAnswer.Cosigned answer, NoteVerifier... witnesses) {
        var answered = new SignedNote(checkpoint.text(), answer.signatures());
        SignedNote cosigned = checkpoint;
        boolean any = false;
        for (var signed : answered.verified(witnesses).entrySet()) {
            for (NoteSignature signature : signed.getValue()) {
                if (signed.getKey().time(signature.bytes()).isPresent()) {
                    any = true;
                    cosigned = cosigned.with(signature);
                }
            }
        }
        if (!any) {
            throw new UntrustedNoteException(
                    "no known witness cosigned, only " + answer.signatures());
        }
        return cosigned;
    }

    CheckpointText claim() {
        return CheckpointText.parse(checkpoint.text());
    }

    private static String format(long oldSize, List<Hash> path, SignedNote checkpoint) {
        var body = new StringBuilder(OLD).append(oldSize).append('\n');
        path.forEach(hash -> body.append(hash.base64()).append('\n'));
        return body.append('\n').append(checkpoint.format()).toString();
    }

    private static void checkLength(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new MalformedNoteException(
                    "a request of " + bytes + " bytes is larger than " + MAX_BYTES);
        }
    }
}
