package org.jalur.log;

import java.security.PrivateKey;
import java.security.PublicKey;

/// An Ed25519 key pair under a name (C2SP signed-note, signature type 0x01).
final class Ed25519Signer implements NoteSigner {
    private final PrivateKey privateKey;
    private final NoteVerifier verifier;

    Ed25519Signer(String name, PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.verifier = NoteVerifier.ed25519(name, publicKey);
        SignatureAlgorithm.ED25519.checkPair(privateKey, publicKey);
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] text) {
        return SignatureAlgorithm.ED25519.sign(privateKey, text);
    }
}
