package org.jalur.node.register;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.log.Ed25519Keys;
import org.jalur.log.NoteSigner;
import org.jalur.log.NoteVerifier;

/** The private working keys that one statement names, opened. */
public final class WorkingKeys {
    private static final String MESSAGE = "message";
    private static final String CHECKPOINT = "checkpoint";
    private static final String WITNESS = "witness";
    private static final String CHECKPOINT_TOO = "checkpoint-ml-dsa-44";
    private static final String WITNESS_TOO = "witness-ml-dsa-44";
    private static final byte[] PROBE = {1};

    /** What a key file holds, by alias. */
    static final Map<String, String> ALGORITHMS = algorithms();

    private final String signedStatement;
    private final KeyStatement statement;
    private final SigningKey message;
    private final List<NoteSigner> checkpointSigners;
    private final List<NoteSigner> witnessSigners;

    private WorkingKeys(String signedStatement, KeyStatement statement, Pairs pairs, Clock clock) {
        this.signedStatement = signedStatement;
        this.statement = statement;
        String origin = statement.origin();
        String name = KeyStatement.witnessName(origin);
        message = SigningKey.of(pairs.of(MESSAGE).getPrivate(), pairs.of(MESSAGE).getPublic());
        SigningKey checkpoint =
                SigningKey.of(pairs.of(CHECKPOINT).getPrivate(), pairs.of(CHECKPOINT).getPublic());
        SigningKey witness =
                SigningKey.of(pairs.of(WITNESS).getPrivate(), pairs.of(WITNESS).getPublic());
        checkpointSigners =
                signers(
                        NoteSigner.ed25519(
                                origin,
                                checkpoint.asPrivateKey(),
                                checkpoint.publicKey().asPublicKey()),
                        pairs.of(CHECKPOINT_TOO),
                        clock);
        witnessSigners =
                signers(
                        NoteSigner.ed25519Cosigner(
                                name,
                                witness.asPrivateKey(),
                                witness.publicKey().asPublicKey(),
                                clock),
                        pairs.of(WITNESS_TOO),
                        clock);
    }

    private static Map<String, String> algorithms() {
        Map<String, String> algorithms = new LinkedHashMap<>();
        for (String alias : List.of(MESSAGE, CHECKPOINT, WITNESS)) {
            algorithms.put(alias, KeyStoreFile.ED25519);
        }
        for (String alias : List.of(CHECKPOINT_TOO, WITNESS_TOO)) {
            algorithms.put(alias, KeyStoreFile.ML_DSA_44);
        }
        return algorithms;
    }

    private List<NoteSigner> signers(NoteSigner first, KeyPair second, Clock clock) {
        NoteSigner too =
                NoteSigner.mlDsa44(
                        first.verifier().name(), second.getPrivate(), second.getPublic(), clock);
        return statement.postQuantum().isPresent() ? List.of(first, too) : List.of(first);
    }

    private record Pairs(Map<String, KeyPair> byAlias) {
        KeyPair of(String alias) {
            return Optional.ofNullable(byAlias.get(alias)).orElseThrow();
        }
    }

    /** The public halves as the identity key is asked to sign them. */
    static KeyRequest request(
            PartyId party,
            long serial,
            String origin,
            Optional<KeyStatement.Reason> reason,
            Map<String, KeyPair> byAlias) {
        var pairs = new Pairs(byAlias);
        Map<Use, PublicSigningKey> keys = new EnumMap<>(Use.class);
        keys.put(Use.MESSAGE, ed25519(pairs.of(MESSAGE)));
        keys.put(Use.CHECKPOINT, ed25519(pairs.of(CHECKPOINT)));
        keys.put(Use.WITNESS, ed25519(pairs.of(WITNESS)));
        return new KeyRequest(
                party,
                serial,
                origin,
                keys,
                Optional.of(
                        new KeyStatement.PostQuantum(
                                NoteVerifier.mlDsa44(origin, pairs.of(CHECKPOINT_TOO).getPublic()),
                                NoteVerifier.mlDsa44(
                                        KeyStatement.witnessName(origin),
                                        pairs.of(WITNESS_TOO).getPublic()))),
                reason);
    }

    private static PublicSigningKey ed25519(KeyPair pair) {
        return PublicSigningKey.of(Ed25519Keys.raw(pair.getPublic()));
    }

    /**
     * Opens a key file.
     *
     * @throws UnusableKeysException if it holds other keys than the statement names
     */
    static WorkingKeys open(
            Path file,
            Passphrase passphrase,
            String signedStatement,
            KeyStatement statement,
            Clock clock) {
        Map<String, KeyPair> byAlias = KeyStoreFile.read(file, passphrase, ALGORITHMS);
        KeyRequest held =
                request(
                        statement.party(),
                        statement.serial(),
                        statement.origin(),
                        statement.reason(),
                        byAlias);
        if (!held.isFor(statement)) {
            throw new UnusableKeysException(
                    "%s holds other keys than statement %d names"
                            .formatted(file, statement.serial()));
        }
        try {
            for (var one : ALGORITHMS.entrySet()) {
                probe(one.getValue(), new Pairs(byAlias).of(one.getKey()));
            }
            return new WorkingKeys(signedStatement, statement, new Pairs(byAlias), clock);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableKeysException(
                    "%s has private keys that are not those of its certificates".formatted(file),
                    e);
        }
    }

    /** A private key that does not belong to the named public one would sign in vain. */
    private static void probe(String algorithm, KeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the two halves do not fit");
        }
    }

    public long serial() {
        return statement.serial();
    }

    public KeyStatement statement() {
        return statement;
    }

    /** The statement as it travels. */
    public String signedStatement() {
        return signedStatement;
    }

    public SigningKey message() {
        return message;
    }

    /**
     * Sign checkpoints of this party's journal: Ed25519, and ML-DSA-44 where the statement has it.
     */
    public Stream<NoteSigner> checkpointSigners() {
        return checkpointSigners.stream();
    }

    /** Cosign the checkpoints of others, in the same two ways. */
    public Stream<NoteSigner> witnessSigners() {
        return witnessSigners.stream();
    }
}
