package org.jalur.log;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;

/// A key pair under a name that signs checkpoints together with the time (C2SP tlog-cosignature).
final class Cosigner implements NoteSigner {
    private final KeyType type;
    private final PrivateKey privateKey;
    private final NoteVerifier verifier;
    private final InstantSource clock;

    Cosigner(
            String name,
            KeyType type,
            PrivateKey privateKey,
            PublicKey publicKey,
            InstantSource clock) {
        this.type = type;
        this.privateKey = privateKey;
        this.verifier = new VerifierKey(name, type, publicKey);
        this.clock = clock;
        type.algorithm().checkPair(privateKey, publicKey);
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] text) {
        Checkpoint.parse(NoteText.decode(text));
        Instant now = clock.instant();
        // 0 would say that the time is left out, which a witness must not (tlog-witness,
        // "add-checkpoint").
        if (now.getEpochSecond() <= 0) {
            throw new IllegalStateException("the clock of " + verifier.name() + " shows " + now);
        }
        byte[] message = type.message(verifier.name(), now.getEpochSecond(), text);
        byte[] signature = type.algorithm().sign(privateKey, message);
        return new TimedSignature(now.getEpochSecond(), signature).format();
    }
}
