package org.jalur.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A key's statement that, at a time, the checkpoint it signed was the largest it had seen of that
/// log, and extended all it had seen before.
///
/// Source: C2SP tlog-cosignature. The time is the cosigner's claim, in seconds; whether it lies in
/// the future is not checked here.
public record Cosignature(NoteVerifier key, Instant at) {
    /// Checks the signatures of the known keys on a note, and says which of them cosigned it and
    /// when, in the order given; maybe none. Of several by one key the latest counts.
    ///
    /// Signatures without a time are no cosignatures: those of other types, and those that leave it
    /// out (0).
    ///
    /// @throws UntrustedNoteException if a known key's signature is bad
    /// @throws IllegalArgumentException if two known keys share name and id
    public static List<Cosignature> on(SignedNote note, NoteVerifier... known) {
        List<Cosignature> cosignatures = new ArrayList<>();
        note.verified(known)
                .forEach((key, signatures) ->
                        signatures.stream()
                                .flatMap(signature -> key.time(signature.bytes()).stream())
                                .max(Comparator.naturalOrder())
                                .ifPresent(at -> cosignatures.add(new Cosignature(key, at))));
        return List.copyOf(cosignatures);
    }
}
