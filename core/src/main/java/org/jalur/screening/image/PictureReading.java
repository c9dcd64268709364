package org.jalur.screening.image;

/** What became of a picture that a {@link PictureDecoder} was given. */
public sealed interface PictureReading {
    /**
     * It was decoded and hashed.
     *
     * @param width of the upright picture, in pixels
     * @param height of the upright picture, in pixels
     */
    record Hashed(int width, int height, TurnedHashes hashes) implements PictureReading {
        public Hashed {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException(
                        "not the sides of a picture: %d × %d".formatted(width, height));
            }
        }
    }

    /**
     * It has no hash.
     *
     * @param reason a sentence for whoever sent it: the value, the rule and, where there is one,
     *     the way out
     */
    record Refused(Ground ground, String reason) implements PictureReading {}

    /** Why a picture has no hash. */
    enum Ground {
        /** It begins like no kind of picture that is decoded. */
        UNKNOWN_KIND,
        /** The file, its pixels or the memory to decode it exceed a limit. */
        TOO_LARGE,
        /** A side is shorter than {@link Luma#SHORTEST_SIDE} pixels. */
        TOO_SMALL,
        /** The decoding library gave up on it. */
        DAMAGED,
        /** Decoding took longer than the limit. */
        TOO_SLOW,
        /** The process that decoded it died. */
        CRASHED
    }
}
