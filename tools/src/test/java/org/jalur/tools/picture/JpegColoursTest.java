package org.jalur.tools.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jalur.screening.image.PictureReading.Hashed;
import org.junit.jupiter.api.Test;

class JpegColoursTest {
    /** JFIF's segment as the JDK writes it, marker and length included. */
    private static final int JFIF_LENGTH = 18;

    private static byte[] jpeg(int type) throws IOException {
        return Sample.file(Sample.image(type), "jpeg");
    }

    private static byte[] withoutJfif(byte[] jpeg) {
        return ByteBuffer.allocate(jpeg.length - JFIF_LENGTH)
                .put(jpeg, 0, 2)
                .put(jpeg, 2 + JFIF_LENGTH, jpeg.length - 2 - JFIF_LENGTH)
                .array();
    }

    private static byte[] withAdobe(byte[] jpeg, int transform) {
        byte[] segment = {
            (byte) 0xff,
            (byte) 0xee,
            0,
            14,
            'A',
            'd',
            'o',
            'b',
            'e',
            0,
            100,
            0,
            0,
            0,
            0,
            (byte) transform
        };
        return ByteBuffer.allocate(jpeg.length + segment.length)
                .put(jpeg, 0, 2)
                .put(segment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @Test
    void jfifExifAdobesTransformAndGreyMeanLuma() throws IOException {
        byte[] jfif = jpeg(BufferedImage.TYPE_INT_RGB);
        byte[] bare = withoutJfif(jfif);

        assertThat(JpegColours.areLumaAndChroma(jfif)).isTrue();
        assertThat(JpegColours.areLumaAndChroma(Sample.jpegWithOrientation(bare, 1))).isTrue();
        assertThat(JpegColours.areLumaAndChroma(withAdobe(bare, 1))).isTrue();
        assertThat(JpegColours.areLumaAndChroma(withoutJfif(jpeg(BufferedImage.TYPE_BYTE_GRAY))))
                .isTrue();
    }

    @Test
    void otherFilesAreNotTakenForLuma() throws IOException {
        byte[] bare = withoutJfif(jpeg(BufferedImage.TYPE_INT_RGB));

        assertThat(JpegColours.areLumaAndChroma(bare)).isFalse();
        assertThat(JpegColours.areLumaAndChroma(withAdobe(bare, 0))).isFalse();
        assertThat(JpegColours.areLumaAndChroma(withAdobe(jpeg(BufferedImage.TYPE_INT_RGB), 0)))
                .isFalse();
        assertThat(JpegColours.areLumaAndChroma(Sample.resource("cmyk.jpg"))).isFalse();
    }

    @Test
    void cutOrDamagedHeaderNeverThrows() throws IOException {
        byte[] jpeg = withAdobe(jpeg(BufferedImage.TYPE_INT_RGB), 1);
        for (int length = 3; length < 700; length++) {
            JpegColours.areLumaAndChroma(Arrays.copyOf(jpeg, length));
        }
        var random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = jpeg.clone();
            damaged[random.nextInt(2, 700)] = (byte) random.nextInt();
            JpegColours.areLumaAndChroma(damaged);
        }
        assertThat(JpegColours.areLumaAndChroma(Arrays.copyOf(jpeg, 40))).isFalse();
    }

    @Test
    void fileWhoseColoursAreGuessedIsDecodedAllTheSame() throws IOException {
        byte[] bare = withoutJfif(jpeg(BufferedImage.TYPE_INT_RGB));

        assertThat(new PictureFile(bare).read(1_000_000)).isInstanceOf(Hashed.class);
    }
}
