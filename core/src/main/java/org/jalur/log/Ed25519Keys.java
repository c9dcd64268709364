package org.jalur.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// Ed25519 public keys between their 32 bytes (RFC 8032 §5.1.2) and the JDK's objects.
public final class Ed25519Keys {
    static final int BYTES = 32;

    // RFC 8410 §4: SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes.
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    // The y coordinates of the points of order 1, 2, 4 and 8. Under such a key one signature fits
    // many texts, so its owner
    // could deny having signed this one.
    private static final Set<String> SMALL_ORDER =
            Set.of(
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

    // p = 2^255 - 19 and above, little-endian: y is 0xed..0xff, then 0xff thirty times, then 0x7f.
    private static final int LOWEST_BYTE_OF_P = 0xed;

    private Ed25519Keys() {}

    /// @throws IllegalArgumentException if the bytes are not a public key, or one that proves
    ///   nothing
    public static PublicKey decode(byte[] raw) {
        if (raw.length != BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has 32 bytes, not " + raw.length);
        }
        byte[] y = raw.clone();
        y[BYTES - 1] &= 0x7f;
        if (isAtLeastP(y) || SMALL_ORDER.contains(HexFormat.of().formatHex(y))) {
            throw new IllegalArgumentException(
                    "not a usable Ed25519 public key: " + HexFormat.of().formatHex(raw));
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
        System.arraycopy(raw, 0, x509, X509_PREFIX.length, BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    /// @throws IllegalArgumentException if the key is of another kind
    public static byte[] raw(PublicKey key) {
        byte[] x509 = key.getEncoded();
        boolean ed25519 =
                x509 != null
                        && x509.length == X509_PREFIX.length + BYTES
                        && Arrays.equals(
                                x509, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length);
        if (!ed25519) {
            throw new IllegalArgumentException(
                    "not an Ed25519 public key but " + key.getAlgorithm());
        }
        return Arrays.copyOfRange(x509, X509_PREFIX.length, x509.length);
    }

    private static boolean isAtLeastP(byte[] y) {
        for (int i = 1; i < BYTES - 1; i++) {
            if (y[i] != (byte) 0xff) {
                return false;
            }
        }
        return y[BYTES - 1] == 0x7f && Byte.toUnsignedInt(y[0]) >= LOWEST_BYTE_OF_P;
    }
}
