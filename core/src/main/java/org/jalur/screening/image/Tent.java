package org.jalur.screening.image;

import java.util.Arrays;

/**
 * PDQ's blur along one side of a picture, at the 64 places where it is looked at: which pixels
 * count there, and how much. It equals two passes of a moving average ("Jarosz filter") whose
 * window shrinks at the ends.
 */
final class Tent {
    static final int SAMPLES = 64;

    private static final Tent OF_LONGEST_SIDE = new Tent(Luma.LONGEST_SIDE);

    private final int[] first;
    private final double[][] weights;

    private Tent(int side) {
        first = new int[SAMPLES];
        weights = new double[SAMPLES][];
        // Half a sample's width, rounded up: two passes together reach about one sample far.
        int window = (side + 2 * SAMPLES - 1) / (2 * SAMPLES);
        for (int sample = 0; sample < SAMPLES; sample++) {
            int centre = (2 * sample + 1) * side / (2 * SAMPLES);
            Window outer = Window.around(centre, window, side);
            first[sample] = Window.around(outer.from, window, side).from;
            weights[sample] = weights(outer, window, side);
        }
    }

    /** The pixels that one pass averages; an even window reaches one further to the right. */
    private record Window(int from, int to) {
        static Window around(int centre, int window, int side) {
            int right = window / 2;
            int left = window - 1 - right;
            return new Window(Math.max(0, centre - left), Math.min(side, centre + right + 1));
        }

        int width() {
            return to - from;
        }
    }

    private static double[] weights(Window outer, int window, int side) {
        int start = Window.around(outer.from, window, side).from;
        double[] sum = new double[Window.around(outer.to - 1, window, side).to - start];
        for (int i = outer.from; i < outer.to; i++) {
            Window inner = Window.around(i, window, side);
            double share = 1.0 / (outer.width() * inner.width());
            for (int j = inner.from; j < inner.to; j++) {
                sum[j - start] += share;
            }
        }
        return sum;
    }

    static Tent along(int side) {
        return side == Luma.LONGEST_SIDE ? OF_LONGEST_SIDE : new Tent(side);
    }

    /**
     * Blurs a picture in both directions: 64 × 64 samples, row after row, in steps of luma's
     * thousandths.
     */
    static double[] blur(Luma luma) {
        Tent across = along(luma.width());
        Tent down = along(luma.height());
        double[] samples = new double[SAMPLES * SAMPLES];
        double[] line = new double[SAMPLES];
        // Each row is blurred once, however many samples it counts for.
        double[][] rows = new double[luma.height()][];
        for (int sample = 0; sample < SAMPLES; sample++) {
            Arrays.fill(line, 0);
            for (int i = 0; i < down.weights[sample].length; i++) {
                int row = down.first[sample] + i;
                if (rows[row] == null) {
                    rows[row] = across.blurRow(luma, row);
                }
                double weight = down.weights[sample][i];
                for (int j = 0; j < SAMPLES; j++) {
                    line[j] += weight * rows[row][j];
                }
            }
            System.arraycopy(line, 0, samples, sample * SAMPLES, SAMPLES);
        }
        return samples;
    }

    private double[] blurRow(Luma luma, int row) {
        double[] blurred = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            double sum = 0;
            int from = row * luma.width() + first[sample];
            double[] weight = weights[sample];
            for (int i = 0; i < weight.length; i++) {
                sum += weight[i] * luma.at(from + i);
            }
            blurred[sample] = sum;
        }
        return blurred;
    }
}
