package org.jalur.screening.image;

import java.util.List;

/**
 * The hashes of a picture and of its seven turned and mirrored forms.
 *
 * @param quality 0 to 100, the same for all
 * @param hashes one for each {@link Orientation}, in their order: that of the picture after it was
 *     turned so
 */
public record TurnedHashes(int quality, List<PdqHash> hashes) {
    public TurnedHashes {
        hashes = List.copyOf(hashes);
        if (quality < 0 || quality > PictureHash.BEST) {
            throw new IllegalArgumentException("not a quality from 0 to 100: " + quality);
        }
        if (hashes.size() != Orientation.values().length) {
            throw new IllegalArgumentException("not eight hashes: " + hashes.size());
        }
    }

    /** The hash of the picture as it stands. */
    public PictureHash upright() {
        return of(Orientation.UPRIGHT);
    }

    /** The hash of one form. */
    public PictureHash of(Orientation orientation) {
        return new PictureHash(hashes.get(orientation.exif() - 1), quality);
    }
}
