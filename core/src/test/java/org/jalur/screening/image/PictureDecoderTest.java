package org.jalur.screening.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
    private static final int LONGEST = 100_000;

    private final PictureDecoder decoder = decoder(Duration.ofSeconds(60));

    private static DecoderSettings settings(Duration limit) {
        return DecoderSettings.of("unused", LONGEST, 1_000_000, limit);
    }

    private static PictureDecoder decoder(Duration limit, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx32m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ObedientDecoder.class.getName()));
        command.addAll(List.of(arguments));
        return new PictureDecoder(settings(limit), command);
    }

    @AfterEach
    void close() {
        decoder.close();
    }

    private static int width(PictureReading reading) {
        assertThat(reading).isInstanceOf(Hashed.class);
        return ((Hashed) reading).width();
    }

    private static Ground ground(PictureReading reading) {
        assertThat(reading).isInstanceOf(Refused.class);
        return ((Refused) reading).ground();
    }

    private PictureReading read(int... octets) {
        byte[] picture = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            picture[i] = (byte) octets[i];
        }
        return decoder.read(picture);
    }

    @Test
    void onePictureAfterTheOtherGoesToTheSameProcess() {
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(2);
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(3);
    }

    @Test
    void pictureThatKillsTheProcessCostsOnlyItself() {
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);

        PictureReading killer = read(ObedientDecoder.DIE);

        assertThat(killer)
                .isEqualTo(
                        new Refused(
                                Ground.CRASHED, "The process that decoded it ended with code 1."));
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);
    }

    @Test
    void pictureAfterAnEarlierOnesDamageIsTriedAfresh() {
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);

        assertThat(width(read(ObedientDecoder.DIE_UNLESS_FIRST))).isEqualTo(1);
    }

    @Test
    void pictureThatExhaustsTheMemoryIsTooLarge() {
        assertThat(ground(read(ObedientDecoder.EXHAUST))).isEqualTo(Ground.TOO_LARGE);
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);
    }

    @Test
    void pictureThatHangsIsEndedWithItsTime() {
        try (PictureDecoder impatient = decoder(Duration.ofSeconds(2))) {
            assertThat(impatient.read(new byte[] {ObedientDecoder.HANG}))
                    .isEqualTo(
                            new Refused(
                                    Ground.TOO_SLOW,
                                    "Decoding took longer than the limit of 2000 ms."));
            assertThat(width(impatient.read(new byte[] {ObedientDecoder.COUNT}))).isEqualTo(1);
        }
    }

    @Test
    void processThatSaysSomethingElseIsNotAskedAgain() {
        assertThat(ground(read(ObedientDecoder.BABBLE))).isEqualTo(Ground.CRASHED);
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);
    }

    @Test
    void processSeesNothingOfOurEnvironment() {
        assertThat(System.getenv()).isNotEmpty();
        assertThat(width(read(ObedientDecoder.SHOW_ENVIRONMENT))).isEqualTo(1);
    }

    @Test
    void fileThatIsTooLongIsNotHandedOver() {
        PictureReading reading = decoder.read(new byte[LONGEST + 1]);

        assertThat(reading)
                .isEqualTo(
                        new Refused(
                                Ground.TOO_LARGE,
                                "The file has 100001 octets; pictures of up to 100000 are"
                                        + " decoded."));
    }

    @Test
    void callersAtOnceGetTheirOwnAnswers() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PictureReading>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int own = i;
                answers.add(callers.submit(() -> read(ObedientDecoder.REPEAT, own)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(width(answers.get(i).get())).isEqualTo(i + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rude", "mute"})
    void processThatDoesNotGreetIsNoDecoder(String manner) {
        try (PictureDecoder bad = decoder(Duration.ofSeconds(60), manner)) {
            assertThatThrownBy(() -> bad.read(new byte[] {ObedientDecoder.COUNT}))
                    .isInstanceOf(DecoderUnavailableException.class)
                    .hasMessageContaining(ObedientDecoder.class.getName());
        }
    }

    @Test
    void programThatIsNotThereIsNamed() {
        try (var nothing =
                new PictureDecoder(settings(Duration.ofSeconds(60)), List.of("/no/such/program"))) {
            assertThatThrownBy(() -> nothing.read(new byte[1]))
                    .isInstanceOf(DecoderUnavailableException.class)
                    .hasMessageContaining("/no/such/program");
        }
    }

    @Test
    void closedDecoderDecodesNothing() {
        assertThat(width(read(ObedientDecoder.COUNT))).isEqualTo(1);
        decoder.close();

        assertThatThrownBy(() -> read(ObedientDecoder.COUNT))
                .isInstanceOf(DecoderUnavailableException.class);
    }

    @Test
    void limitsAreAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecoderSettings.of("x", 0, 1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecoderSettings.of("x", 1, 0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecoderSettings.of("x", 1, 1, Duration.ZERO));
    }
}
