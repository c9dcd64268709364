package org.jalur.tools.picture;

import java.io.IOException;
import java.util.Optional;
import org.jalur.screening.image.Luma;
import org.jalur.screening.image.Orientation;
import org.jalur.screening.image.PdqHasher;
import org.jalur.screening.image.PictureReading;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;

/**
 * A picture file in memory. Where it comes from a stranger, read it in the process of {@link
 * DecoderProgram} only.
 *
 * @param octets never written to
 */
public record PictureFile(byte[] octets) {
    private static final int LONGEST_MESSAGE = 120;

    /**
     * Decodes and hashes it.
     *
     * @param maxPixels width times height; read from the header, before anything is decoded
     */
    public PictureReading read(long maxPixels) {
        Optional<PictureKind> kind = PictureKind.of(octets);
        if (kind.isEmpty()) {
            return new Refused(
                    Ground.UNKNOWN_KIND, "The file is no JPEG, PNG, GIF or WebP picture.");
        }
        return answer(kind.get(), () -> hashed(kind.get(), new SizeLimits(maxPixels)));
    }

    /** What comes of a file, or fails to. */
    @FunctionalInterface
    interface Hashing {
        Hashed hashed() throws IOException;
    }

    static PictureReading answer(PictureKind kind, Hashing hashing) {
        try {
            return hashing.hashed();
        } catch (LimitException e) {
            return e.refusal();
        } catch (IOException | RuntimeException e) {
            // Also what was decoded can be odd in a way that nobody has thought of.
            return new Refused(
                    Ground.DAMAGED,
                    "The %s file cannot be decoded: %s.".formatted(kind, message(e)));
        }
    }

    private Hashed hashed(PictureKind kind, SizeLimits limits) throws IOException {
        DecodedPicture picture = DecodedPicture.of(kind, octets, limits);
        limits.check(picture.width(), picture.height());
        Orientation orientation = ExifOrientation.of(kind, octets);
        Luma luma = Luma.of(picture.width(), picture.height(), orientation, picture.rows());
        boolean turned = orientation.swapsAxes();
        return new Hashed(
                turned ? picture.height() : picture.width(),
                turned ? picture.width() : picture.height(),
                PdqHasher.hashes(luma));
    }

    /** What a library says may quote the file: plain characters of it, not many. */
    private static String message(Exception e) {
        String plain = String.valueOf(e.getMessage()).replaceAll("[^ -~]", "?");
        return plain.substring(0, Math.min(plain.length(), LONGEST_MESSAGE));
    }
}
