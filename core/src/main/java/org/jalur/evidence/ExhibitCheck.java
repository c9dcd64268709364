package org.jalur.evidence;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.Receipt;
import org.jalur.evidence.Finding.Doubt;
import org.jalur.evidence.Finding.Quorum;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.SignedNote;

/**
 * Everything about one message that takes signatures to check. It depends on no other message, so
 * that many can be checked at once.
 */
final class ExhibitCheck {
    private final Presented presented;
    private final Manifest manifest;
    private final PartyId maker;
    private final Map<PartyId, KeyHistory> keys;
    private final Checkpoints checkpoints;
    private final ProofCheck proofs;
    private final List<Cosigned> cosigned = new ArrayList<>();

    /** Of {@link #cosigned}, who covers that the receiver has it. */
    private final List<Cosigned> receiving = new ArrayList<>();

    private final List<Cosigned> receipting = new ArrayList<>();
    private boolean satisfied;
    private boolean receiptRevoked;

    /**
     * What was read of a message, and what was found out while reading.
     *
     * @param parts what the file shows of its parts; the exhibit need not have them any more
     * @param signedOff what those say about an approver
     */
    record Presented(
            Exhibit exhibit,
            Manifest manifest,
            Hash digest,
            PartsShown parts,
            SignedOff signedOff,
            List<Flaw> flaws) {
        Presented {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * @param seen every checkpoint that the message brings, to be compared with those of others
     */
    record Result(Finding finding, List<Checkpoint> seen) {
        Result {
            seen = List.copyOf(seen);
        }
    }

    ExhibitCheck(
            Presented presented,
            PartyId maker,
            Map<PartyId, KeyHistory> keys,
            Checkpoints checkpoints) {
        this.presented = presented;
        this.manifest = presented.manifest();
        this.maker = maker;
        this.keys = keys;
        this.checkpoints = checkpoints;
        this.proofs = new ProofCheck(checkpoints, presented.flaws());
    }

    Result run() {
        checkSignature();
        if (presented.signedOff() instanceof SignedOff.Missing) {
            proofs.flaw(Flaw.Kind.SIGN_OFF, "message " + manifest.id());
        }
        Delivery delivery = delivery();
        presented.exhibit().entry().ifPresent(this::checkEntry);
        Optional<Finding.Quoted> after = manifest.seen().checkpoint().flatMap(this::quoted);
        manifest.checkpoint().ifPresent(proofs::claimed);
        List<RelayTry> tries =
                new RelayCheck(checkpoints, proofs)
                        .of(presented.exhibit().relays(), presented.exhibit().message(), manifest);
        // Who handed it on had it by then.
        tries.forEach(one -> cosigned.add(one.by()));
        return new Result(
                new Finding.OfMessage(
                        manifest,
                        presented.digest(),
                        delivery,
                        tries,
                        Cosigned.earliest(cosigned),
                        after,
                        cosigned.stream().distinct().toList(),
                        quorum(),
                        presented.parts(),
                        presented.signedOff(),
                        doubts(delivery),
                        proofs.flaws()),
                proofs.seen());
    }

    /**
     * What a thief may have signed: with keys that were revoked as compromised, and without anybody
     * else's word for when. The thief has the journal's and the witness's keys of the same party,
     * so these vouch for nothing here. The receipt's position does not bound it: it stands in no
     * stream.
     */
    private Set<Doubt> doubts(Delivery delivery) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        boolean receipted =
                switch (delivery) {
                    case Delivery.Received _ -> {
                        boolean doubtful =
                                receiptRevoked
                                        && !isBoundedWithout(manifest.to(), receiving)
                                        && !isBoundedWithout(manifest.to(), receipting);
                        if (doubtful) {
                            doubts.add(Doubt.RECEIPT);
                        }
                        yield !doubtful;
                    }
                    case Delivery.NotProven _ -> false;
                };
        if (history(manifest.from()).revokedBefore(manifest.seq())
                && !isBoundedWithout(manifest.from(), cosigned)
                && !receipted) {
            doubts.add(Doubt.MESSAGE);
        }
        return doubts;
    }

    /** Whether anybody but a party, and whoever only this party names, says by when. */
    private boolean isBoundedWithout(PartyId party, List<Cosigned> all) {
        return all.stream()
                .filter(one -> !isOf(party, one.key()))
                .anyMatch(one ->
                        switch (one.standing()) {
                            case CHOSEN -> true;
                            case OTHER_SIDE -> party.equals(maker);
                            case NAMED_BY_MAKER -> !party.equals(maker);
                            case MAKER -> false;
                        });
    }

    /** The keys of a party's journal and of its witness have names of their own. */
    private boolean isOf(PartyId party, String key) {
        return history(party).all().stream()
                .map(KeyStatement::origin)
                .anyMatch(origin ->
                        key.equals(origin) || key.equals(KeyStatement.witnessName(origin)));
    }

    private void checkSignature() {
        Optional<KeyStatement> statement = history(manifest.from()).before(manifest.seq());
        if (statement.isEmpty()) {
            proofs.flaw(Flaw.Kind.NO_KEY, "no keys of %s before it".formatted(manifest.from()));
            return;
        }
        Jws jws = presented.exhibit().message();
        PublicSigningKey key = statement.get().key(KeyStatement.Use.MESSAGE);
        if (!jws.kid().equals(key.kid())) {
            proofs.flaw(Flaw.Kind.OTHER_KEY, "key %s, valid is %s".formatted(jws.kid(), key.kid()));
        } else if (!jws.isSignedBy(key)) {
            proofs.flaw(Flaw.Kind.SIGNATURE, "key " + key.kid());
        }
    }

    private Delivery delivery() {
        Optional<Jws> jws =
                presented
                        .exhibit()
                        .receipt()
                        .flatMap(compact ->
                                proofs.attempt(
                                        Flaw.Kind.MALFORMED,
                                        () -> Jws.parse(compact, Jws.Type.RECEIPT)));
        Optional<Receipt> receipt = jws.flatMap(this::receiptThatHolds);
        presented
                .exhibit()
                .receiptEntry()
                .flatMap(proof -> checkReceiptEntry(jws, proof))
                .ifPresent(found -> receipting.addAll(found.cosigned()));
        return receipt.isPresent()
                ? new Delivery.Received(receipt.get().receivedAt(), Cosigned.earliest(receipting))
                : new Delivery.NotProven();
    }

    private Optional<Receipt> receiptThatHolds(Jws jws) {
        Optional<Receipt> parsed = proofs.attempt(Flaw.Kind.MALFORMED, () -> Receipt.parse(jws));
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Receipt receipt = parsed.get();
        if (!receipt.isFor(presented.digest(), manifest)) {
            proofs.flaw(
                    Flaw.Kind.RECEIPT_OF_ANOTHER, "the receipt is of message " + receipt.message());
            return Optional.empty();
        }
        Optional<KeyStatement> statement =
                history(manifest.to()).at(receipt.position()).map(KeyHistory.Announced::statement);
        if (statement.isEmpty()) {
            proofs.flaw(
                    Flaw.Kind.RECEIPT_SIGNATURE,
                    "no keys of %s at position %d".formatted(manifest.to(), receipt.position()));
            return Optional.empty();
        }
        if (!jws.isSignedBy(statement.get().key(KeyStatement.Use.MESSAGE))) {
            proofs.flaw(Flaw.Kind.RECEIPT_SIGNATURE, "key " + jws.kid());
            return Optional.empty();
        }
        Optional<Checkpoints.Checked> found =
                proofs.prove(
                        Flaw.Kind.RECEIPT_PROOF,
                        new JournalProof(Kind.MESSAGE_RECEIVED, receipt.proof()),
                        presented.digest(),
                        manifest.to(),
                        List.of(statement.get()));
        found.ifPresent(this::coversReceiving);
        receiptRevoked = history(manifest.to()).revokedAt(receipt.position());
        return found.map(_ -> receipt);
    }

    private Optional<Checkpoints.Checked> checkReceiptEntry(
            Optional<Jws> receipt, JournalProof proof) {
        if (receipt.isEmpty()) {
            proofs.flaw(Flaw.Kind.RECEIPT_ENTRY_PROOF, "there is no receipt that it could prove");
            return Optional.empty();
        }
        return proofs.prove(
                Flaw.Kind.RECEIPT_ENTRY_PROOF,
                proof,
                receipt.get().digest(),
                maker,
                history(maker).all());
    }

    private void checkEntry(JournalProof proof) {
        Kind kind = manifest.from().equals(maker) ? Kind.MESSAGE_SENT : Kind.MESSAGE_RECEIVED;
        if (proof.kind() != kind) {
            proofs.flaw(Flaw.Kind.ENTRY_PROOF, "an entry of kind " + proof.kind().wire());
            return;
        }
        proofs.prove(Flaw.Kind.ENTRY_PROOF, proof, presented.digest(), maker, history(maker).all())
                .ifPresent(kind == Kind.MESSAGE_SENT ? this::covers : this::coversReceiving);
    }

    /** A quoted checkpoint that no key in the file claims to have signed says nothing. */
    private Optional<Finding.Quoted> quoted(String text) {
        PartyId peer = manifest.to();
        List<KeyStatement> statements = history(peer).all();
        return proofs.attempt(Flaw.Kind.QUOTED_CHECKPOINT, () -> SignedNote.parse(text))
                .filter(note -> claimsToBeBy(note, statements))
                .flatMap(note ->
                        proofs.attempt(
                                Flaw.Kind.QUOTED_CHECKPOINT,
                                () -> checkpoints.check(note, peer, statements)))
                .map(found -> {
                    proofs.saw(found.checkpoint());
                    return new Finding.Quoted(peer, found.checkpoint().size());
                });
    }

    private static boolean claimsToBeBy(SignedNote note, List<KeyStatement> statements) {
        return statements.stream()
                .map(statement -> statement.checkpointVerifiers().getFirst())
                .anyMatch(key -> note.signatures().stream().anyMatch(line -> line.isBy(key)));
    }

    /** The entry says that the receiver has it: whoever cosigned that bounds the receipt too. */
    private void coversReceiving(Checkpoints.Checked found) {
        receiving.addAll(found.cosigned());
        covers(found);
    }

    private void covers(Checkpoints.Checked found) {
        cosigned.addAll(found.cosigned());
        satisfied |= found.satisfies();
    }

    private Quorum quorum() {
        if (!checkpoints.hasPolicy()) {
            return Quorum.NOT_ASKED;
        }
        return satisfied ? Quorum.REACHED : Quorum.NOT_REACHED;
    }

    private KeyHistory history(PartyId party) {
        return Optional.ofNullable(keys.get(party)).orElseThrow();
    }
}
