package org.jalur.log;

import java.security.PublicKey;

/// A named public key that checks signatures on notes: the border to signature algorithms.
///
/// Ed25519 (type 0x01) is built in; cosignatures (0x04, 0x06) and other types join by implementing
/// this.
///
/// Source: C2SP signed-note, "Signatures" and "Verifier keys".
public interface NoteVerifier {
    /// The key name: not empty, without spaces, control characters or plus signs.
    String name();

    /// The 32-bit key id; shown in hexadecimal, never compared as a number. An identifier, not a
    /// fingerprint.
    int keyId();

    /// Whether the signature (without the key id before it) is this key's over the UTF-8 bytes of
    /// the note text. Never throws for a malformed signature: that is `false`.
    boolean verifies(byte[] text, byte[] signature);

    /// The key as text: `name+hex(key id)+base64(type ‖ public key)`.
    String vkey();

    /// Reads an Ed25519 verifier key in its text form.
    ///
    /// @throws MalformedNoteException for another form, another algorithm, or a key id that is not
    ///   the key's
    static NoteVerifier parse(String vkey) {
        return Ed25519Verifier.parse(vkey);
    }

    /// A verifier for an Ed25519 key of the JDK.
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or a key that is not
    ///   Ed25519
    static NoteVerifier ed25519(String name, PublicKey key) {
        return new Ed25519Verifier(name, Ed25519Keys.raw(key));
    }

    /// A verifier for the 32 bytes of an Ed25519 public key (RFC 8032 §5.1.5).
    ///
    /// @throws IllegalArgumentException for a name that no key may have, or bytes that are no
    ///   usable key
    static NoteVerifier ed25519(String name, byte[] key) {
        return new Ed25519Verifier(name, key);
    }
}
