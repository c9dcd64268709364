package org.jalur.log;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/// A named public key that checks signatures on notes: the border to signature algorithms.
///
/// Ed25519 (type 0x01) and the cosignatures of Ed25519 (0x04) and ML-DSA-44 (0x06) are built in;
/// other types join by implementing this.
///
/// Source: C2SP signed-note, "Signatures" and "Verifier keys"; tlog-cosignature.
public interface NoteVerifier {
    /// The key name: not empty, without spaces, control characters or plus signs.
    String name();

    /// The 32-bit key id; shown in hexadecimal, never compared as a number. An identifier, not a
    /// fingerprint.
    int keyId();

    /// Whether the signature (without the key id before it) is this key's over the UTF-8 bytes of
    /// the note text. Never throws for a malformed signature: that is `false`.
    boolean verifies(byte[] text, byte[] signature);

    /// When a signature (without the key id before it) says it was made; it need not be right.
    /// Empty for types that have no time, and where it is left out.
    default Optional<Instant> time(byte[] signature) {
        return Optional.empty();
    }

    /// The key as text: `name+hex(key id)+base64(type ‖ public key)`.
    String vkey();

    /// Reads a verifier key of a built-in type in its text form.
    ///
    /// @throws MalformedNoteException for another form, another type, or a key id that is not the
    ///   key's
    static NoteVerifier parse(String vkey) {
        return VerifierKey.parse(vkey);
    }

    /// A verifier for an Ed25519 key of the JDK.
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or a key that is not
    ///   Ed25519
    static NoteVerifier ed25519(String name, PublicKey key) {
        return new VerifierKey(name, KeyType.ED25519, key);
    }

    /// A verifier for the 32 bytes of an Ed25519 public key (RFC 8032 §5.1.5).
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or bytes that are no
    ///   usable key
    static NoteVerifier ed25519(String name, byte[] key) {
        return new VerifierKey(name, KeyType.ED25519, key);
    }

    /// A verifier for the cosignatures of an Ed25519 key of the JDK.
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or a key that is not
    ///   Ed25519
    static NoteVerifier ed25519Cosigner(String name, PublicKey key) {
        return new VerifierKey(name, KeyType.ED25519_COSIGNATURE, key);
    }

    /// A verifier for the cosignatures of the 32 bytes of an Ed25519 public key (RFC 8032 §5.1.5).
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or bytes that are no
    ///   usable key
    static NoteVerifier ed25519Cosigner(String name, byte[] key) {
        return new VerifierKey(name, KeyType.ED25519_COSIGNATURE, key);
    }

    /// A verifier for the cosignatures of an ML-DSA-44 key of the JDK.
    ///
    /// @throws IllegalArgumentException for a name that no key may have or of more than 255 bytes,
    ///   or a key that is not ML-DSA-44
    static NoteVerifier mlDsa44(String name, PublicKey key) {
        return new VerifierKey(name, KeyType.ML_DSA_44_COSIGNATURE, key);
    }

    /// A verifier for the cosignatures of the 1312 bytes of an ML-DSA-44 public key (FIPS 204,
    /// algorithm 22).
    ///
    /// @throws IllegalArgumentException for a name that no key may have or of more than 255 bytes,
    ///   or another number of bytes
    static NoteVerifier mlDsa44(String name, byte[] key) {
        return new VerifierKey(name, KeyType.ML_DSA_44_COSIGNATURE, key);
    }
}
