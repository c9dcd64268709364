package org.jalur.screening.image;

/**
 * The brightness of an upright picture, no side longer than 512 pixels: a larger one is brought to
 * 512 × 512 by taking the nearest pixel, as the C++ reference of PDQ does before it hashes.
 */
public final class Luma {
    /** The shortest side of a picture that has a hash, in pixels. */
    public static final int SHORTEST_SIDE = 5;

    static final int LONGEST_SIDE = 512;

    private static final int RED = 299;
    private static final int GREEN = 587;
    private static final int BLUE = 114;
    private static final int OCTET = 0xff;

    private final int width;
    private final int height;
    private final int[] thousandths;

    private Luma(int width, int height, int[] thousandths) {
        this.width = width;
        this.height = height;
        this.thousandths = thousandths;
    }

    /**
     * The luma of a colour in thousandths of a step; the colour as 0xRRGGBB, what stands above is
     * ignored.
     */
    public static int ofColour(int rgb) {
        return RED * (rgb >> 16 & OCTET) + GREEN * (rgb >> 8 & OCTET) + BLUE * (rgb & OCTET);
    }

    /** The luma of a grey in thousandths of a step. */
    public static int ofGrey(int grey) {
        return (RED + GREEN + BLUE) * grey;
    }

    /** The luma of a picture that is stored upright. */
    public static Luma of(int width, int height, LumaRows stored) {
        return of(width, height, Orientation.UPRIGHT, stored);
    }

    /**
     * The luma of a picture.
     *
     * @param width of the stored picture, in pixels
     * @param height of the stored picture, in pixels
     * @throws IllegalArgumentException if a side is shorter than {@link #SHORTEST_SIDE}
     */
    public static Luma of(int width, int height, Orientation orientation, LumaRows stored) {
        if (width < SHORTEST_SIDE || height < SHORTEST_SIDE) {
            throw new IllegalArgumentException(
                    "%d × %d pixels: a side is shorter than %d"
                            .formatted(width, height, SHORTEST_SIDE));
        }
        boolean scaled = width > LONGEST_SIDE || height > LONGEST_SIDE;
        int[] columns = nearest(width, scaled, orientation.reversesColumns());
        int[] rows = nearest(height, scaled, orientation.reversesRows());
        int[] line = new int[columns.length];
        int[] plane = new int[columns.length * rows.length];
        for (int i = 0; i < rows.length; i++) {
            stored.read(rows[i], columns, line);
            if (orientation.swapsAxes()) {
                for (int j = 0; j < line.length; j++) {
                    plane[j * rows.length + i] = line[j];
                }
            } else {
                System.arraycopy(line, 0, plane, i * line.length, line.length);
            }
        }
        return orientation.swapsAxes()
                ? new Luma(rows.length, columns.length, plane)
                : new Luma(columns.length, rows.length, plane);
    }

    private static int[] nearest(int side, boolean scaled, boolean reversed) {
        int[] taken = new int[scaled ? LONGEST_SIDE : side];
        for (int i = 0; i < taken.length; i++) {
            int nearest = (int) ((long) i * side / taken.length);
            taken[i] = reversed ? side - 1 - nearest : nearest;
        }
        return taken;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Row after row, from the top left. */
    int at(int index) {
        return thousandths[index];
    }
}
