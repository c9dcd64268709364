package org.jalur.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Made-up PDQ hashes, four words each: some like noise, some like those of real pictures. */
final class PdqSamples {
    static final int WORDS = 4;

    private static final int SIDE = 16;
    private static final int CLUSTER = 20;

    private final SplittableRandom random;

    PdqSamples(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Every bit by chance. */
    long[] uniform(int count) {
        return random.longs((long) count * WORDS).toArray();
    }

    /**
     * Clusters of versions of one picture, up to 40 bits apart. In each first picture a bit tends
     * to be as the ones above it and left of it are, and half of all bits are set.
     */
    long[] correlated(int count) {
        long[] words = new long[count * WORDS];
        for (int i = 0; i < count; i++) {
            int at = i * WORDS;
            if (i % CLUSTER == 0) {
                picture(words, at);
            } else {
                System.arraycopy(words, (i - i % CLUSTER) * WORDS, words, at, WORDS);
                flip(words, at, random.nextInt(21));
            }
        }
        return words;
    }

    private void picture(long[] words, int at) {
        double[] field = new double[SIDE * SIDE];
        for (int i = 0; i < field.length; i++) {
            double above = i < SIDE ? 0 : field[i - SIDE];
            double left = i % SIDE == 0 ? 0 : field[i - 1];
            field[i] = 0.4 * above + 0.4 * left + random.nextGaussian();
        }
        double[] sorted = field.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        for (int i = 0; i < field.length; i++) {
            if (field[i] >= median) {
                words[at + i / Long.SIZE] |= 1L << i;
            }
        }
    }

    /**
     * Stored hashes with up to 31 bits changed, each of which finds at least the one it comes from.
     */
    long[] near(long[] words, int count) {
        long[] near = new long[count * WORDS];
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(words.length / WORDS) * WORDS;
            System.arraycopy(words, from, near, i * WORDS, WORDS);
            flip(near, i * WORDS, random.nextInt(32));
        }
        return near;
    }

    private void flip(long[] words, int at, int bits) {
        for (int i = 0; i < bits; i++) {
            int bit = random.nextInt(WORDS * Long.SIZE);
            words[at + bit / Long.SIZE] ^= 1L << bit;
        }
    }
}
