package org.jalur.tools.picture;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import org.jalur.screening.image.Luma;
import org.jalur.screening.image.LumaRows;

/**
 * The luma of a decoded picture, on white where it is transparent or where its canvas is larger.
 * Samples are taken as they are stored, as the C++ reference of PDQ takes them: no colour profile,
 * and no conversion of grey, which Java takes for linear.
 */
final class RasterRows implements LumaRows {
    private static final int WHITE = 255;

    private final ColorModel colours;
    private final Raster raster;
    private final Point place;
    private final int greys;
    private int[] samples = new int[0];

    /**
     * @param place where the picture's top left corner is on its canvas
     */
    RasterRows(BufferedImage picture, Point place) {
        this.colours = picture.getColorModel();
        this.raster = picture.getRaster();
        this.place = place;
        this.greys = colours.getNumColorComponents();
    }

    @Override
    public void read(int row, int[] columns, int[] luma) {
        int y = row - place.y;
        boolean inside = y >= 0 && y < raster.getHeight();
        boolean direct = colours instanceof ComponentColorModel;
        if (inside && direct) {
            samples =
                    raster.getPixels(
                            0, y, raster.getWidth(), 1, samples.length == 0 ? null : samples);
        }
        for (int i = 0; i < columns.length; i++) {
            int x = columns[i] - place.x;
            if (!inside || x < 0 || x >= raster.getWidth()) {
                luma[i] = Luma.ofGrey(WHITE);
            } else {
                luma[i] = direct ? stored(x * raster.getNumBands()) : packed(x, y);
            }
        }
    }

    /** A pixel of a palette, or one packed into a number: the colour model knows it exactly. */
    private int packed(int x, int y) {
        int argb = colours.getRGB(raster.getDataElements(x, y, null));
        return onWhite(Luma.ofColour(argb), argb >>> 24, colours.isAlphaPremultiplied());
    }

    private int stored(int at) {
        int luma =
                greys == 1
                        ? Luma.ofGrey(octet(at, 0))
                        : Luma.ofColour(octet(at, 0) << 16 | octet(at, 1) << 8 | octet(at, 2));
        return colours.getTransparency() == Transparency.OPAQUE
                ? luma
                : onWhite(luma, octet(at, greys), colours.isAlphaPremultiplied());
    }

    private int octet(int at, int band) {
        int bits = colours.getComponentSize(band);
        int sample = samples[at + band];
        return bits == Byte.SIZE ? sample : (int) (sample * 255L / ((1L << bits) - 1));
    }

    private static int onWhite(int luma, int alpha, boolean premultiplied) {
        int share = premultiplied ? luma : luma * alpha / WHITE;
        return share + Luma.ofGrey(WHITE - alpha);
    }
}
