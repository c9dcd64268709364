package org.jalur.tools.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jalur.screening.image.Orientation;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PictureReading;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {
    private static final long MAX_PIXELS = 1_000_000;

    /** What a lossy file may differ from its picture in, and what is allowed from the reference. */
    private static final int LOSS = 10;

    private static PictureReading read(byte[] file) {
        return new PictureFile(file).read(MAX_PIXELS);
    }

    private static Hashed hashed(byte[] file) {
        PictureReading reading = read(file);
        assertThat(reading).isInstanceOf(Hashed.class);
        return (Hashed) reading;
    }

    private static Refused refused(byte[] file) {
        PictureReading reading = read(file);
        assertThat(reading).isInstanceOf(Refused.class);
        return (Refused) reading;
    }

    private static PdqHash hash(byte[] file) {
        return hashed(file).hashes().upright().hash();
    }

    private static byte[] sample(String format) throws IOException {
        return Sample.file(Sample.image(BufferedImage.TYPE_INT_RGB), format);
    }

    @Test
    void unforeseenFaultIsADamagedFile() {
        PictureReading reading =
                PictureFile.answer(
                        PictureKind.PNG,
                        () -> {
                            throw new IndexOutOfBoundsException("no such row");
                        });

        assertThat(reading)
                .isEqualTo(
                        new Refused(
                                Ground.DAMAGED, "The PNG file cannot be decoded: no such row."));
    }

    @Test
    void losslessFilesHaveThePicturesHash() throws IOException {
        assertThat(hash(sample("png"))).isEqualTo(Sample.hash());
        assertThat(hash(Sample.resource("lossless.webp"))).isEqualTo(Sample.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "cmyk.jpg", "turned.webp"})
    void lossyFileIsNearThePicture(String name) throws IOException {
        Hashed hashed = hashed(Sample.resource(name));

        assertThat(hashed.width()).isEqualTo(Sample.WIDTH);
        assertThat(hashed.height()).isEqualTo(Sample.HEIGHT);
        assertThat(hashed.hashes().upright().hash().distance(Sample.hash()))
                .isLessThanOrEqualTo(LOSS);
    }

    @Test
    void jpegIsNearThePicture() throws IOException {
        assertThat(hash(sample("jpeg")).distance(Sample.hash())).isLessThanOrEqualTo(LOSS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif"})
    void fileWithAPaletteHasTheHashOfItsColours(String format) throws IOException {
        BufferedImage image = Sample.image(BufferedImage.TYPE_BYTE_INDEXED);

        assertThat(hash(Sample.file(image, format))).isEqualTo(Sample.hash(image));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_INT_ARGB
            })
    void pngOfEveryDepthIsDecoded(int type) throws IOException {
        BufferedImage image = Sample.image(type);
        if (type == BufferedImage.TYPE_BYTE_GRAY || type == BufferedImage.TYPE_USHORT_GRAY) {
            // Java draws into grey as if that were linear: the samples are put there as they are.
            int factor = type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 257;
            for (int y = 0; y < Sample.HEIGHT; y++) {
                for (int x = 0; x < Sample.WIDTH; x++) {
                    int colour = Sample.colour(x, y);
                    int grey =
                            (299 * (colour >> 16)
                                            + 587 * (colour >> 8 & 255)
                                            + 114 * (colour & 255))
                                    / 1000;
                    image.getRaster().setSample(x, y, 0, grey * factor);
                }
            }
        }

        assertThat(hash(Sample.file(image, "png")).distance(Sample.hash()))
                .isLessThanOrEqualTo(LOSS);
    }

    @Test
    void transparencyStandsOnWhite() throws IOException {
        var transparent = new BufferedImage(160, 120, BufferedImage.TYPE_INT_ARGB);
        var white = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 120; y++) {
            for (int x = 0; x < 160; x++) {
                int alpha = x < 60 ? 255 : x < 110 ? 64 : 0;
                transparent.setRGB(x, y, alpha << 24 | Sample.colour(x, y));
            }
        }
        Graphics2D paint = white.createGraphics();
        paint.drawImage(transparent, 0, 0, Color.WHITE, null);
        paint.dispose();

        assertThat(hash(Sample.file(transparent, "png")).distance(Sample.hash(white)))
                .isLessThanOrEqualTo(LOSS);
    }

    @Test
    void transparentWebpStandsOnWhite() throws IOException {
        var white = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 120; y++) {
            for (int x = 0; x < 160; x++) {
                int colour = Sample.colour(x, y);
                int faint = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    faint |= ((255 * 3 + (colour >> shift & 255)) / 4) << shift;
                }
                white.setRGB(x, y, x < 80 ? colour : faint);
            }
        }

        assertThat(hash(Sample.resource("alpha.webp")).distance(Sample.hash(white)))
                .isLessThanOrEqualTo(LOSS);
    }

    @Test
    void firstFrameOfAGifStandsOnItsCanvas() throws IOException {
        BufferedImage image = Sample.image(BufferedImage.TYPE_BYTE_INDEXED);
        byte[] gif = Sample.file(image, "gif");
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) 200)
                .putShort(8, (short) 190);
        int frame = frame(gif);
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(frame + 1, (short) 30)
                .putShort(frame + 3, (short) 50);
        var canvas = new BufferedImage(200, 190, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = canvas.createGraphics();
        paint.setColor(Color.WHITE);
        paint.fillRect(0, 0, 200, 190);
        paint.drawImage(image, 30, 50, null);
        paint.dispose();

        Hashed hashed = hashed(gif);

        assertThat(hashed.width()).isEqualTo(200);
        assertThat(hashed.height()).isEqualTo(190);
        assertThat(hashed.hashes().upright().hash()).isEqualTo(Sample.hash(canvas));
    }

    /** Where a GIF's image descriptor begins: behind the blocks in front of it. */
    private static int frame(byte[] gif) {
        int at = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1));
        while (gif[at] == 0x21) {
            at += 2;
            while (gif[at] != 0) {
                at += (gif[at] & 0xff) + 1;
            }
            at++;
        }
        assertThat(gif[at]).isEqualTo((byte) 0x2c);
        return at;
    }

    @ParameterizedTest
    @EnumSource
    void orientationIsApplied(Orientation orientation) throws IOException {
        byte[] png = sample("png");
        byte[] jpeg = sample("jpeg");

        Hashed fromPng = hashed(Sample.pngWithOrientation(png, orientation.exif()));
        Hashed fromJpeg = hashed(Sample.jpegWithOrientation(jpeg, orientation.exif()));

        int width = orientation.swapsAxes() ? Sample.HEIGHT : Sample.WIDTH;
        assertThat(fromPng.width()).isEqualTo(width);
        assertThat(fromJpeg.width()).isEqualTo(width);
        PdqHash turned = hashed(png).hashes().of(orientation).hash();
        // Samples do not lie in the middle, so that turning pixels moves them a little.
        assertThat(fromPng.hashes().upright().hash().distance(turned)).isLessThanOrEqualTo(31);
        assertThat(fromJpeg.hashes().upright().hash().distance(fromPng.hashes().upright().hash()))
                .isLessThanOrEqualTo(LOSS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 300})
    void unknownOrientationIsNone(int value) throws IOException {
        byte[] png = sample("png");

        assertThat(read(Sample.pngWithOrientation(png, value))).isEqualTo(read(png));
    }

    @ParameterizedTest
    @CsvSource({"image/text, hello", "empty, ''"})
    void otherFilesAreNoPictures(String name, String content) {
        Refused refused = refused(content.getBytes(StandardCharsets.UTF_8));

        assertThat(refused.ground()).as(name).isEqualTo(Ground.UNKNOWN_KIND);
    }

    @Test
    void bombIsRefusedForItsHeader() throws IOException {
        byte[] png = sample("png");
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        byte[] gif = sample("gif");
        Arrays.fill(gif, 6, 10, (byte) 0xff);
        byte[] jpeg = sample("jpeg");
        int frame = startOfFrame(jpeg);
        ByteBuffer.wrap(jpeg)
                .putShort(frame + 5, (short) 65_000)
                .putShort(frame + 7, (short) 65_000);
        byte[] webp = Sample.resource("turned.webp");
        Arrays.fill(webp, 24, 30, (byte) 0x3f);

        for (byte[] bomb : new byte[][] {repaired(png), gif, jpeg, webp}) {
            assertThat(refused(bomb).ground()).isEqualTo(Ground.TOO_LARGE);
        }
        assertThat(refused(gif).reason())
                .isEqualTo("The picture has 65535 × 65535 pixels; up to 1000000 are decoded.");
    }

    /** Header with its check sum made right again. */
    private static byte[] repaired(byte[] png) {
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    private static int startOfFrame(byte[] jpeg) {
        int at = 2;
        while (jpeg[at + 1] != (byte) 0xc0) {
            at += 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(at + 2));
        }
        return at;
    }

    @Test
    void pictureOfFourPixelsHasNoHash() throws IOException {
        var image = new BufferedImage(4, 400, BufferedImage.TYPE_INT_RGB);

        assertThat(refused(Sample.file(image, "png")))
                .isEqualTo(
                        new Refused(
                                Ground.TOO_SMALL,
                                "The picture has 4 × 400 pixels; a side of less than 5 has no PDQ"
                                        + " hash."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "jpeg"})
    void headerAloneIsDamaged(String format) throws IOException {
        byte[] cut = Arrays.copyOf(sample(format), 20);

        assertThat(refused(cut).ground()).isEqualTo(Ground.DAMAGED);
    }

    @Test
    void damagedFilesOfEveryKindAreAnsweredAndNothingIsThrown() throws IOException {
        byte[] png = Sample.pngWithOrientation(sample("png"), 6);
        byte[] jpeg = Sample.jpegWithOrientation(sample("jpeg"), 6);
        byte[][] files = {
            png,
            jpeg,
            sample("gif"),
            Sample.resource("turned.webp"),
            Sample.resource("lossless.webp"),
            Sample.resource("cmyk.jpg")
        };
        var random = new SplittableRandom(1);
        for (int i = 0; i < 600; i++) {
            byte[] damaged = files[i % files.length].clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                // Most of what can go wrong stands near the beginning.
                int reach = random.nextBoolean() ? damaged.length : 200;
                damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            assertThat(read(damaged)).isNotNull();
        }
    }
}
