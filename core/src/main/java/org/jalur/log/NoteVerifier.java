package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A named Ed25519 public key that checks note signatures (C2SP signed-note). */
public final class NoteVerifier {
    private static final byte ED25519 = 0x01;
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] key;
    private final PublicKey publicKey;

    private NoteVerifier(String name, byte[] key, PublicKey publicKey) {
        this.name = name;
        this.key = key;
        this.publicKey = publicKey;
    }

    /** A verifier for the 32 octets of an Ed25519 public key. */
    public static NoteVerifier ed25519(String name, byte[] key) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a key name (no spaces, no plus): " + name);
        }
        if (key.length != 32) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has 32 octets, not " + key.length);
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + key.length);
        System.arraycopy(key, 0, encoded, X509_PREFIX.length, key.length);
        try {
            var publicKey =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded));
            return new NoteVerifier(name, key.clone(), publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a point of Ed25519", e);
        }
    }

    /** Reads a verifier key: {@code name+hash+base64(0x01 ‖ key)}. */
    public static NoteVerifier parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a verifier key: " + vkey);
        }
        byte[] typed = Hash.decodeBase64(parts[2]);
        if (typed.length != 33 || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 verifier key: " + vkey);
        }
        NoteVerifier verifier = ed25519(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().toHexDigits(verifier.keyHash()).equals(parts[1])) {
            throw new IllegalArgumentException(
                    "the key hash in the verifier key is wrong: " + vkey);
        }
        return verifier;
    }

    /** {@code name+hash+base64(0x01 ‖ key)}. */
    public String vkey() {
        return "%s+%s+%s"
                .formatted(
                        name,
                        HexFormat.of().toHexDigits(keyHash()),
                        Base64.getEncoder().encodeToString(typed()));
    }

    public String name() {
        return name;
    }

    /** First four octets of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key). */
    int keyHash() {
        byte[] digest = Hash.sha256(name.getBytes(UTF_8), new byte[] {'\n'}, typed()).bytes();
        return java.nio.ByteBuffer.wrap(digest).getInt();
    }

    boolean verifies(String text, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(text.getBytes(UTF_8));
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && name.indexOf('+') < 0
                && name.codePoints()
                        .noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    private byte[] typed() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteVerifier that
                && name.equals(that.name)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return vkey();
    }
}
