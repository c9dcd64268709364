package org.jalur.tools.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jalur.screening.image.Luma;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PdqHasher;

/**
 * The picture of these tests: 160 × 120 pixels of coloured waves. The files in {@code /pictures}
 * were made from it.
 */
final class Sample {
    static final int WIDTH = 160;
    static final int HEIGHT = 120;

    private static final byte[] TIFF_WITH_ORIENTATION = {
        'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private Sample() {}

    static int colour(int x, int y) {
        int red = wave(x * x / 900.0 + y / 17.0);
        int green = wave(y * y / 700.0 - x / 23.0);
        int blue = wave((x + 1.0) * y / 900.0);
        return red << 16 | green << 8 | blue;
    }

    private static int wave(double angle) {
        return (int) (127 + 120 * Math.sin(angle));
    }

    static BufferedImage image(int type) {
        var image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, 0xff000000 | colour(x, y));
            }
        }
        return image;
    }

    static PdqHash hash() {
        return hash(image(BufferedImage.TYPE_INT_RGB));
    }

    /** The hash of colours without transparency. */
    static PdqHash hash(BufferedImage image) {
        Luma luma =
                Luma.of(
                        image.getWidth(),
                        image.getHeight(),
                        (row, columns, line) -> {
                            for (int i = 0; i < columns.length; i++) {
                                line[i] = Luma.ofColour(image.getRGB(columns[i], row));
                            }
                        });
        return PdqHasher.hash(luma).hash();
    }

    static byte[] file(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IllegalStateException("no writer for " + format);
        }
        return out.toByteArray();
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Sample.class.getResourceAsStream("/pictures/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** Puts an Exif block with an orientation into a PNG file, before its last chunk. */
    static byte[] pngWithOrientation(byte[] png, int orientation) {
        byte[] typed =
                ByteBuffer.allocate(30)
                        .put(new byte[] {'e', 'X', 'I', 'f'})
                        .put(tiff(orientation))
                        .array();
        var crc = new CRC32();
        crc.update(typed);
        int end = png.length - 12;
        return ByteBuffer.allocate(png.length + 38)
                .put(png, 0, end)
                .putInt(typed.length - 4)
                .put(typed)
                .putInt((int) crc.getValue())
                .put(png, end, 12)
                .array();
    }

    /** Puts an Exif segment with an orientation behind a JPEG file's first marker. */
    static byte[] jpegWithOrientation(byte[] jpeg, int orientation) {
        byte[] tiff = tiff(orientation);
        return ByteBuffer.allocate(jpeg.length + 10 + tiff.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) (8 + tiff.length))
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
                .put(tiff)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] tiff(int orientation) {
        return ByteBuffer.wrap(TIFF_WITH_ORIENTATION.clone())
                .putShort(18, (short) orientation)
                .array();
    }
}
