package org.jalur.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest: exactly 32 bytes, compared by value, never changed after it exists.
///
/// Source: FIPS 180-4; RFC 6962 §2.1 for what is hashed.
public final class Hash {
    /// Length of a digest in bytes.
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes a copy of the 32 bytes of a digest.
    ///
    /// @throws IllegalArgumentException if there are not exactly 32
    public static Hash of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException(
                    "a SHA-256 digest has 32 bytes, not " + digest.length);
        }
        return new Hash(digest.clone());
    }

    /// The digest of the chunks one after the other.
    public static Hash sha256(byte[]... chunks) {
        MessageDigest sha256 = newSha256();
        for (byte[] chunk : chunks) {
            sha256.update(chunk);
        }
        return new Hash(sha256.digest());
    }

    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// @throws IllegalArgumentException for anything else, upper case included: a digest has one
    ///   spelling
    public static Hash parseHex(String hex) {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(Hash::isLowerHex)) {
            throw new IllegalArgumentException(
                    "not a SHA-256 digest in lower-case hexadecimal: " + hex);
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    /// Reads canonical standard base64 with padding (RFC 4648 §4), 44 characters.
    ///
    /// @throws IllegalArgumentException for another length, alphabet, missing padding or stray bits
    ///   (§3.5)
    public static Hash parseBase64(String base64) {
        return of(CanonicalBase64.decode(base64));
    }

    /// A copy of the 32 bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// 64 lower-case hexadecimal digits.
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// 44 characters of standard base64 with padding.
    public String base64() {
        return CanonicalBase64.encode(bytes);
    }

    void addTo(MessageDigest digest) {
        digest.update(bytes);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    /// The digest that a message digest holds; the digest is reset by it.
    static Hash finish(MessageDigest sha256) {
        return new Hash(sha256.digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The same as {@link #hex()}.
    @Override
    public String toString() {
        return hex();
    }
}
