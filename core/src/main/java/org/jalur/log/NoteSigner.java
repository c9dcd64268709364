package org.jalur.log;

import java.security.PrivateKey;
import java.security.PublicKey;

/// A named private key that signs notes: the border to where keys are kept.
///
/// Source: C2SP signed-note.
public interface NoteSigner {
    /// What checks this signer's signatures; carries name and key id.
    NoteVerifier verifier();

    /// Signs the UTF-8 bytes of a note text, its last newline included; the key id is not part of
    /// the result.
    byte[] sign(byte[] text);

    /// An Ed25519 signer (RFC 8032, JDK provider).
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or keys that are not one
    ///   Ed25519 pair
    static NoteSigner ed25519(String name, PrivateKey privateKey, PublicKey publicKey) {
        return new Ed25519Signer(name, privateKey, publicKey);
    }
}
