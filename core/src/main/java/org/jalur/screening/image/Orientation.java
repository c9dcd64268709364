package org.jalur.screening.image;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the eight ways to turn and mirror a picture, in the order of Exif's orientation values 1
 * to 8: what is done to the stored pixels so that the picture stands upright. Source: Exif 2.32
 * (CIPA DC-008), 4.6.4, tag 0x0112.
 */
public enum Orientation {
    UPRIGHT(1, false, false, false),
    MIRRORED(2, false, true, false),
    HALF_TURN(3, false, true, true),
    FLIPPED(4, false, false, true),
    TRANSPOSED(5, true, false, false),
    QUARTER_TURN_RIGHT(6, true, false, true),
    TRANSVERSED(7, true, true, true),
    QUARTER_TURN_LEFT(8, true, true, false);

    private final int exif;
    private final boolean swapsAxes;
    private final boolean reversesColumns;
    private final boolean reversesRows;

    Orientation(int exif, boolean swapsAxes, boolean reversesColumns, boolean reversesRows) {
        this.exif = exif;
        this.swapsAxes = swapsAxes;
        this.reversesColumns = reversesColumns;
        this.reversesRows = reversesRows;
    }

    /** The orientation of an Exif value; empty if it is not 1 to 8. */
    public static Optional<Orientation> ofExif(int value) {
        return Stream.of(values()).filter(one -> one.exif == value).findFirst();
    }

    /** Exif's value, 1 to 8. */
    public int exif() {
        return exif;
    }

    /** Whether stored columns become rows. */
    public boolean swapsAxes() {
        return swapsAxes;
    }

    /** Whether stored columns are taken from right to left. */
    boolean reversesColumns() {
        return reversesColumns;
    }

    /** Whether stored rows are taken from the bottom to the top. */
    boolean reversesRows() {
        return reversesRows;
    }
}
