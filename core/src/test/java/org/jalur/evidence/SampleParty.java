package org.jalur.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.Receipt;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;

/** One side of a sample channel, with real keys and a journal of its own. */
final class SampleParty {
    final PartyId id;
    final SigningKey identity = SigningKey.generate();
    final SampleJournal journal;
    Map<Use, SigningKey> keys = newKeys();
    String origin;
    Optional<KeyStatement.Reason> reason = Optional.empty();
    List<PublicSigningKey> approvers = List.of();
    private final SampleClock clock;
    private KeyPair postQuantumCheckpoint = mlDsa44();
    private KeyPair postQuantumWitness = mlDsa44();
    private long serial = 1;
    private long keysAt;
    private long seq;
    private Optional<Hash> previous = Optional.empty();

    SampleParty(String name, SampleClock clock) {
        this.id = new PartyId(name);
        this.origin = name + ".example/journal";
        this.journal = new SampleJournal(origin);
        this.clock = clock;
    }

    PartyIdentity asNamed() {
        return new PartyIdentity(id, identity.publicKey());
    }

    /** New working keys; nobody knows them before they are announced. */
    void rotate() {
        keys = newKeys();
        postQuantumCheckpoint = mlDsa44();
        postQuantumWitness = mlDsa44();
        serial++;
    }

    Message announceKeys(SampleParty to) {
        return announceKeys(to, statement(identity.publicKey()).sign(identity));
    }

    Message announceKeys(SampleParty to, String statement) {
        keysAt = seq + 1;
        return sign(to, UUID.randomUUID(), "keys", Optional.of(statement), List.of());
    }

    Message send(SampleParty to, String kind, Part... parts) {
        return send(to, UUID.randomUUID(), kind, parts);
    }

    Message send(SampleParty to, UUID message, String kind, Part... parts) {
        return sign(
                to, message, kind, Optional.empty(), Arrays.stream(parts).map(Part::leaf).toList());
    }

    private Message sign(
            SampleParty to,
            UUID message,
            String kind,
            Optional<String> statement,
            List<Hash> leaves) {
        seq++;
        var manifest =
                new Manifest(
                        message,
                        id,
                        to.id,
                        seq,
                        previous,
                        kind,
                        Optional.empty(),
                        clock.instant(),
                        Optional.empty(),
                        new Manifest.Parts(leaves.size(), MerkleTree.root(leaves)),
                        statement,
                        Optional.of(quoted().format()),
                        new Manifest.Seen(to.seq, Optional.of(to.quoted().format())));
        Message signed = Message.sign(manifest, leaves, key(Use.MESSAGE));
        previous = Optional.of(signed.jws().digest());
        journal.append("message-sent", signed.jws().digest());
        return signed;
    }

    /** Journals a message and signs for it. */
    String receive(Message message) {
        return receive(message, this::quoted);
    }

    /**
     * @param quoted the checkpoint that the receipt is to prove the entry by
     */
    String receive(Message message, Supplier<SignedNote> quoted) {
        Hash digest = message.jws().digest();
        journal.append("message-received", digest);
        Manifest manifest = message.manifest();
        return new Receipt(
                        digest,
                        manifest.id(),
                        manifest.from(),
                        manifest.to(),
                        manifest.seq(),
                        clock.instant(),
                        keysAt,
                        journal.proof("message-received", digest, quoted.get()).format())
                .sign(key(Use.MESSAGE))
                .compact();
    }

    void take(String receipt) {
        journal.append("receipt-received", Jws.parse(receipt, Jws.Type.RECEIPT).digest());
    }

    LogProof proof(String kind, Hash digest, SignedNote checkpoint) {
        return journal.proof(kind, digest, checkpoint);
    }

    /** As messages and receipts quote it. */
    SignedNote quoted() {
        return journal.checkpoint(ed25519());
    }

    SignedNote checkpoint() {
        return journal.checkpoint(
                ed25519(),
                NoteSigner.mlDsa44(
                        origin,
                        postQuantumCheckpoint.getPrivate(),
                        postQuantumCheckpoint.getPublic(),
                        clock));
    }

    private NoteSigner ed25519() {
        SigningKey key = key(Use.CHECKPOINT);
        return NoteSigner.ed25519(origin, key.asPrivateKey(), key.publicKey().asPublicKey());
    }

    SignedNote cosign(SignedNote checkpoint) {
        SigningKey key = key(Use.WITNESS);
        String name = KeyStatement.witnessName(origin);
        return checkpoint
                .signedBy(
                        NoteSigner.ed25519Cosigner(
                                name, key.asPrivateKey(), key.publicKey().asPublicKey(), clock))
                .signedBy(
                        NoteSigner.mlDsa44(
                                name,
                                postQuantumWitness.getPrivate(),
                                postQuantumWitness.getPublic(),
                                clock));
    }

    /** The present keys under an identity that need not be the own. */
    KeyStatement statement(PublicSigningKey under) {
        Map<Use, PublicSigningKey> publicKeys = new EnumMap<>(Use.class);
        keys.forEach((use, key) -> publicKeys.put(use, key.publicKey()));
        return new KeyStatement(
                id,
                serial,
                clock.instant(),
                origin,
                under,
                publicKeys,
                Optional.of(
                        new KeyStatement.PostQuantum(
                                NoteSigner.mlDsa44(
                                                origin,
                                                postQuantumCheckpoint.getPrivate(),
                                                postQuantumCheckpoint.getPublic(),
                                                clock)
                                        .verifier(),
                                NoteSigner.mlDsa44(
                                                KeyStatement.witnessName(origin),
                                                postQuantumWitness.getPrivate(),
                                                postQuantumWitness.getPublic(),
                                                clock)
                                        .verifier())),
                reason,
                approvers);
    }

    SigningKey key(Use use) {
        return Optional.ofNullable(keys.get(use)).orElseThrow();
    }

    private static Map<Use, SigningKey> newKeys() {
        Map<Use, SigningKey> keys = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            keys.put(use, SigningKey.generate());
        }
        return keys;
    }

    private static KeyPair mlDsa44() {
        try {
            return KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
