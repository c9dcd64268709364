package org.jalur.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// An Ed25519 key under a name (C2SP signed-note, signature type 0x01).
final class Ed25519Verifier implements NoteVerifier {
    private static final byte TYPE = 0x01;
    private static final int SIGNATURE_BYTES = 64;

    private final String name;
    private final byte[] raw;
    private final PublicKey key;
    private final int keyId;

    Ed25519Verifier(String name, byte[] raw) {
        this.name = KeyName.check(name);
        this.raw = raw.clone();
        this.key = Ed25519Keys.decode(raw);
        // "Ed25519 signatures": the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key).
        byte[] digest =
                Hash.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', TYPE}, raw)
                        .bytes();
        this.keyId = ByteBuffer.wrap(digest).getInt();
    }

    static Ed25519Verifier parse(String vkey) {
        // Neither name nor hex has a plus sign, base64 may have some.
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedNoteException("a verifier key is name+id+key, not \"" + vkey + "\"");
        }
        try {
            byte[] typeAndKey = CanonicalBase64.decode(parts[2]);
            if (typeAndKey.length == 0 || typeAndKey[0] != TYPE) {
                throw new MalformedNoteException("not an Ed25519 verifier key: " + vkey);
            }
            var verifier =
                    new Ed25519Verifier(
                            parts[0], Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length));
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

    @Override
    public boolean verifies(byte[] text, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (SignatureException e) {
            return false; // How the JDK says that R is no point, or S not below the group order.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is part of the JDK", e);
        }
    }

    @Override
    public String vkey() {
        byte[] typeAndKey = new byte[1 + raw.length];
        typeAndKey[0] = TYPE;
        System.arraycopy(raw, 0, typeAndKey, 1, raw.length);
        return name
                + "+"
                + HexFormat.of().toHexDigits(keyId)
                + "+"
                + CanonicalBase64.encode(typeAndKey);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ed25519Verifier that
                && name.equals(that.name)
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
