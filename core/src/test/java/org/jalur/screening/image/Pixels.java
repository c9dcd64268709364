package org.jalur.screening.image;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** A picture of the tests: its colours, row after row. */
record Pixels(int[][] rgb) {
    int width() {
        return rgb[0].length;
    }

    int height() {
        return rgb.length;
    }

    /** Patches of colour on a slope, with noise. */
    static Pixels random(int width, int height, long seed) {
        var random = new SplittableRandom(seed);
        int patch = 1 + Math.max(width, height) / 9;
        int[][] colours = new int[10][10];
        for (int[] line : colours) {
            for (int i = 0; i < line.length; i++) {
                line[i] = random.nextInt(1 << 24);
            }
        }
        int[][] rgb = new int[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[y][x] = colours[y / patch][x / patch] ^ random.nextInt(1 << 4) * 0x010101;
            }
        }
        return new Pixels(rgb);
    }

    static Pixels of(BufferedImage image) {
        int[][] rgb = new int[image.getHeight()][image.getWidth()];
        for (int y = 0; y < rgb.length; y++) {
            image.getRGB(0, y, rgb[y].length, 1, rgb[y], 0, rgb[y].length);
        }
        return new Pixels(rgb);
    }

    Luma luma() {
        return luma(Orientation.UPRIGHT);
    }

    Luma luma(Orientation orientation) {
        return Luma.of(
                width(),
                height(),
                orientation,
                (row, columns, luma) -> {
                    for (int i = 0; i < columns.length; i++) {
                        luma[i] = Luma.ofColour(rgb[row][columns[i]]);
                    }
                });
    }

    double[][] brightness() {
        double[][] luma = new double[height()][width()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int colour = rgb[y][x];
                luma[y][x] =
                        0.299 * (colour >> 16 & 255)
                                + 0.587 * (colour >> 8 & 255)
                                + 0.114 * (colour & 255);
            }
        }
        return luma;
    }

    Pixels mirrored() {
        int[][] mirrored = new int[height()][width()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                mirrored[y][width() - 1 - x] = rgb[y][x];
            }
        }
        return new Pixels(mirrored);
    }

    Pixels turnedRight() {
        int[][] turned = new int[width()][height()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                turned[x][height() - 1 - y] = rgb[y][x];
            }
        }
        return new Pixels(turned);
    }

    /** Exif's own words for its values, as quarter turns and mirrors. */
    Pixels turned(Orientation orientation) {
        return switch (orientation) {
            case UPRIGHT -> this;
            case MIRRORED -> mirrored();
            case HALF_TURN -> turnedRight().turnedRight();
            case FLIPPED -> turnedRight().turnedRight().mirrored();
            case TRANSPOSED -> turnedRight().mirrored();
            case QUARTER_TURN_RIGHT -> turnedRight();
            case TRANSVERSED -> turnedRight().turnedRight().turnedRight().mirrored();
            case QUARTER_TURN_LEFT -> turnedRight().turnedRight().turnedRight();
        };
    }
}
