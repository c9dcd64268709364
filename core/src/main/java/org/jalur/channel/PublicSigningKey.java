package org.jalur.channel;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import org.jalur.log.Ed25519Keys;
import org.jalur.log.Hash;

/** An Ed25519 public key (RFC 8032): 32 octets, known by its SHA-256 fingerprint. */
public final class PublicSigningKey {
    private final byte[] raw;
    private final PublicKey key;

    private PublicSigningKey(byte[] raw, PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    /**
     * @throws IllegalArgumentException if the 32 octets are no key, or one under which a signature
     *     proves nothing
     */
    public static PublicSigningKey of(byte[] raw) {
        return new PublicSigningKey(raw.clone(), Ed25519Keys.decode(raw));
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
