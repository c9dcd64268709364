package org.jalur.log;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.InstantSource;

/// A named private key that signs notes: the border to where keys are kept.
///
/// Source: C2SP signed-note, tlog-cosignature.
public interface NoteSigner {
    /// What checks this signer's signatures; carries name and key id.
    NoteVerifier verifier();

    /// Signs the UTF-8 bytes of a note text, its last newline included; the key id is not part of
    /// the result.
    ///
    /// @throws MalformedNoteException if it signs only checkpoints, and this is none
    byte[] sign(byte[] text);

    /// An Ed25519 signer (RFC 8032, JDK provider).
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or keys that are not one
    ///   Ed25519 pair
    static NoteSigner ed25519(String name, PrivateKey privateKey, PublicKey publicKey) {
        return new Ed25519Signer(name, privateKey, publicKey);
    }

    /// A signer of checkpoints and their time by Ed25519 (type 0x04). Its key signs nothing else:
    /// the name is not in what it signs.
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or keys that are not one
    ///   Ed25519 pair
    static NoteSigner ed25519Cosigner(
            String name, PrivateKey privateKey, PublicKey publicKey, InstantSource clock) {
        return new Cosigner(name, KeyType.ED25519_COSIGNATURE, privateKey, publicKey, clock);
    }

    /// A signer of checkpoints and their time by ML-DSA-44 (type 0x06, FIPS 204, JDK provider): a
    /// witness, or a log under its origin. Extension lines of a checkpoint are not in what it
    /// signs.
    ///
    /// @throws IllegalArgumentException for a name that no key may have or of more than 255 bytes,
    ///   or keys that are not one ML-DSA-44 pair
    static NoteSigner mlDsa44(
            String name, PrivateKey privateKey, PublicKey publicKey, InstantSource clock) {
        return new Cosigner(name, KeyType.ML_DSA_44_COSIGNATURE, privateKey, publicKey, clock);
    }
}
