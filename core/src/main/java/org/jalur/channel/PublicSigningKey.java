package org.jalur.channel;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jalur.log.Hash;

/** An Ed25519 public key (RFC 8032): 32 octets, known by its SHA-256 fingerprint. */
public final class PublicSigningKey {
    private static final int LENGTH = 32;

    /** SubjectPublicKeyInfo of Ed25519 up to the 32 octets of the key (RFC 8410 §4). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] raw;
    private final PublicKey key;

    private PublicSigningKey(byte[] raw, PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    public static PublicSigningKey of(byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has 32 octets, not " + raw.length);
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + LENGTH);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, LENGTH);
        try {
            var key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded));
            return new PublicSigningKey(raw.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a point of Ed25519", e);
        }
    }

    static PublicSigningKey of(EdECPublicKey key) {
        byte[] encoded = key.getEncoded();
        return new PublicSigningKey(
                Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length), key);
    }

    public byte[] raw() {
        return raw.clone();
    }

    public PublicKey asPublicKey() {
        return key;
    }

    /** SHA-256 of the 32 octets: what two operators compare on the telephone. */
    public Hash fingerprint() {
        return Hash.sha256(raw);
    }

    /** The name of this key inside signatures: the first 16 octets of its fingerprint, in hex. */
    public String kid() {
        return fingerprint().hex().substring(0, 32);
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            // The JDK throws for a signature of the wrong length or with S out of range.
            return false;
        }
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof PublicSigningKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return kid();
    }
}
