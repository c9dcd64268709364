package org.jalur.screening.image;

import java.util.HexFormat;

/**
 * The PDQ hash of a picture: 256 bits, written as 64 hexadecimal digits, the most significant
 * first. Source: ThreatExchange, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
 * algorithm", 2019.
 *
 * @param first digits 1 to 16
 * @param second digits 17 to 32
 * @param third digits 33 to 48
 * @param fourth digits 49 to 64
 */
public record PdqHash(long first, long second, long third, long fourth) {
    /** The number of bits of a hash. */
    public static final int BITS = 256;

    private static final int HEX_DIGITS = 64;
    private static final int WORD_DIGITS = 16;

    /** Reads 64 hexadecimal digits, in either case. */
    public static PdqHash parse(String hex) {
        if (hex.length() != HEX_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("not a PDQ hash of 64 hexadecimal digits: " + hex);
        }
        return new PdqHash(word(hex, 0), word(hex, 1), word(hex, 2), word(hex, 3));
    }

    private static long word(String hex, int index) {
        int from = index * WORD_DIGITS;
        return HexFormat.fromHexDigitsToLong(hex, from, from + WORD_DIGITS);
    }

    /** In how many bits two hashes differ, 0 to 256. */
    public int distance(PdqHash other) {
        return Long.bitCount(first ^ other.first)
                + Long.bitCount(second ^ other.second)
                + Long.bitCount(third ^ other.third)
                + Long.bitCount(fourth ^ other.fourth);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first)
                + hex.toHexDigits(second)
                + hex.toHexDigits(third)
                + hex.toHexDigits(fourth);
    }
}
