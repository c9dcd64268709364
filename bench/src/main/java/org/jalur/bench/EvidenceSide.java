package org.jalur.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.Receipt;
import org.jalur.channel.SigningKey;
import org.jalur.evidence.PartyIdentity;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.LogStorage;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.TiledLog;

/** One side of a made-up channel: its keys, its stream, and its journal in memory. */
final class EvidenceSide {
    static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

    final PartyId id;
    private final String origin;
    private final SigningKey identity = SigningKey.generate();
    private final Map<Use, SigningKey> keys = new EnumMap<>(Use.class);
    private final KeyPair checkpointKey = keyPair("ML-DSA-44");
    private final KeyPair witnessKey = keyPair("ML-DSA-44");
    private final TiledLog journal = TiledLog.open(new Memory(), 0, MerkleTree.EMPTY_ROOT);
    private long seq;
    private Optional<Hash> previous = Optional.empty();
    private Optional<String> quoted = Optional.empty();

    EvidenceSide(String name) {
        id = new PartyId(name);
        origin = name + ".example/journal";
        for (Use use : Use.values()) {
            keys.put(use, SigningKey.generate());
        }
    }

    private static final class Memory implements LogStorage {
        private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(objects.get(path));
        }

        @Override
        public void writeAll(Map<String, byte[]> batch) {
            objects.putAll(batch);
        }
    }

    static KeyPair keyPair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    PartyIdentity named() {
        return new PartyIdentity(id, identity.publicKey());
    }

    Message announceKeys(EvidenceSide to) {
        Map<Use, PublicSigningKey> publicKeys = new EnumMap<>(Use.class);
        keys.forEach((use, key) -> publicKeys.put(use, key.publicKey()));
        var statement =
                new KeyStatement(
                        id,
                        1,
                        NOW,
                        origin,
                        identity.publicKey(),
                        publicKeys,
                        Optional.of(
                                new KeyStatement.PostQuantum(
                                        postQuantum(origin, checkpointKey).verifier(),
                                        postQuantum(KeyStatement.witnessName(origin), witnessKey)
                                                .verifier())),
                        Optional.empty());
        return send(to, "keys", Optional.of(statement.sign(identity)), List.of());
    }

    Message send(EvidenceSide to, String kind, Optional<String> statement, List<Hash> leaves) {
        var manifest =
                new Manifest(
                        UUID.randomUUID(),
                        id,
                        to.id,
                        ++seq,
                        previous,
                        kind,
                        Optional.empty(),
                        NOW,
                        Optional.empty(),
                        new Manifest.Parts(leaves.size(), MerkleTree.root(leaves)),
                        statement,
                        quoted,
                        new Manifest.Seen(to.seq, to.quoted));
        Message message = Message.sign(manifest, leaves, key(Use.MESSAGE));
        previous = Optional.of(message.jws().digest());
        append("message-sent", message.jws().digest());
        return message;
    }

    /** Signs for a message under a checkpoint of its own, as happens on a quiet channel. */
    String receive(Message message) {
        long index = append("message-received", message.jws().digest());
        SignedNote checkpoint = Checkpoint.of(origin, journal.head()).sign(ed25519());
        quoted = Optional.of(checkpoint.format());
        Manifest manifest = message.manifest();
        return new Receipt(
                        message.jws().digest(),
                        manifest.id(),
                        manifest.from(),
                        manifest.to(),
                        manifest.seq(),
                        NOW,
                        1,
                        proof(index, checkpoint).format())
                .sign(key(Use.MESSAGE))
                .compact();
    }

    /** Returns the place of the entry. */
    long append(String kind, Hash digest) {
        byte[] entry = "%s %s".formatted(kind, digest.base64()).getBytes(US_ASCII);
        return journal.append(List.of(entry)).size() - 1;
    }

    LogProof proof(long index, SignedNote checkpoint) {
        long size = Checkpoint.parse(checkpoint.text()).size();
        return LogProof.of(journal.inclusionProof(index, size), checkpoint);
    }

    SignedNote checkpoint() {
        return Checkpoint.of(origin, journal.head())
                .sign(ed25519(), postQuantum(origin, checkpointKey));
    }

    SignedNote cosign(SignedNote checkpoint) {
        SigningKey key = key(Use.WITNESS);
        String name = KeyStatement.witnessName(origin);
        return checkpoint
                .signedBy(
                        NoteSigner.ed25519Cosigner(
                                name,
                                key.asPrivateKey(),
                                key.publicKey().asPublicKey(),
                                InstantSource.fixed(NOW)))
                .signedBy(postQuantum(name, witnessKey));
    }

    private NoteSigner ed25519() {
        SigningKey key = key(Use.CHECKPOINT);
        return NoteSigner.ed25519(origin, key.asPrivateKey(), key.publicKey().asPublicKey());
    }

    private static NoteSigner postQuantum(String name, KeyPair pair) {
        return NoteSigner.mlDsa44(
                name, pair.getPrivate(), pair.getPublic(), InstantSource.fixed(NOW));
    }

    private SigningKey key(Use use) {
        return Optional.ofNullable(keys.get(use)).orElseThrow();
    }
}
