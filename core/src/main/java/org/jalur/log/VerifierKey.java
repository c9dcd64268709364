package org.jalur.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A public key under a name, of one of the {@link KeyType}s.
///
/// Source: C2SP signed-note, "Verifier keys"; tlog-cosignature, "Format".
final class VerifierKey implements NoteVerifier {
    private final String name;
    private final KeyType type;
    private final byte[] raw;
    private final PublicKey key;
    private final int keyId;

    VerifierKey(String name, KeyType type, byte[] raw) {
        this.name = KeyName.check(name);
        this.type = type;
        this.raw = raw.clone();
        this.key = type.algorithm().decode(raw);
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (type == KeyType.ML_DSA_44_COSIGNATURE && utf8.length > CosignedMessage.MAX_NAME_BYTES) {
            throw new IllegalArgumentException("too long for the name of a cosigner: " + name);
        }
        // "Signatures": the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key).
        byte[] digest = Hash.sha256(utf8, new byte[] {'\n', type.id()}, raw).bytes();
        this.keyId = ByteBuffer.wrap(digest).getInt();
    }

    VerifierKey(String name, KeyType type, PublicKey key) {
        this(name, type, type.algorithm().raw(key));
    }

    static VerifierKey parse(String vkey) {
        // Neither name nor hex has a plus sign, base64 may have some.
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedNoteException("a verifier key is name+id+key, not \"" + vkey + "\"");
        }
        try {
            byte[] typeAndKey = CanonicalBase64.decode(parts[2]);
            if (typeAndKey.length == 0) {
                throw new MalformedNoteException("a verifier key without a key: " + vkey);
            }
            KeyType type = KeyType.of(typeAndKey[0]);
            byte[] raw = Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length);
            var verifier = new VerifierKey(parts[0], type, raw);
            if (!parts[1].equals(HexFormat.of().toHexDigits(verifier.keyId))) {
                throw new MalformedNoteException("the key id is not that of the key: " + vkey);
            }
            return verifier;
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("not a verifier key: " + vkey, e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int keyId() {
        return keyId;
    }

    KeyType type() {
        return type;
    }

    /// Whether both wrap one public key, maybe under other names or types.
    boolean sharesKeyWith(VerifierKey other) {
        return type.algorithm() == other.type.algorithm() && Arrays.equals(raw, other.raw);
    }

    @Override
    public boolean verifies(byte[] text, byte[] signature) {
        return type.isCosignature()
                ? TimedSignature.parse(signature).filter(timed -> cosigns(text, timed)).isPresent()
                : type.algorithm().verifies(key, text, signature);
    }

    private boolean cosigns(byte[] text, TimedSignature timed) {
        try {
            byte[] message = type.message(name, timed.time(), text);
            return type.algorithm().verifies(key, message, timed.signature());
        } catch (MalformedNoteException e) {
            return false; // Not a checkpoint: nobody can have cosigned it.
        }
    }

    @Override
    public Optional<Instant> time(byte[] signature) {
        return type.isCosignature()
                ? TimedSignature.parse(signature).flatMap(TimedSignature::at)
                : Optional.empty();
    }

    @Override
    public String vkey() {
        byte[] typeAndKey = ByteBuffer.allocate(1 + raw.length).put(type.id()).put(raw).array();
        return name
                + "+"
                + HexFormat.of().toHexDigits(keyId)
                + "+"
                + CanonicalBase64.encode(typeAndKey);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    @Override
    public String toString() {
        return vkey();
    }
}
