package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    OwnKeys(JalurSettings settings) throws IOException {
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

    /** Signs checkpoints of this party's journal. */
    public NoteSigner checkpointSigner() {
        return NoteSigner.ed25519(
                statement.origin(),
                checkpoint.asPrivateKey(),
                checkpoint.publicKey().asPublicKey());
    }

    /** Checks checkpoints of the journal of a party. */
    public static NoteVerifier checkpointVerifier(KeyStatement statement) {
        return NoteVerifier.ed25519(
                statement.origin(), statement.key(KeyStatement.Use.CHECKPOINT).raw());
    }
}
