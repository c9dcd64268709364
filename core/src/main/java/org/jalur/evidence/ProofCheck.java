package org.jalur.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.PartyId;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.InclusionProof;
import org.jalur.log.InvalidProofException;
import org.jalur.log.LogProof;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.MerkleTree;
import org.jalur.log.SignedNote;
import org.jalur.log.UntrustedNoteException;

/**
 * The proofs of one message: what does not hold is noted, and the rest is looked at all the same.
 */
final class ProofCheck {
    private final Checkpoints checkpoints;
    private final List<Flaw> flaws;
    private final List<Checkpoint> seen = new ArrayList<>();

    /**
     * @param found what was found wrong before
     */
    ProofCheck(Checkpoints checkpoints, List<Flaw> found) {
        this.checkpoints = checkpoints;
        this.flaws = new ArrayList<>(found);
    }

    /**
     * Checks that an entry with this digest stands in a journal.
     *
     * @param flaw what it is if it does not
     * @param owner whose journal it is
     * @param statements of the owner: one of their checkpoint keys must have signed
     */
    Optional<Checkpoints.Checked> prove(
            Flaw.Kind flaw,
            JournalProof proof,
            Hash digest,
            PartyId owner,
            List<KeyStatement> statements) {
        return attempt(
                flaw,
                () -> {
                    LogProof parsed = LogProof.parse(proof.text());
                    Checkpoints.Checked found =
                            checkpoints.check(parsed.checkpoint(), owner, statements);
                    Checkpoint checkpoint = found.checkpoint();
                    new InclusionProof(parsed.index(), checkpoint.size(), parsed.path())
                            .verify(
                                    MerkleTree.leafHash(proof.kind().entry(digest)),
                                    checkpoint.root());
                    found.forged().forEach(detail -> flaw(Flaw.Kind.COSIGNATURE, detail));
                    saw(checkpoint);
                    return found;
                });
    }

    /** The sender's own journal as its message claims it: signed with the message. */
    void claimed(String note) {
        attempt(Flaw.Kind.MALFORMED, () -> Checkpoint.parse(SignedNote.parse(note).text()))
                .ifPresent(this::saw);
    }

    void saw(Checkpoint checkpoint) {
        seen.add(checkpoint);
    }

    void flaw(Flaw.Kind kind, String detail) {
        flaws.add(new Flaw(kind, detail));
    }

    /** Empty if the check says no, which is then noted. */
    <T> Optional<T> attempt(Flaw.Kind kind, Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (MalformedMessageException
                | MalformedNoteException
                | UntrustedNoteException
                | InvalidProofException
                | IllegalArgumentException e) {
            flaw(kind, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    List<Flaw> flaws() {
        return flaws;
    }

    List<Checkpoint> seen() {
        return seen;
    }
}
