package org.jalur.tools.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jalur.screening.image.DecoderSettings;
import org.jalur.screening.image.PictureDecoder;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;
import org.junit.jupiter.api.Test;

class DecoderProgramTest {
    private static DecoderSettings settings(int heapMebibytes) {
        return new DecoderSettings(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                heapMebibytes,
                5_000_000,
                100_000_000,
                Duration.ofSeconds(60));
    }

    @Test
    void processAnswersAsTheFileDoes() throws IOException {
        byte[][] files = {
            Sample.file(Sample.image(BufferedImage.TYPE_INT_RGB), "png"),
            Sample.file(Sample.image(BufferedImage.TYPE_INT_RGB), "jpeg"),
            Sample.resource("lossy.webp"),
            Sample.resource("cmyk.jpg"),
            {'n', 'o', 'n', 'e'},
            {}
        };
        try (var decoder = new PictureDecoder(settings(128))) {
            for (byte[] file : files) {
                assertThat(decoder.read(file))
                        .isEqualTo(new PictureFile(file).read(settings(128).maxPixels()));
            }
        }
    }

    @Test
    void pictureThatNeedsTooMuchMemoryCostsOnlyItself() throws IOException {
        byte[] large =
                Sample.file(new BufferedImage(5_000, 5_000, BufferedImage.TYPE_3BYTE_BGR), "png");
        try (var decoder = new PictureDecoder(settings(48))) {
            assertThat(decoder.read(Sample.resource("lossy.webp"))).isInstanceOf(Hashed.class);

            assertThat(decoder.read(large))
                    .isEqualTo(
                            new Refused(
                                    Ground.TOO_LARGE,
                                    "Decoding needs more memory than the decoder's 48 MiB."));
            assertThat(decoder.read(Sample.resource("lossy.webp"))).isInstanceOf(Hashed.class);
        }
    }
}
