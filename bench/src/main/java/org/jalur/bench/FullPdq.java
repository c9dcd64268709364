package org.jalur.bench;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.jalur.screening.image.PdqHash;

/** PDQ the straightforward way: decode everything to colour, filter every pixel, then sample. */
final class FullPdq {
    private static final int SAMPLES = 64;
    private static final int SIDE = 16;
    private static final float[] WAVES = waves();

    private final int width;
    private final int height;
    private final float[] luma;

    private FullPdq(int width, int height) {
        this.width = width;
        this.height = height;
        this.luma = new float[width * height];
    }

    private static float[] waves() {
        float[] waves = new float[SIDE * SAMPLES];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                waves[i * SAMPLES + j] =
                        (float) Math.cos(Math.PI * (i + 1) * (2 * j + 1) / (2 * SAMPLES));
            }
        }
        return waves;
    }

    /**
     * Reads and hashes a file.
     *
     * @param longestSide a picture with a longer side is brought to this many pixels each way
     *     first, by the nearest pixel
     */
    static PdqHash hash(File file, int longestSide) throws IOException {
        BufferedImage image = ImageIO.read(file);
        boolean scaled = image.getWidth() > longestSide || image.getHeight() > longestSide;
        var picture =
                new FullPdq(
                        scaled ? longestSide : image.getWidth(),
                        scaled ? longestSide : image.getHeight());
        picture.fill(image);
        picture.blur();
        picture.blur();
        return picture.hash();
    }

    private void fill(BufferedImage image) {
        for (int i = 0; i < height; i++) {
            int y = (int) ((long) i * image.getHeight() / height);
            for (int j = 0; j < width; j++) {
                int x = (int) ((long) j * image.getWidth() / width);
                int rgb = image.getRGB(x, y);
                luma[i * width + j] =
                        0.299f * (rgb >> 16 & 255)
                                + 0.587f * (rgb >> 8 & 255)
                                + 0.114f * (rgb & 255);
            }
        }
    }

    private void blur() {
        float[] blurred = new float[luma.length];
        for (int i = 0; i < height; i++) {
            average(luma, blurred, i * width, 1, width);
        }
        for (int j = 0; j < width; j++) {
            average(blurred, luma, j, width, height);
        }
    }

    /**
     * A moving average along one line, by adding what enters the window and taking off what leaves.
     */
    private static void average(float[] in, float[] out, int start, int step, int count) {
        int window = (count + 2 * SAMPLES - 1) / (2 * SAMPLES);
        int right = window / 2;
        int left = window - 1 - right;
        float sum = 0;
        for (int i = 0; i < right; i++) {
            sum += in[start + i * step];
        }
        for (int i = 0; i < count; i++) {
            if (i + right < count) {
                sum += in[start + (i + right) * step];
            }
            if (i > left) {
                sum -= in[start + (i - left - 1) * step];
            }
            int inside = Math.min(count, i + right + 1) - Math.max(0, i - left);
            out[start + i * step] = sum / inside;
        }
    }

    private PdqHash hash() {
        float[] strengths = strengths();
        float[] sorted = strengths.clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2 - 1];
        long[] words = new long[4];
        for (int i = 0; i < strengths.length; i++) {
            if (strengths[i] > median) {
                words[i / Long.SIZE] |= 1L << i % Long.SIZE;
            }
        }
        return new PdqHash(words[3], words[2], words[1], words[0]);
    }

    private float[] strengths() {
        float[] vertical = new float[SIDE * SAMPLES];
        for (int u = 0; u < SIDE; u++) {
            for (int j = 0; j < SAMPLES; j++) {
                int x = (2 * j + 1) * width / (2 * SAMPLES);
                for (int i = 0; i < SAMPLES; i++) {
                    int y = (2 * i + 1) * height / (2 * SAMPLES);
                    vertical[u * SAMPLES + j] += WAVES[u * SAMPLES + i] * luma[y * width + x];
                }
            }
        }
        float[] strengths = new float[SIDE * SIDE];
        for (int u = 0; u < SIDE; u++) {
            for (int v = 0; v < SIDE; v++) {
                for (int j = 0; j < SAMPLES; j++) {
                    strengths[u * SIDE + v] += vertical[u * SAMPLES + j] * WAVES[v * SAMPLES + j];
                }
            }
        }
        return strengths;
    }
}
