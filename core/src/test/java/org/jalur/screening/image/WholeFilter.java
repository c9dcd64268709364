package org.jalur.screening.image;

import java.util.Arrays;

/**
 * PDQ as its description reads, step by step over all pixels: the peer that {@link PdqHasher} is
 * held against.
 */
final class WholeFilter {
    private static final int SAMPLES = 64;
    private static final int SIDE = 16;

    private WholeFilter() {}

    /**
     * @param luma in steps of 0 to 255, row after row
     */
    static PictureHash hash(double[][] luma) {
        double[][] picture = luma;
        if (luma.length > 512 || luma[0].length > 512) {
            picture = nearest(luma, 512, 0);
        }
        for (int pass = 0; pass < 2; pass++) {
            picture = averagedRows(picture);
            picture = transposed(averagedRows(transposed(picture)));
        }
        double[][] samples = nearest(picture, SAMPLES, 0.5);
        return new PictureHash(bits(frequencies(samples)), quality(samples));
    }

    private static double[][] nearest(double[][] picture, int side, double centre) {
        double[][] scaled = new double[side][side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                int row = (int) ((i + centre) * picture.length / side);
                int column = (int) ((j + centre) * picture[0].length / side);
                scaled[i][j] = picture[row][column];
            }
        }
        return scaled;
    }

    /**
     * A window of a 128th of the side, rounded up; if even, one pixel more lies after the middle.
     */
    private static double[][] averagedRows(double[][] picture) {
        int side = picture[0].length;
        int window = (side + 127) / 128;
        double[][] averaged = new double[picture.length][side];
        for (int i = 0; i < picture.length; i++) {
            for (int j = 0; j < side; j++) {
                int from = Math.max(0, j - (window - 1) / 2);
                int to = Math.min(side, j + window / 2 + 1);
                averaged[i][j] = Arrays.stream(picture[i], from, to).average().orElseThrow();
            }
        }
        return averaged;
    }

    private static double[][] transposed(double[][] picture) {
        double[][] transposed = new double[picture[0].length][picture.length];
        for (int i = 0; i < picture.length; i++) {
            for (int j = 0; j < picture[0].length; j++) {
                transposed[j][i] = picture[i][j];
            }
        }
        return transposed;
    }

    private static double[][] frequencies(double[][] samples) {
        double[][] strengths = new double[SIDE][SIDE];
        for (int u = 0; u < SIDE; u++) {
            for (int v = 0; v < SIDE; v++) {
                for (int i = 0; i < SAMPLES; i++) {
                    for (int j = 0; j < SAMPLES; j++) {
                        strengths[u][v] += samples[i][j] * wave(u + 1, i) * wave(v + 1, j);
                    }
                }
            }
        }
        return strengths;
    }

    private static double wave(int frequency, int sample) {
        return Math.cos(Math.PI * frequency * (2 * sample + 1) / (2 * SAMPLES));
    }

    private static PdqHash bits(double[][] strengths) {
        double[] sorted =
                Arrays.stream(strengths).flatMapToDouble(Arrays::stream).sorted().toArray();
        double median = sorted[sorted.length / 2 - 1];
        var digits = new StringBuilder();
        for (int u = SIDE - 1; u >= 0; u--) {
            for (int v = SIDE - 4; v >= 0; v -= 4) {
                int digit = 0;
                for (int bit = 3; bit >= 0; bit--) {
                    digit = 2 * digit + (strengths[u][v + bit] > median ? 1 : 0);
                }
                digits.append(Character.forDigit(digit, 16));
            }
        }
        return PdqHash.parse(digits.toString());
    }

    private static int quality(double[][] samples) {
        int sum = 0;
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                if (i > 0) {
                    sum += (int) Math.abs((samples[i][j] - samples[i - 1][j]) * 100 / 255);
                }
                if (j > 0) {
                    sum += (int) Math.abs((samples[i][j] - samples[i][j - 1]) * 100 / 255);
                }
            }
        }
        return Math.min(100, sum / 90);
    }
}
