package org.jalur.screening.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Made-up hashes. */
final class Hashes {
    private Hashes() {}

    static PdqHash random(RandomGenerator random) {
        return new PdqHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    static List<PdqHash> random(RandomGenerator random, int count) {
        List<PdqHash> hashes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hashes.add(random(random));
        }
        return hashes;
    }

    /** Groups of hashes around a few, up to 40 bits from each other. */
    static List<PdqHash> clustered(RandomGenerator random, int count, int clusters) {
        List<PdqHash> centres = random(random, clusters);
        List<PdqHash> hashes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hashes.add(flipped(centres.get(random.nextInt(clusters)), random.nextInt(41), random));
        }
        return hashes;
    }

    /** Hashes of which each row of 16 bits is all but the same as the one above it. */
    static List<PdqHash> striped(RandomGenerator random, int count) {
        List<PdqHash> hashes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long row = random.nextLong(1 << 16) * 0x0001_0001_0001_0001L;
            hashes.add(flipped(new PdqHash(row, row, row, row), random.nextInt(10), random));
        }
        return hashes;
    }

    /** A hash exactly so many bits away. */
    static PdqHash flipped(PdqHash hash, int bits, RandomGenerator random) {
        long[] words = {hash.first(), hash.second(), hash.third(), hash.fourth()};
        long[] changed = new long[words.length];
        while (Arrays.stream(changed).map(Long::bitCount).sum() < bits) {
            int bit = random.nextInt(PdqHash.BITS);
            changed[bit / Long.SIZE] |= 1L << bit;
        }
        return new PdqHash(
                words[0] ^ changed[0],
                words[1] ^ changed[1],
                words[2] ^ changed[2],
                words[3] ^ changed[3]);
    }
}
