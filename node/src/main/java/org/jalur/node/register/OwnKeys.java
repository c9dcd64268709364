package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.NoteVerifier;
import org.jalur.node.JalurSettings;
import org.springframework.stereotype.Component;

/**
 * The working keys of this node's party, with the statement in which its offline identity key signs
 * them. The identity key itself is not on this machine.
 */
@Component
public class OwnKeys {
    private final String signedStatement;
    private final KeyStatement statement;
    private final SigningKey message;
    private final SigningKey checkpoint;
    private final SigningKey witness;
    private final Optional<NoteSigner> postQuantumCheckpoint;
    private final Optional<NoteSigner> postQuantumWitness;
    private final Clock clock;

    OwnKeys(JalurSettings settings, Clock clock) throws IOException {
        this.clock = clock;
        Path folder = settings.home().resolve("keys");
        if (!Files.isRegularFile(folder.resolve("statement.jws"))) {
            throw new IllegalStateException(
                    "no keys in %s; make them with \"./jalur keys\" (docs/operations.md)"
                            .formatted(folder));
        }
        signedStatement = Files.readString(folder.resolve("statement.jws")).strip();
        statement =
                KeyStatement.open(
                        signedStatement,
                        settings.party().partyId(),
                        Hash.parseHex(settings.party().identity()));
        message = key(folder, KeyStatement.Use.MESSAGE);
        checkpoint = key(folder, KeyStatement.Use.CHECKPOINT);
        witness = key(folder, KeyStatement.Use.WITNESS);
        if (statement.postQuantum().isPresent()) {
            KeyStatement.PostQuantum named = statement.postQuantum().get();
            postQuantumCheckpoint =
                    Optional.of(key(folder, PostQuantumKey.CHECKPOINT, named.checkpoint()));
            postQuantumWitness = Optional.of(key(folder, PostQuantumKey.WITNESS, named.witness()));
        } else {
            postQuantumCheckpoint = Optional.empty();
            postQuantumWitness = Optional.empty();
        }
    }

    private NoteSigner key(Path folder, String file, NoteVerifier named) throws IOException {
        NoteSigner key = PostQuantumKey.read(folder.resolve(file), named.name(), clock);
        if (!key.verifier().equals(named)) {
            throw new IllegalStateException(
                    "%s is not the key that statement %d names"
                            .formatted(folder.resolve(file), statement.serial()));
        }
        return key;
    }

    private SigningKey key(Path folder, KeyStatement.Use use) throws IOException {
        Path file = folder.resolve(KeyFiles.name(use));
        SigningKey key = SigningKey.fromPem(Files.readString(file));
        if (!key.publicKey().equals(statement.key(use))) {
            throw new IllegalStateException(
                    "%s is not the key that statement %d names"
                            .formatted(file, statement.serial()));
        }
        return key;
    }

    public SigningKey message() {
        return message;
    }

    public KeyStatement statement() {
        return statement;
    }

    /** The statement as it travels. */
    public String signedStatement() {
        return signedStatement;
    }

    /** Sign checkpoints of this party's journal: Ed25519, and ML-DSA-44 where there is a key. */
    public List<NoteSigner> checkpointSigners() {
        return Stream.concat(
                        Stream.of(
                                NoteSigner.ed25519(
                                        statement.origin(),
                                        checkpoint.asPrivateKey(),
                                        checkpoint.publicKey().asPublicKey())),
                        postQuantumCheckpoint.stream())
                .toList();
    }

    /** Cosign the checkpoints of others, in the same two ways. */
    public List<NoteSigner> witnessSigners() {
        return Stream.concat(
                        Stream.of(
                                NoteSigner.ed25519Cosigner(
                                        KeyStatement.witnessName(statement.origin()),
                                        witness.asPrivateKey(),
                                        witness.publicKey().asPublicKey(),
                                        clock)),
                        postQuantumWitness.stream())
                .toList();
    }

    /** Checks checkpoints of the journal of a party. */
    public static NoteVerifier checkpointVerifier(KeyStatement statement) {
        return statement.checkpointVerifiers().getFirst();
    }
}
