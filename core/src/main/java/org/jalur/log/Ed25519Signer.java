package org.jalur.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// An Ed25519 key pair under a name (C2SP signed-note, signature type 0x01).
final class Ed25519Signer implements NoteSigner {
    // No note: a note's text ends in a newline.
    private static final byte[] PAIR_CHECK =
            "do these keys belong together?".getBytes(StandardCharsets.UTF_8);

    private final PrivateKey privateKey;
    private final NoteVerifier verifier;

    Ed25519Signer(String name, PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.verifier = NoteVerifier.ed25519(name, publicKey);
        if (!verifier.verifies(PAIR_CHECK, sign(PAIR_CHECK))) {
            throw new IllegalArgumentException("the private key is not that of " + verifier.vkey());
        }
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey);
            ed25519.update(text);
            return ed25519.sign();
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "not an Ed25519 private key but " + privateKey.getAlgorithm(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is part of the JDK", e);
        }
    }
}
