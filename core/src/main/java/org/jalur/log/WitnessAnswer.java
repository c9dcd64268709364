package org.jalur.log;

import java.util.Arrays;
import java.util.List;

/// What a witness answers when a log asks it to cosign a checkpoint.
///
/// Source: C2SP tlog-witness, "add-checkpoint"; each answer has its HTTP status there.
public sealed interface WitnessAnswer {
    /// Cosignatures over the checkpoint, one for each key of the witness.
    ///
    /// Throws {@link MalformedNoteException} if there are none, or more than a note may have.
    record Cosigned(List<NoteSignature> signatures) implements WitnessAnswer {
        public Cosigned {
            signatures = List.copyOf(signatures);
            if (signatures.isEmpty() || signatures.size() > SignedNote.MAX_SIGNATURES) {
                throw new MalformedNoteException(
                        "a witness does not cosign " + signatures.size() + " times");
            }
        }
    }

    /// The request is no request, or its old size is larger than the checkpoint's.
    record Malformed(String reason) implements WitnessAnswer {}

    /// No key that the witness trusts for this origin signed, or its signature is bad.
    record Untrusted(String reason) implements WitnessAnswer {}

    /// The witness does not know the log.
    record UnknownLog(String reason) implements WitnessAnswer {}

    /// The old size is not that of the checkpoint cosigned last; this one is. Ask again with a
    /// proof from it.
    record Conflict(long size) implements WitnessAnswer {}

    /// The checkpoint does not extend the one cosigned last, or the proof does not show it.
    record Inconsistent(String reason) implements WitnessAnswer {}

    /// The HTTP status of the answer.
    default int status() {
        return switch (this) {
            case Cosigned _ -> 200;
            case Malformed _ -> 400;
            case Untrusted _ -> 403;
            case UnknownLog _ -> 404;
            case Conflict _ -> 409;
            case Inconsistent _ -> 422;
        };
    }

    /// The media type of the body.
    default String contentType() {
        return this instanceof Conflict ? "text/x.tlog.size" : "text/plain; charset=utf-8";
    }

    /// The body of the answer: signature lines, a size, or one sentence; ends in a newline.
    default String body() {
        return switch (this) {
            case Cosigned(var signatures) -> {
                var lines = new StringBuilder();
                signatures.forEach(signature -> lines.append(signature.line()).append('\n'));
                yield lines.toString();
            }
            case Conflict(long size) -> size + "\n";
            case Malformed(var reason) -> line(reason);
            case Untrusted(var reason) -> line(reason);
            case UnknownLog(var reason) -> line(reason);
            case Inconsistent(var reason) -> line(reason);
        };
    }

    /// Reads an answer. Reading is not believing: see {@link AddCheckpoint#cosigned}.
    ///
    /// @throws MalformedNoteException for another status, or a body that does not fit to it
    static WitnessAnswer parse(int status, String body) {
        return switch (status) {
            case 200 -> new Cosigned(signatures(body));
            case 400 -> new Malformed(line(body).strip());
            case 403 -> new Untrusted(line(body).strip());
            case 404 -> new UnknownLog(line(body).strip());
            case 409 -> new Conflict(NoteText.parseNumber("tree size", withoutNewline(body)));
            case 422 -> new Inconsistent(line(body).strip());
            default -> throw new MalformedNoteException("no answer of a witness: " + status);
        };
    }

    private static List<NoteSignature> signatures(String body) {
        NoteText.checkCharacters(body);
        return Arrays.stream(withoutNewline(body).split("\n", -1))
                .map(NoteSignature::parseLine)
                .toList();
    }

    private static String withoutNewline(String body) {
        if (!body.endsWith("\n")) {
            throw new MalformedNoteException("a witness's answer ends in a newline");
        }
        return body.substring(0, body.length() - 1);
    }

    /// A sentence that is fit to be shown, whoever wrote it.
    private static String line(String reason) {
        String visible = reason.strip().replaceAll("\\p{Cntrl}", " ");
        return (visible.length() <= 300 ? visible : visible.substring(0, 300) + "…") + "\n";
    }
}
