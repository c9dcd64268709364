package org.jalur.screening.image;

/**
 * The hash of a picture and how much it says.
 *
 * @param quality 0 to 100; below 50 the picture has too little structure to be compared
 */
public record PictureHash(PdqHash hash, int quality) {
    static final int BEST = 100;

    public PictureHash {
        if (quality < 0 || quality > BEST) {
            throw new IllegalArgumentException("not a quality from 0 to 100: " + quality);
        }
    }
}
