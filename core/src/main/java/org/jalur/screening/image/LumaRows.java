package org.jalur.screening.image;

/** Where the brightness of a picture's pixels comes from, row by row. */
@FunctionalInterface
public interface LumaRows {
    /**
     * Puts the luma of some pixels of one row into {@code luma}, in thousandths of a step: 299 ×
     * red + 587 × green + 114 × blue, each of them 0 to 255.
     *
     * @param row counted from the top
     * @param columns which pixels, counted from the left, in any order
     * @param luma takes as many values as there are columns
     */
    void read(int row, int[] columns, int[] luma);
}
