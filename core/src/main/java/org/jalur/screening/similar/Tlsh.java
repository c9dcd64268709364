package org.jalur.screening.similar;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// The Trend Micro Locality Sensitive Hash of some octets: 128 buckets, one octet of checksum.
/// Similar octets have digests a small distance apart.
///
/// Source: Oliver, Cheng, Chen, "TLSH, a locality sensitive hash" (2013), and the digests that the
/// published implementation, version 4, gives; this one gives the same digests and distances.
///
/// Each of the 128 buckets has a quartile from 0 to 3, kept as two bit planes: bit `i % 64` of the
/// plane's word `i / 64`.
///
/// @param header checksum, length class, and the two quartile ratios: 8, 8, 4, 4 bits
/// @param high0 upper bits of the buckets 0 to 63
/// @param high1 upper bits of the buckets 64 to 127
/// @param low0 lower bits of the buckets 0 to 63
/// @param low1 lower bits of the buckets 64 to 127
public record Tlsh(int header, long high0, long high1, long low0, long low1) {
    /// Fewer octets have no digest.
    public static final int SHORTEST = 50;

    /// Up to this distance two texts are most likely variants of each other.
    public static final int NEAR = 30;

    /// Length of the text form.
    public static final int TEXT_LENGTH = 72;

    private static final String VERSION = "T1";
    private static final int CODE_OCTETS = 32;
    private static final int HEADER_BITS = 24;

    public Tlsh {
        if (header >>> HEADER_BITS != 0) {
            throw new IllegalArgumentException(
                    "a TLSH header has 24 bits, not " + Integer.toHexString(header));
        }
    }

    /// The digest; empty if there are fewer than {@value #SHORTEST} octets or they vary too little
    /// (half of the buckets or more stay empty).
    public static Optional<Tlsh> of(byte[] octets) {
        return of(octets, 0, octets.length);
    }

    /// The digest of a part of an array.
    ///
    /// @throws IndexOutOfBoundsException if the part is not within the array
    public static Optional<Tlsh> of(byte[] octets, int offset, int length) {
        return TlshBuckets.digest(octets, offset, length);
    }

    /// Reads 70 hexadecimal digits, with `T1` before them or not, as older versions wrote it.
    ///
    /// @throws IllegalArgumentException if the text is not a digest with 128 buckets and one octet
    ///   of checksum
    public static Tlsh parse(String text) {
        String digits =
                text.length() == TEXT_LENGTH && text.startsWith(VERSION)
                        ? text.substring(VERSION.length())
                        : text;
        if (digits.length() != TEXT_LENGTH - VERSION.length()
                || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "not a TLSH digest (T1 and 70 hexadecimal digits): " + shortened(text));
        }
        byte[] octets = HexFormat.of().parseHex(digits);
        int header =
                swapped(octets[0]) << 16 | swapped(octets[1]) << 8 | Byte.toUnsignedInt(octets[2]);
        long[] planes = new long[4];
        for (int i = 0; i < CODE_OCTETS; i++) {
            // The text has the last buckets first.
            int quartiles = octets[2 + CODE_OCTETS - i];
            for (int bucket = 4 * i; bucket < 4 * i + 4; bucket++) {
                int quartile = quartiles >> (2 * (bucket % 4));
                planes[bucket / 64] |= (long) (quartile >> 1 & 1) << bucket;
                planes[2 + bucket / 64] |= (long) (quartile & 1) << bucket;
            }
        }
        return new Tlsh(header, planes[0], planes[1], planes[2], planes[3]);
    }

    /// How different the two are: 0 for the same digest, up to {@link #NEAR} for likely variants,
    /// beyond 1,000 for nothing in common.
    public int distance(Tlsh other) {
        return headerDistance(header, other.header)
                + planeDistance(high0, low0, other.high0, other.low0)
                + planeDistance(high1, low1, other.high1, other.low1);
    }

    static int headerDistance(int one, int other) {
        return (one >>> 16 == other >>> 16 ? 0 : 1)
                + lengthDistance(Math.abs((one >>> 8 & 0xFF) - (other >>> 8 & 0xFF)))
                + ratioDistance(Math.abs((one >>> 4 & 0xF) - (other >>> 4 & 0xF)))
                + ratioDistance(Math.abs((one & 0xF) - (other & 0xF)));
    }

    private static int lengthDistance(int difference) {
        int steps = Math.min(difference, 256 - difference);
        return steps <= 1 ? steps : 12 * steps;
    }

    private static int ratioDistance(int difference) {
        int steps = Math.min(difference, 16 - difference);
        return steps <= 1 ? steps : 12 * (steps - 1);
    }

    /// Quartiles 0, 1 or 2 apart count as such, 3 apart as 6. In unary a quartile is three bits
    /// (above 0, above 1, above 2), of which as many differ as the quartiles are apart.
    static int planeDistance(long high, long low, long otherHigh, long otherLow) {
        long first = (high | low) ^ (otherHigh | otherLow);
        long second = high ^ otherHigh;
        long third = (high & low) ^ (otherHigh & otherLow);
        return Long.bitCount(first)
                + Long.bitCount(second)
                + Long.bitCount(third)
                + 3 * Long.bitCount(first & third);
    }

    private static int swapped(int octet) {
        return ((octet & 0xF) << 4) | ((octet >> 4) & 0xF);
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_LENGTH + 8 ? text : text.substring(0, TEXT_LENGTH) + "…";
    }

    /// `T1` and 70 upper-case hexadecimal digits.
    @Override
    public String toString() {
        byte[] octets = new byte[3 + CODE_OCTETS];
        octets[0] = (byte) swapped(header >> 16);
        octets[1] = (byte) swapped(header >> 8);
        octets[2] = (byte) header;
        for (int i = 0; i < CODE_OCTETS; i++) {
            int quartiles = 0;
            for (int bucket = 4 * i; bucket < 4 * i + 4; bucket++) {
                long high = (bucket < 64 ? high0 : high1) >>> bucket & 1;
                long low = (bucket < 64 ? low0 : low1) >>> bucket & 1;
                quartiles |= (int) (2 * high + low) << (2 * (bucket % 4));
            }
            octets[2 + CODE_OCTETS - i] = (byte) quartiles;
        }
        return VERSION + HexFormat.of().formatHex(octets).toUpperCase(Locale.ROOT);
    }
}
