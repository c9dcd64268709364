package org.jalur.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jalur.log.Hash;

/**
 * Makes the parts of one message again and again: the same seed and the same contents in the same
 * order give the same leaves. So what an approver saw is, octet for octet, what is signed later.
 *
 * <p>Each salt is {@code SHA-256("jalur/1 salt" ‖ seed ‖ place)}. Whoever has the seed can guess at
 * the contents of a leaf as if it had no salt: keep it as closed as the draft, and delete both
 * together.
 */
public final class PartSeries {
    /** Length of a seed in octets. */
    public static final int SEED_LENGTH = 32;

    private static final byte[] TAG = "jalur/1 salt".getBytes(US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] seed;
    private int place;

    /**
     * @param seed {@value #SEED_LENGTH} random octets
     */
    public PartSeries(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException(
                    "a seed has %d octets, not %d".formatted(SEED_LENGTH, seed.length));
        }
        this.seed = seed.clone();
    }

    /** A seed for a new series. */
    public static byte[] newSeed() {
        byte[] seed = new byte[SEED_LENGTH];
        RANDOM.nextBytes(seed);
        return seed;
    }

    /** The next part of the series. */
    public Part next(String type, byte[] bytes) {
        byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(place++).array();
        return Part.salted(Hash.sha256(TAG, seed, number).bytes(), type, bytes);
    }
}
