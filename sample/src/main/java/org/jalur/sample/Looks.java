package org.jalur.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jalur.screening.image.Luma;
import org.jalur.screening.image.PdqHasher;
import org.jalur.screening.image.TurnedHashes;

/**
 * What a picture looks like, as PDQ hashes. A platform that takes pictures of strangers decodes
 * them in a process of its own ({@code org.jalur.screening.image.PictureDecoder}); this sample does
 * it here, up to a limit.
 */
final class Looks {
    private static final long MOST_PIXELS = 16_000_000;

    /** More pixels a side are not needed for a hash, and not kept. */
    private static final int ENOUGH = 1_024;

    private static final int WHITE = 255;

    private Looks() {}

    /**
     * Empty if the picture is of a kind that Java does not read, damaged, too large or too small.
     */
    static Optional<TurnedHashes> of(byte[] file) {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return read(reader).map(Looks::luma).map(PdqHasher::hashes);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<BufferedImage> read(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            return Optional.empty();
        }
        ImageReadParam thinned = reader.getDefaultReadParam();
        int across = Math.max(1, width / ENOUGH);
        int down = Math.max(1, height / ENOUGH);
        thinned.setSourceSubsampling(across, down, 0, 0);
        return Optional.of(reader.read(0, thinned));
    }

    private static Luma luma(BufferedImage picture) {
        boolean grey = picture.getType() == BufferedImage.TYPE_BYTE_GRAY;
        return Luma.of(
                picture.getWidth(),
                picture.getHeight(),
                (row, columns, luma) -> {
                    for (int i = 0; i < columns.length; i++) {
                        // Java takes stored grey for linear, and would brighten it.
                        luma[i] =
                                grey
                                        ? Luma.ofGrey(
                                                picture.getRaster().getSample(columns[i], row, 0))
                                        : onWhite(picture.getRGB(columns[i], row));
                    }
                });
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        return Luma.ofColour(argb) * alpha / WHITE + Luma.ofGrey(WHITE - alpha);
    }
}
