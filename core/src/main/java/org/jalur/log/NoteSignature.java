package org.jalur.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// One signature line of a note: a key name and base64 of the key id (4 bytes, big-endian) and the
/// signature bytes.
///
/// Source: C2SP signed-note, "Format".
///
/// Throws {@link IllegalArgumentException} for a name that no key may have, base64 that is not
/// canonical, or no signature bytes.
public record NoteSignature(String keyName, String base64) {
    private static final int KEY_ID_BYTES = 4;

    public NoteSignature {
        KeyName.check(keyName);
        if (CanonicalBase64.decode(base64).length <= KEY_ID_BYTES) {
            throw new IllegalArgumentException(
                    "a signature of " + keyName + " is too short: " + base64);
        }
    }

    /// A signature (without key id) made by the key.
    public static NoteSignature of(NoteVerifier key, byte[] signature) {
        byte[] bytes =
                ByteBuffer.allocate(KEY_ID_BYTES + signature.length)
                        .putInt(key.keyId())
                        .put(signature)
                        .array();
        return new NoteSignature(key.name(), CanonicalBase64.encode(bytes));
    }

    /// The id of the key that claims to have signed.
    public int keyId() {
        return ByteBuffer.wrap(CanonicalBase64.decode(base64)).getInt();
    }

    /// The signature without the key id; for cosignatures it begins with a time (C2SP
    /// tlog-cosignature).
    public byte[] bytes() {
        byte[] bytes = CanonicalBase64.decode(base64);
        return Arrays.copyOfRange(bytes, KEY_ID_BYTES, bytes.length);
    }

    /// Whether it claims to be made by this key: both name and id are the key's.
    public boolean isBy(NoteVerifier key) {
        return keyName.equals(key.name()) && keyId() == key.keyId();
    }

    /// Reads a line without its newline.
    ///
    /// @throws MalformedNoteException if it is not a signature line
    public static NoteSignature parseLine(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[0].equals("—")) {
            throw new MalformedNoteException("not a signature line: \"" + line + "\"");
        }
        try {
            return new NoteSignature(parts[1], parts[2]);
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("not a signature line: \"" + line + "\"", e);
        }
    }

    /// The line without its newline.
    public String line() {
        return "— " + keyName + " " + base64;
    }

    @Override
    public String toString() {
        return keyName + "+" + HexFormat.of().toHexDigits(keyId());
    }
}
