package org.jalur.screening.image;

import java.util.Arrays;

/**
 * What of a picture goes into its hash: the strength of the 16 × 16 lowest frequencies without the
 * constant ones, from the two-dimensional DCT of 64 × 64 samples. Row after row; rows count
 * vertical frequencies.
 */
final class Spectrum {
    static final int SIDE = 16;

    private static final int SAMPLES = Tent.SAMPLES;
    private static final double[] WAVES = waves();

    private final double[] strengths;

    private Spectrum(double[] strengths) {
        this.strengths = strengths;
    }

    /** The cosines of the frequencies 1 to 16 at the 64 samples. */
    private static double[] waves() {
        double[] waves = new double[SIDE * SAMPLES];
        for (int i = 0; i < waves.length; i++) {
            int frequency = i / SAMPLES + 1;
            int sample = i % SAMPLES;
            waves[i] =
                    Math.sqrt(2.0 / SAMPLES)
                            * Math.cos(Math.PI / 2 / SAMPLES * frequency * (2 * sample + 1));
        }
        return waves;
    }

    /**
     * @param samples 64 × 64, row after row
     */
    static Spectrum of(double[] samples) {
        double[] vertical = new double[SIDE * SAMPLES];
        for (int i = 0; i < SIDE; i++) {
            for (int k = 0; k < SAMPLES; k++) {
                double wave = WAVES[i * SAMPLES + k];
                for (int j = 0; j < SAMPLES; j++) {
                    vertical[i * SAMPLES + j] += wave * samples[k * SAMPLES + j];
                }
            }
        }
        double[] strengths = new double[SIDE * SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                double sum = 0;
                for (int k = 0; k < SAMPLES; k++) {
                    sum += vertical[i * SAMPLES + k] * WAVES[j * SAMPLES + k];
                }
                strengths[i * SIDE + j] = sum;
            }
        }
        return new Spectrum(strengths);
    }

    /**
     * The spectrum of the turned picture: a reversed axis changes the sign of its odd frequencies.
     */
    Spectrum turned(Orientation orientation) {
        double[] turned = new double[SIDE * SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                // Index 0 stands for frequency 1.
                boolean negative =
                        (orientation.reversesRows() && i % 2 == 0)
                                != (orientation.reversesColumns() && j % 2 == 0);
                double strength = strengths[i * SIDE + j];
                turned[orientation.swapsAxes() ? j * SIDE + i : i * SIDE + j] =
                        negative ? -strength : strength;
            }
        }
        return new Spectrum(turned);
    }

    /**
     * One bit a frequency: whether it is stronger than the (lower) median. The first frequency is
     * the last bit.
     */
    PdqHash hash() {
        double[] sorted = strengths.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2 - 1];
        return new PdqHash(word(192, median), word(128, median), word(64, median), word(0, median));
    }

    private long word(int from, double median) {
        long word = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            if (strengths[from + i] > median) {
                word |= 1L << i;
            }
        }
        return word;
    }
}
