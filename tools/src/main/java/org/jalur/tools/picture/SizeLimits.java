package org.jalur.tools.picture;

import org.jalur.screening.image.Luma;
import org.jalur.screening.image.PictureReading.Ground;

/**
 * How large a picture may be that is decoded.
 *
 * @param maxPixels width times height
 */
record SizeLimits(long maxPixels) {
    /**
     * @throws LimitException if a picture of this size is not decoded
     */
    void check(int width, int height) throws LimitException {
        if ((long) width * height > maxPixels) {
            throw new LimitException(
                    Ground.TOO_LARGE,
                    "The picture has %d × %d pixels; up to %d are decoded."
                            .formatted(width, height, maxPixels));
        }
        if (Math.min(width, height) < Luma.SHORTEST_SIDE) {
            throw new LimitException(
                    Ground.TOO_SMALL,
                    "The picture has %d × %d pixels; a side of less than %d has no PDQ hash."
                            .formatted(width, height, Luma.SHORTEST_SIDE));
        }
    }
}
