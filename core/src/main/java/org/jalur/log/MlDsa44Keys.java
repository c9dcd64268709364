package org.jalur.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// ML-DSA-44 public keys between their 1312 bytes (FIPS 204, algorithm 22) and the JDK's objects.
final class MlDsa44Keys {
    static final int BYTES = 1312;

    // RFC 9881 §4: SubjectPublicKeyInfo of an ML-DSA-44 key is this and the 1312 bytes.
    private static final byte[] X509_PREFIX =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private MlDsa44Keys() {}

    /// @throws IllegalArgumentException if the bytes are not a public key
    static PublicKey decode(byte[] raw) {
        if (raw.length != BYTES) {
            throw new IllegalArgumentException(
                    "an ML-DSA-44 public key has " + BYTES + " bytes, not " + raw.length);
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
        System.arraycopy(raw, 0, x509, X509_PREFIX.length, BYTES);
        try {
            return KeyFactory.getInstance("ML-DSA-44").generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an ML-DSA-44 public key", e);
        }
    }

    /// @throws IllegalArgumentException if the key is of another kind
    static byte[] raw(PublicKey key) {
        byte[] x509 = key.getEncoded();
        boolean mlDsa44 =
                x509 != null
                        && x509.length == X509_PREFIX.length + BYTES
                        && Arrays.equals(
                                x509, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length);
        if (!mlDsa44) {
            throw new IllegalArgumentException(
                    "not an ML-DSA-44 public key but " + key.getAlgorithm());
        }
        return Arrays.copyOfRange(x509, X509_PREFIX.length, x509.length);
    }
}
