package org.jalur.screening.similar;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/// How a TLSH digest comes about: six triplets out of each window of five octets are hashed into
/// buckets, whose counts become quartiles.
final class TlshBuckets {
    private static final int WINDOW = 5;
    private static final int BUCKETS = 128;
    private static final int RANK = BUCKETS / 4;
    private static final int FEW = 256;

    /// Pearson's permutation of 0 to 255 (CACM 33(6), 1990, table I).
    private static final int[] PEARSON =
            octets(
                    """
                    0157310cb0b266a679c10654f9e62ca30ec5d5b5a155da5040ef18e2ec8e26c8
                    6eb168678dfdff324d6551122d601fde196bbe4656edf02248f214d6f4e395eb
                    61ea39163cfa52afd0057fc76f3e87f8aea9d33a429a6ac3f5ab11bbb6b300f3
                    8438944b80859e64827e5b0d99f6d8db7744df4e5358c9637a0b5c208872340a
                    8a1e30b79c233d1a8f4afb5e81a23f98aa0773a7f1ce0396373b97dc5a351783
                    7dad0fee4f5f59106989e1e0d9a0257b7649029d2e74099186e4cfd4cad745e5
                    1bbc437ca8fc2a041d6c15f713cd27cbe928ba93c6c09b21a4bf62cca5b4754c
                    8c24d2ac29369f08b9e871c4e72f927833411c90fedd5dbdc28b702b476db8d1
                    """);

    /// The first step of Pearson's hash for each of the salts the paper gives the triplets.
    private static final int SALT_CHECKSUM = PEARSON[0];

    private static final int SALT_2 = PEARSON[2];
    private static final int SALT_3 = PEARSON[3];
    private static final int SALT_5 = PEARSON[5];
    private static final int SALT_7 = PEARSON[7];
    private static final int SALT_11 = PEARSON[11];
    private static final int SALT_13 = PEARSON[13];

    private TlshBuckets() {}

    static Optional<Tlsh> digest(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (length < Tlsh.SHORTEST) {
            return Optional.empty();
        }
        int[] counts = new int[256];
        int checksum = count(octets, offset, length, counts);
        int empty = 0;
        int most = 0;
        for (int i = 0; i < BUCKETS; i++) {
            empty += counts[i] == 0 ? 1 : 0;
            most = Math.max(most, counts[i]);
        }
        // With more than half of them filled the second and third quartile are above zero.
        if (empty >= BUCKETS / 2) {
            return Optional.empty();
        }
        int[] ranked = most < FEW ? ranked(counts, most) : sorted(counts);
        int q1 = ranked[0];
        int q2 = ranked[1];
        int q3 = ranked[2];
        int header = checksum << 16 | lengthClass(length) << 8 | ratio(q1, q3) << 4 | ratio(q2, q3);
        return Optional.of(quartiles(header, counts, q1, q2, q3));
    }

    /// The counts at the three quartiles.
    private static int[] sorted(int[] counts) {
        int[] sorted = Arrays.copyOf(counts, BUCKETS);
        Arrays.sort(sorted);
        return new int[] {sorted[RANK - 1], sorted[2 * RANK - 1], sorted[3 * RANK - 1]};
    }

    /// The same for small counts, in a fraction of the time.
    private static int[] ranked(int[] counts, int most) {
        int[] buckets = new int[FEW];
        for (int i = 0; i < BUCKETS; i++) {
            buckets[counts[i]]++;
        }
        int[] ranked = new int[3];
        int below = 0;
        int next = 0;
        for (int count = 0; count <= most && next < 3; count++) {
            below += buckets[count];
            while (next < 3 && below >= RANK * (next + 1)) {
                ranked[next++] = count;
            }
        }
        return ranked;
    }

    private static int count(byte[] octets, int offset, int length, int[] counts) {
        int checksum = 0;
        int b = octets[offset + 3];
        int c = octets[offset + 2];
        int d = octets[offset + 1];
        int e = octets[offset];
        for (int i = offset + WINDOW - 1; i < offset + length; i++) {
            int a = octets[i];
            checksum = hash(SALT_CHECKSUM, a, b, checksum);
            counts[hash(SALT_2, a, b, c)]++;
            counts[hash(SALT_3, a, b, d)]++;
            counts[hash(SALT_5, a, c, d)]++;
            counts[hash(SALT_7, a, c, e)]++;
            counts[hash(SALT_11, a, b, e)]++;
            counts[hash(SALT_13, a, d, e)]++;
            e = d;
            d = c;
            c = b;
            b = a;
        }
        return checksum;
    }

    private static int hash(int salt, int x, int y, int z) {
        return PEARSON[(PEARSON[(PEARSON[(salt ^ x) & 0xFF] ^ y) & 0xFF] ^ z) & 0xFF];
    }

    private static Tlsh quartiles(int header, int[] counts, int q1, int q2, int q3) {
        long[] high = new long[2];
        long[] low = new long[2];
        for (int i = 0; i < BUCKETS; i++) {
            int count = counts[i];
            long quartile = (count > q1 ? 1L : 0) + (count > q2 ? 1L : 0) + (count > q3 ? 1L : 0);
            high[i / 64] |= (quartile >> 1) << i;
            low[i / 64] |= (quartile & 1) << i;
        }
        return new Tlsh(header, high[0], high[1], low[0], low[1]);
    }

    /// Single precision, as the published implementation divides: it decides the last digit.
    private static int ratio(int quartile, int third) {
        return (int) ((quartile * 100L) / (float) third) % 16;
    }

    /// The logarithm of the length, to a base that shrinks as the length grows, modulo 256. The
    /// logarithm has single precision, which decides lengths at the border of two classes.
    static int lengthClass(int length) {
        double natural = (float) Math.log((float) length);
        double steps;
        if (length <= 656) {
            steps = natural / 0.4054651;
        } else if (length <= 3199) {
            steps = natural / 0.26236426 - 8.72777;
        } else {
            steps = natural / 0.095310180 - 62.5472;
        }
        return (int) Math.floor(steps) & 0xFF;
    }

    private static int[] octets(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        int[] values = new int[octets.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Byte.toUnsignedInt(octets[i]);
        }
        return values;
    }
}
