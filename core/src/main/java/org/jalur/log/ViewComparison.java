package org.jalur.log;

import java.util.List;

/// What two checkpoints of one log say about each other.
public sealed interface ViewComparison {
    /// Both are of one history.
    record OneHistory() implements ViewComparison {}

    /// The log has signed two histories.
    record Split(SplitView evidence) implements ViewComparison {}

    /// Neither is shown: a proof is missing, or shows nothing. Whoever has the newer tree can give
    /// one.
    record Unproven(String reason) implements ViewComparison {}

    /// Compares two checkpoints without a proof: those of one size contradict each other or do not.
    ///
    /// @param keys the log's; both checkpoints must be signed by one of them
    /// @throws UntrustedNoteException if the keys or the origin do not fit
    /// @throws MalformedNoteException if a note is not a checkpoint
    static ViewComparison of(
            SignedNote one, SignedNote other, String origin, NoteVerifier... keys) {
        Checkpoint first = Checkpoint.open(one, origin, keys);
        Checkpoint second = Checkpoint.open(other, origin, keys);
        if (first.size() == second.size()) {
            return compare(one, other, second.root(), List.of());
        }
        return Math.min(first.size(), second.size()) == 0
                ? new OneHistory()
                : new Unproven(
                        "sizes " + first.size() + " and " + second.size() + " without a proof");
    }

    /// Compares two checkpoints by a proof from the tree of the larger one.
    ///
    /// @param rootThen the root that this tree had at the smaller size
    /// @param proof that it had, such as {@link TiledLog#consistencyProof} gives
    /// @param keys the log's; both checkpoints must be signed by one of them
    /// @throws UntrustedNoteException if the keys or the origin do not fit
    /// @throws MalformedNoteException if a note is not a checkpoint
    static ViewComparison of(
            SignedNote one,
            SignedNote other,
            Hash rootThen,
            ConsistencyProof proof,
            String origin,
            NoteVerifier... keys) {
        Checkpoint first = Checkpoint.open(one, origin, keys);
        Checkpoint second = Checkpoint.open(other, origin, keys);
        if (first.size() > second.size()) {
            return of(other, one, rootThen, proof, origin, keys);
        }
        if (proof.fromSize() != first.size() || proof.toSize() != second.size()) {
            return new Unproven("a proof from size " + proof.fromSize() + " to " + proof.toSize());
        }
        try {
            proof.verify(rootThen, second.root());
        } catch (InvalidProofException e) {
            return new Unproven(String.valueOf(e.getMessage()));
        }
        return compare(one, other, rootThen, proof.path());
    }

    private static ViewComparison compare(
            SignedNote older, SignedNote newer, Hash rootThen, List<Hash> path) {
        return Checkpoint.parse(older.text()).root().equals(rootThen)
                ? new OneHistory()
                : new Split(new SplitView(older, newer, rootThen, path));
    }
}
