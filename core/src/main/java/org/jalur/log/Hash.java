package org.jalur.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 digest: 32 octets. */
public final class Hash {
    /** Octets of a digest. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a SHA-256 digest has %d octets, not %d".formatted(LENGTH, bytes.length));
        }
        return new Hash(bytes.clone());
    }

    /** The digest of all chunks, one after the other. */
    public static Hash sha256(byte[]... chunks) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] chunk : chunks) {
                sha256.update(chunk);
            }
            return new Hash(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads 64 lower-case hexadecimal digits. */
    public static Hash parseHex(String hex) {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a lower-case SHA-256 digest: " + hex);
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    /** Reads standard base64 with padding, in its one canonical form. */
    public static Hash parseBase64(String base64) {
        byte[] bytes = decodeBase64(base64);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("not a SHA-256 digest in base64: " + base64);
        }
        return new Hash(bytes);
    }

    static byte[] decodeBase64(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("not canonical base64: " + base64);
        }
        return bytes;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Standard base64 with padding. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
