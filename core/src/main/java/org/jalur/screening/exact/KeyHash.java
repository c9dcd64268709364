package org.jalur.screening.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Hashes keys to 64 bits with secret numbers, so that whoever does not know them cannot choose
/// keys that meet in one place.
///
/// A key of at most {@value #BLOCK} bytes is summed with NH over 64-bit words, the length being the
/// first: two such keys have the same 128-bit sum with a probability of at most 2^-64, whatever the
/// keys. Multiplications with further secrets fold the sum to 64 bits, and the sums of the blocks
/// of a longer key into one. The hash is no digest: whoever sees hashes can learn about the
/// secrets, so hashes stay in the process.
///
/// Source of NH: Black, Halevi, Krawczyk, Krovetz, Rogaway, "UMAC: Fast and Secure Message
/// Authentication", 1999.
public final class KeyHash {
    private static final int BLOCK = 128;
    private static final int PAIR = 2 * Long.BYTES;
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LENGTH = BLOCK / Long.BYTES;
    private static final int LENGTH_FACTOR = LENGTH + 1;
    private static final int FOLD_LOW = LENGTH + 2;
    private static final int FOLD_HIGH = LENGTH + 3;
    private static final int CHAIN = LENGTH + 4;
    private static final int SECRETS = LENGTH + 5;

    // Public, only for spreading: odd, near 2^64 divided by the golden ratio.
    private static final long SPREAD = 0x9e3779b97f4a7c55L;

    private final long[] secrets = new long[SECRETS];

    /** What the length of a block adds. */
    private final long[] lengthLow = new long[BLOCK + 1];

    private final long[] lengthHigh = new long[BLOCK + 1];

    /** Some of these numbers as fields, which are read without a check. */
    private final long secret0;

    private final long secret1;
    private final long secret2;
    private final long secret3;
    private final long twoPairsLow;
    private final long twoPairsHigh;
    private final long foldLow;
    private final long foldHigh;

    private KeyHash(LongSupplier numbers) {
        Arrays.setAll(secrets, _ -> numbers.getAsLong());
        long factor = secrets[LENGTH_FACTOR] | 1;
        for (int length = 0; length <= BLOCK; length++) {
            long secretLength = length + secrets[LENGTH];
            lengthLow[length] = secretLength * factor;
            lengthHigh[length] = Math.unsignedMultiplyHigh(secretLength, factor);
        }
        secret0 = secrets[0];
        secret1 = secrets[1];
        secret2 = secrets[2];
        secret3 = secrets[3];
        twoPairsLow = lengthLow[2 * PAIR];
        twoPairsHigh = lengthHigh[2 * PAIR];
        foldLow = secrets[FOLD_LOW];
        foldHigh = secrets[FOLD_HIGH];
    }

    /** A hash that nobody else can compute. */
    public static KeyHash secret() {
        return drawn(new SecureRandom());
    }

    /** A hash whose secrets are drawn from a source; as secret as the source. */
    public static KeyHash drawn(RandomGenerator source) {
        return new KeyHash(source::nextLong);
    }

    /**
     * The hash of some bytes of an array.
     *
     * @param from the first byte
     * @param to after the last byte
     * @throws IndexOutOfBoundsException if the array has no such bytes
     */
    public long of(byte[] bytes, int from, int to) {
        if (to - from <= BLOCK) {
            return ofBlock(bytes, from, to);
        }
        long chained = 0;
        int at = from;
        for (; to - at > BLOCK; at += BLOCK) {
            chained = fold(chained ^ secrets[CHAIN], ofBlock(bytes, at, at + BLOCK));
        }
        return mix(fold(chained ^ secrets[CHAIN], ofBlock(bytes, at, to)) + chained);
    }

    private long ofBlock(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 2 * PAIR) {
            return ofTwoPairs(bytes, from);
        }
        long low = lengthLow[length];
        long high = lengthHigh[length];
        int secret = 0;
        int at = from;
        for (; to - at >= PAIR; at += PAIR, secret += 2) {
            long a = (long) WORD.get(bytes, at) + secrets[secret];
            long b = (long) WORD.get(bytes, at + Long.BYTES) + secrets[secret + 1];
            low += a * b;
            high += Math.unsignedMultiplyHigh(a, b) + carry(low, a * b);
        }
        if (at < to) {
            int middle = Math.min(to, at + Long.BYTES);
            long a = word(bytes, at, middle) + secrets[secret];
            long b = word(bytes, middle, to) + secrets[secret + 1];
            low += a * b;
            high += Math.unsignedMultiplyHigh(a, b) + carry(low, a * b);
        }
        return mix(fold(low ^ foldLow, high ^ foldHigh));
    }

    /** The same for the most common keys, SHA-256 digests, without a loop. */
    private long ofTwoPairs(byte[] bytes, int from) {
        long a = (long) WORD.get(bytes, from) + secret0;
        long b = (long) WORD.get(bytes, from + Long.BYTES) + secret1;
        long c = (long) WORD.get(bytes, from + PAIR) + secret2;
        long d = (long) WORD.get(bytes, from + PAIR + Long.BYTES) + secret3;
        long low = twoPairsLow + a * b;
        long high = twoPairsHigh + Math.unsignedMultiplyHigh(a, b) + carry(low, a * b);
        low += c * d;
        high += Math.unsignedMultiplyHigh(c, d) + carry(low, c * d);
        return mix(fold(low ^ foldLow, high ^ foldHigh));
    }

    /** Up to eight bytes as a number, zeros where there are none. */
    private static long word(byte[] bytes, int from, int to) {
        if (to - from == Long.BYTES) {
            return (long) WORD.get(bytes, from);
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
        }
        return word;
    }

    /** 1 if adding a number gave less than the number, unsigned. */
    private static long carry(long sum, long added) {
        return Long.compareUnsigned(sum, added) < 0 ? 1 : 0;
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long mix(long hash) {
        long spread = (hash ^ hash >>> 32) * SPREAD;
        return spread ^ spread >>> 29;
    }

    void writeTo(DataOutput out) throws IOException {
        for (long secret : secrets) {
            out.writeLong(secret);
        }
    }

    static KeyHash readFrom(DataInput in) throws IOException {
        long[] read = new long[SECRETS];
        for (int i = 0; i < SECRETS; i++) {
            read[i] = in.readLong();
        }
        return new KeyHash(Arrays.stream(read).iterator()::nextLong);
    }

    /** Whether both give every key the same hash. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyHash that && Arrays.equals(secrets, that.secrets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secrets);
    }

    /** Nothing of the secrets. */
    @Override
    public String toString() {
        return "KeyHash";
    }
}
