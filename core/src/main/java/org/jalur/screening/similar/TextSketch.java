package org.jalur.screening.similar;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jalur.screening.Vectors;

/// What a short text has in it, in 128 bits of which the fewer differ the more two texts have in
/// common.
///
/// The text must be folded already (case, marks, look-alikes): the sketch takes each character as
/// it is. Its shingles are all runs of four UTF-16 units. For each of 128 hash functions the sketch
/// has one bit of the least hash of a shingle (Broder 1997; one bit each: Li and König, "b-Bit
/// Minwise Hashing", 2010). Two texts that share the part `j` of all their shingles differ in about
/// `64 (1 - j)` bits. The order of words hardly counts, a repetition not at all.
///
/// A sketch is a filter and no proof: whoever has the texts compares them.
public record TextSketch(long high, long low) {
    /// A shorter text has no sketch: a word more or less would change most of it.
    public static final int SHORTEST = 32;

    /// Up to this distance two texts are most likely variants of each other; TextSketchQualityTest
    /// says how often that is wrong.
    public static final int NEAR = 24;

    /// The number of bits.
    public static final int BITS = 128;

    private static final int SHINGLE = 4;
    private static final int AT_ONCE = 4;
    private static final int[] MASKS = new int[BITS];
    private static final int[] FACTORS = new int[BITS];

    static {
        // These make the sketches of a list comparable for ever: they never change.
        for (int i = 0; i < BITS; i++) {
            long numbers = mixed(i + 1);
            MASKS[i] = (int) (numbers >>> 32);
            FACTORS[i] = (int) numbers | 1;
        }
    }

    /// The sketch; empty if the text has fewer than {@value #SHORTEST} UTF-16 units. Takes time in
    /// proportion to the length.
    public static Optional<TextSketch> of(CharSequence folded) {
        int length = folded.length();
        if (length < SHORTEST) {
            return Optional.empty();
        }
        int[] shingles = shingles(folded, length);
        int count = length - SHINGLE + 1;
        int[] least =
                Vectors.USED
                        ? VectorMinima.least(shingles, count, MASKS, FACTORS)
                        : least(shingles, count);
        return Optional.of(new TextSketch(bits(least, 0), bits(least, Long.SIZE)));
    }

    /// A hash of each shingle; the last one again until they are a multiple of {@value #AT_ONCE}.
    private static int[] shingles(CharSequence folded, int length) {
        int count = length - SHINGLE + 1;
        int[] shingles = new int[(count + AT_ONCE - 1) / AT_ONCE * AT_ONCE];
        long shingle = 0;
        for (int i = 0; i < length; i++) {
            shingle = (shingle << Character.SIZE) | folded.charAt(i);
            if (i >= SHINGLE - 1) {
                shingles[i - SHINGLE + 1] = (int) (mixed(shingle) >>> 32);
            }
        }
        Arrays.fill(shingles, count, shingles.length, shingles[count - 1]);
        return shingles;
    }

    /// For each hash function the least hash of a shingle.
    static int[] least(int[] shingles, int count) {
        int[] least = new int[BITS];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int i = 0; i < count; i += AT_ONCE) {
            lower(least, shingles[i], shingles[i + 1], shingles[i + 2], shingles[i + 3]);
        }
        return least;
    }

    /// Several at once, for else most of the time goes into reading and writing the least values.
    /// The compiler makes vector instructions of this loop.
    private static void lower(int[] least, int a, int b, int c, int d) {
        for (int i = 0; i < BITS; i++) {
            int mask = MASKS[i];
            int factor = FACTORS[i];
            int ab = Math.min((a ^ mask) * factor, (b ^ mask) * factor);
            int cd = Math.min((c ^ mask) * factor, (d ^ mask) * factor);
            least[i] = Math.min(least[i], Math.min(ab, cd));
        }
    }

    private static long bits(int[] least, int from) {
        long bits = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            // The upper bits of a least value say little: a bit that depends on all of them.
            bits |= (mixed(least[from + i]) >>> 63) << i;
        }
        return bits;
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    private static long mixed(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /// The number of bits that differ: 0 to {@value #BITS}.
    public int distance(TextSketch other) {
        return Long.bitCount(high ^ other.high) + Long.bitCount(low ^ other.low);
    }

    /// Reads 32 hexadecimal digits.
    ///
    /// @throws IllegalArgumentException if the text is something else
    public static TextSketch parse(String text) {
        if (text.length() != BITS / 4 || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "not a text sketch (32 hexadecimal digits), but %d characters"
                            .formatted(text.length()));
        }
        return new TextSketch(
                HexFormat.fromHexDigitsToLong(text, 0, 16),
                HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    /// 32 lower-case hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
