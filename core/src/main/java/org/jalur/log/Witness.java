package org.jalur.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Cosigns checkpoints of the logs it knows, each of them only if it extends the one cosigned last:
/// two parties that ask one honest witness cannot be shown two histories.
///
/// Source: C2SP tlog-witness. For each log it remembers its newest checkpoint, with the signatures
/// of the log and its own, and swaps it before it answers: of two requests at a time one wins, and
/// the other is decided anew. For any number of threads and, as far as the store is, of processes.
///
/// What someone who controls its keys or its store can do: vouch for two histories of a log. What
/// they cannot: forge the log's own signature on either.
public final class Witness {
    /// Origins under this name are not logs' but statements that witnesses make with the same keys;
    /// nobody can ask for a cosignature that would pass for one.
    public static final String RELAY_STATEMENTS = "jalur/relay@v1";

    private static final String KEY_PREFIX = "witness/";

    private final KnownLogs logs;
    private final CheckpointStore store;
    private final List<NoteSigner> cosigners;

    /// @param store is this witness's alone under keys that begin with `witness/`
    /// @param cosigners at least one; all of them sign every checkpoint
    /// @throws IllegalArgumentException if there is none, or one whose signatures are no
    ///   cosignatures
    public Witness(KnownLogs logs, CheckpointStore store, NoteSigner... cosigners) {
        this.logs = logs;
        this.store = store;
        this.cosigners = List.of(cosigners);
        if (cosigners.length == 0) {
            throw new IllegalArgumentException("a witness has a key");
        }
        for (NoteSigner cosigner : cosigners) {
            if (!(cosigner.verifier() instanceof VerifierKey key && key.type().isCosignature())) {
                throw new IllegalArgumentException(
                        "not the key of a witness: " + cosigner.verifier().vkey());
            }
        }
    }

    /// Under which name {@link #checkpoint} has the newest checkpoint of a log.
    public static Hash originHash(String origin) {
        return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8));
    }

    /// The newest cosigned checkpoint of a log, for those who watch it; empty if there is none
    /// (tlog-witness, "Monitor Retrieval Mechanism").
    ///
    /// @throws java.io.UncheckedIOException if the store fails
    public Optional<SignedNote> checkpoint(Hash originHash) {
        return load(originHash).map(Seen::note);
    }

    /// Decides a request by its body.
    ///
    /// @throws java.io.UncheckedIOException if the store fails; no signature leaves, and the same
    ///   request can be sent again
    public WitnessAnswer addCheckpoint(byte[] body) {
        try {
            return decide(AddCheckpoint.parse(body));
        } catch (MalformedNoteException e) {
            return new WitnessAnswer.Malformed(reason(e));
        }
    }

    private WitnessAnswer decide(AddCheckpoint request) {
        String origin = request.claim().origin();
        NoteVerifier[] keys = logs.keys(origin).toArray(NoteVerifier[]::new);
        if (keys.length == 0 || origin.startsWith(RELAY_STATEMENTS)) {
            return new WitnessAnswer.UnknownLog("no log " + origin + " is known here");
        }
        List<NoteSignature> ofTheLog = new ArrayList<>();
        try {
            request.checkpoint().verified(keys).values().forEach(s -> ofTheLog.add(s.getFirst()));
        } catch (UntrustedNoteException e) {
            return new WitnessAnswer.Untrusted(reason(e));
        }
        if (ofTheLog.isEmpty()) {
            return new WitnessAnswer.Untrusted("no known key of " + origin + " signed");
        }
        // Whoever loses the swap has seen an older state than the store's, and decides again with
        // the newer one.
        while (true) {
            Optional<Seen> seen = load(originHash(origin));
            Optional<WitnessAnswer> refusal = refusal(request, seen);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            List<NoteSignature> ours = cosign(request.checkpoint().text());
            // What others added to the checkpoint is not vouched for here, and not kept.
            List<NoteSignature> all = Stream.concat(ofTheLog.stream(), ours.stream()).toList();
            if (swap(origin, seen, new SignedNote(request.checkpoint().text(), all))) {
                return new WitnessAnswer.Cosigned(ours);
            }
        }
    }

    /// The checks of "add-checkpoint" after those of the signature, in its order.
    private static Optional<WitnessAnswer> refusal(AddCheckpoint request, Optional<Seen> seen) {
        CheckpointText claim = request.claim();
        if (request.oldSize() > claim.size()) {
            return Optional.of(
                    new WitnessAnswer.Malformed(
                            "old size "
                                    + request.oldSize()
                                    + " is larger than the checkpoint's "
                                    + claim.size()));
        }
        TreeHead last = seen.map(Seen::head).orElse(TreeHead.EMPTY);
        if (request.oldSize() != last.size()) {
            return Optional.of(new WitnessAnswer.Conflict(last.size()));
        }
        if (claim.size() == 0 && !claim.root().equals(MerkleTree.EMPTY_ROOT)) {
            return Optional.of(
                    new WitnessAnswer.Inconsistent("a tree of size 0 has no root " + claim.root()));
        }
        try {
            new ConsistencyProof(last.size(), claim.size(), request.path())
                    .verify(last.root(), claim.root());
            return Optional.empty();
        } catch (InvalidProofException e) {
            return Optional.of(new WitnessAnswer.Inconsistent(reason(e)));
        }
    }

    private List<NoteSignature> cosign(String text) {
        byte[] utf8 = NoteText.encode(text);
        return cosigners.stream()
                .map(cosigner -> NoteSignature.of(cosigner.verifier(), cosigner.sign(utf8)))
                .toList();
    }

    private boolean swap(String origin, Optional<Seen> seen, SignedNote next) {
        return store.compareAndSwap(
                KEY_PREFIX + originHash(origin).hex(),
                seen.map(Seen::stored).orElse(null),
                NoteText.encode(next.format()));
    }

    private Optional<Seen> load(Hash originHash) {
        return store.load(KEY_PREFIX + originHash.hex()).map(Seen::of);
    }

    private static String reason(RuntimeException e) {
        return Optional.ofNullable(e.getMessage()).orElse("");
    }

    /// What is stored for a log.
    private record Seen(byte[] stored, SignedNote note, TreeHead head) {
        static Seen of(byte[] stored) {
            try {
                SignedNote note = SignedNote.parse(stored);
                return new Seen(stored, note, Checkpoint.parse(note.text()).head());
            } catch (MalformedNoteException e) {
                // Not the fault of whoever asks.
                throw new IllegalStateException("the witness stored no checkpoint", e);
            }
        }
    }
}
