package org.jalur.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jalur.log.Hash;

/**
 * One separately provable and separately erasable piece of a message. Its leaf is {@code
 * SHA-256(0x00 ‖ "jalur/1 part" ‖ salt ‖ type ‖ length ‖ bytes)}: an RFC 6962 leaf, so the root
 * over the parts is an RFC 6962 tree head. The type is preceded by its length in one octet; the
 * length of the bytes is 8 octets, big-endian. The salt keeps a small part from being guessed from
 * its leaf.
 */
public final class Part {
    /** The longest bytes of a part: 16 MiB. */
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    /** Octets of the wire form besides type and bytes: salt, length of type, length of bytes. */
    public static final int OVERHEAD = 32 + 1 + 8;

    private static final int SALT_LENGTH = 32;
    private static final int MAX_TYPE = 32;
    private static final byte[] TAG = "\0jalur/1 part".getBytes(US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] salt;
    private final String type;
    private final byte[] bytes;

    private Part(byte[] salt, String type, byte[] bytes) {
        if (!type.matches("[a-z][a-z0-9-]{0,%d}".formatted(MAX_TYPE - 1))) {
            throw new MalformedMessageException("not a part type: " + type);
        }
        if (bytes.length > MAX_LENGTH) {
            throw new MalformedMessageException(
                    "a part of %d bytes; the limit is %d".formatted(bytes.length, MAX_LENGTH));
        }
        this.salt = salt;
        this.type = type;
        this.bytes = bytes;
    }

    /** A new part with a fresh random salt of 256 bits. */
    public static Part of(String type, byte[] bytes) {
        byte[] salt = new byte[SALT_LENGTH];
        RANDOM.nextBytes(salt);
        return new Part(salt, type, bytes.clone());
    }

    static Part salted(byte[] salt, String type, byte[] bytes) {
        return new Part(salt.clone(), type, bytes.clone());
    }

    /** Reads {@link #wire()}. */
    public static Part fromWire(byte[] wire) {
        ByteBuffer in = ByteBuffer.wrap(wire);
        if (in.remaining() < OVERHEAD) {
            throw new MalformedMessageException(
                    "a part of %d octets is too short".formatted(wire.length));
        }
        byte[] salt = new byte[SALT_LENGTH];
        in.get(salt);
        int typeLength = Byte.toUnsignedInt(in.get());
        if (typeLength > MAX_TYPE || in.remaining() < typeLength + Long.BYTES) {
            throw new MalformedMessageException("a part whose type does not fit into it");
        }
        byte[] type = new byte[typeLength];
        in.get(type);
        long length = in.getLong();
        if (length != in.remaining()) {
            throw new MalformedMessageException(
                    "a part that says %d bytes and has %d".formatted(length, in.remaining()));
        }
        return new Part(
                salt,
                new String(type, US_ASCII),
                Arrays.copyOfRange(wire, in.position(), wire.length));
    }

    /** The octets that travel and are kept: what the leaf hashes, without its tag. */
    public byte[] wire() {
        byte[] typeOctets = type.getBytes(US_ASCII);
        return ByteBuffer.allocate(OVERHEAD + typeOctets.length + bytes.length)
                .put(salt)
                .put((byte) typeOctets.length)
                .put(typeOctets)
                .putLong(bytes.length)
                .put(bytes)
                .array();
    }

    public Hash leaf() {
        return leafOf(wire());
    }

    /** The leaf of a part in its wire form. */
    public static Hash leafOf(byte[] wire) {
        return Hash.sha256(TAG, wire);
    }

    public String type() {
        return type;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "%s part of %d bytes".formatted(type, bytes.length);
    }
}
