package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * A named Ed25519 private key that signs notes (C2SP signed-note).
 *
 * @param verifier name and public half
 * @param key the private half
 */
public record NoteSigner(NoteVerifier verifier, PrivateKey key) {
    byte[] sign(String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text.getBytes(UTF_8));
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing a note failed", e);
        }
    }

    @Override
    public String toString() {
        return "signer " + verifier;
    }
}
