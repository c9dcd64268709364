package org.jalur.screening.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;
import org.junit.jupiter.api.Test;

class DecoderWireTest {
    private static final Hashed HASHED =
            new Hashed(
                    640,
                    480,
                    new TurnedHashes(90, Collections.nCopies(8, new PdqHash(1, -2, 3, 4))));
    private static final Refused REFUSED = new Refused(Ground.DAMAGED, "Only half of it is there.");

    private static byte[] written(PictureReading reading) throws IOException {
        var out = new ByteArrayOutputStream();
        DecoderWire.write(reading, new DataOutputStream(out));
        return out.toByteArray();
    }

    private static PictureReading read(byte[] octets) throws IOException {
        return DecoderWire.read(new DataInputStream(new ByteArrayInputStream(octets)));
    }

    @Test
    void answersArriveAsTheyWereSent() throws IOException {
        assertThat(read(written(HASHED))).isEqualTo(HASHED);
        assertThat(read(written(REFUSED))).isEqualTo(REFUSED);
    }

    @Test
    void answerThatEndsEarlyIsNone() throws IOException {
        for (PictureReading reading : new PictureReading[] {HASHED, REFUSED}) {
            byte[] whole = written(reading);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);

                assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void unknownKindQualityGroundAndSizeAreNoAnswer() throws IOException {
        byte[] kind = written(HASHED);
        kind[0] = 7;
        byte[] width = written(HASHED);
        width[1] = -1;
        byte[] quality = written(HASHED);
        quality[9] = 101;
        byte[] ground = written(REFUSED);
        ground[3] = 'X';

        for (byte[] wrong : new byte[][] {kind, width, quality, ground}) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("not an answer");
        }
    }

    @Test
    void randomOctetsAreAnAnswerOrAnIoException() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            if (octets.length > 0) {
                octets[0] = (byte) random.nextInt(3);
            }
            try {
                assertThat(read(octets)).isNotNull();
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }
}
