package org.jalur.screening.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdqHasherTest {
    /** PDQ hashes at most this far apart are taken for the same picture. */
    private static final int MATCH = 31;

    /** What the C++ reference computed of a file. */
    private record Expected(String file, PdqHash hash, int quality) {
        static Expected parse(String line) {
            String[] cells = line.split(",");
            return new Expected(cells[0], PdqHash.parse(cells[1]), Integer.parseInt(cells[2]));
        }
    }

    private static List<Expected> expected() throws IOException {
        try (InputStream in = open("expected.csv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(Expected::parse)
                    .toList();
        }
    }

    private static Expected expected(String file) throws IOException {
        return expected().stream().filter(one -> one.file().equals(file)).findFirst().orElseThrow();
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(PdqHasherTest.class.getResourceAsStream("/pdq/" + file));
    }

    private static Pixels picture(String file) throws IOException {
        try (InputStream in = open(file)) {
            return Pixels.of(ImageIO.read(in));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small.jpg",
                "wee.jpg",
                "bridge-mods/aaa-orig.jpg",
                "bridge-mods/blur-a-lot.jpg",
                "bridge-mods/shrink-a-little.jpg",
                "bridge-mods/shrink-a-lot.jpg",
                "bridge-mods/square-128x128.jpg",
                "bridge-mods/square-256x256.jpg",
                "bridge-mods/square-512x512.jpg"
            })
    void pictureHasTheHashAndQualityOfTheReference(String file) throws IOException {
        Pixels picture = picture(file);

        PictureHash hash = PdqHasher.hash(picture.luma());

        Expected reference = expected(file);
        assertThat(hash.quality()).isEqualTo(reference.quality());
        // One decoder may round otherwise than another; with the same pixels it is none.
        assertThat(hash.hash().distance(reference.hash())).isLessThanOrEqualTo(4);
        assertThat(hash).isEqualTo(WholeFilter.hash(picture.brightness()));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 63, 64, 65, 127, 128, 129, 255, 256, 257, 384, 385, 511, 512, 513})
    void everySideGivesWhatTheWholeFilterGives(int side) {
        Pixels wide = Pixels.random(side, 70, side);
        Pixels high = Pixels.random(70, side, -side);

        assertThat(PdqHasher.hash(wide.luma())).isEqualTo(WholeFilter.hash(wide.brightness()));
        assertThat(PdqHasher.hash(high.luma())).isEqualTo(WholeFilter.hash(high.brightness()));
    }

    @Test
    void randomPicturesGiveWhatTheWholeFilterGives() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            Pixels picture = Pixels.random(random.nextInt(5, 900), random.nextInt(5, 900), i);

            assertThat(PdqHasher.hash(picture.luma()))
                    .as("%d × %d", picture.width(), picture.height())
                    .isEqualTo(WholeFilter.hash(picture.brightness()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void turnedFormHasTheHashOfTheTurnedPixels(Orientation orientation) {
        // At this size every pixel is a sample, so that turning loses nothing.
        Pixels picture = Pixels.random(64, 64, 7);

        TurnedHashes hashes = PdqHasher.hashes(picture.luma());

        assertThat(hashes.of(orientation))
                .isEqualTo(PdqHasher.hash(picture.turned(orientation).luma()));
    }

    @Test
    void turnedFormsOfAPhotographAreNearTheReferencesHashesOfTurnedFiles() throws IOException {
        TurnedHashes hashes = PdqHasher.hashes(picture("bridge-mods/aaa-orig.jpg").luma());

        Map<Orientation, String> files =
                Map.of(
                        Orientation.QUARTER_TURN_LEFT, "dih/bridge-2-rotate-90.jpg",
                        Orientation.HALF_TURN, "dih/bridge-3-rotate-180.jpg",
                        Orientation.QUARTER_TURN_RIGHT, "dih/bridge-4-rotate-270.jpg",
                        Orientation.FLIPPED, "dih/bridge-5-flipx.jpg",
                        Orientation.MIRRORED, "dih/bridge-6-flipy.jpg",
                        Orientation.TRANSPOSED, "dih/bridge-7-flip-plus-1.jpg",
                        Orientation.TRANSVERSED, "dih/bridge-8-flip-minus-1.jpg");
        for (var file : files.entrySet()) {
            assertThat(hashes.of(file.getKey()).hash().distance(expected(file.getValue()).hash()))
                    .as(file.getValue())
                    .isLessThanOrEqualTo(MATCH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storedPixelsAreTurnedUpright(Orientation orientation) {
        for (Pixels stored : List.of(Pixels.random(31, 90, 3), Pixels.random(700, 333, 4))) {
            PictureHash upright = PdqHasher.hash(stored.turned(orientation).luma());

            assertThat(PdqHasher.hash(stored.luma(orientation))).isEqualTo(upright);
        }
    }

    @Test
    void uprightFormIsTheHashItself() {
        Luma luma = Pixels.random(200, 100, 5).luma();

        assertThat(PdqHasher.hashes(luma).upright()).isEqualTo(PdqHasher.hash(luma));
    }

    @Test
    void pictureWithoutStructureHasNoQuality() {
        Luma flat = Luma.of(300, 200, (row, columns, luma) -> {});

        assertThat(PdqHasher.hash(flat).quality()).isZero();
    }

    @Test
    void halfOfTheBitsAreSet() {
        PdqHash hash = PdqHasher.hash(Pixels.random(640, 480, 6).luma()).hash();

        assertThat(hash.distance(new PdqHash(0, 0, 0, 0))).isEqualTo(PdqHash.BITS / 2);
    }

    @Test
    void greyWeighsAsMuchAsTheColourItLooksLike() {
        assertThat(Luma.ofGrey(77)).isEqualTo(Luma.ofColour(0x4d4d4d));
    }

    @Test
    void alphaAboveAColourIsIgnored() {
        assertThat(Luma.ofColour(0xff123456)).isEqualTo(Luma.ofColour(0x123456));
    }

    @Test
    void sideOfFourPixelsIsTooShort() {
        LumaRows black = (row, columns, luma) -> {};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Luma.of(4, 900, black))
                .withMessage("4 × 900 pixels: a side is shorter than 5");
        assertThatIllegalArgumentException().isThrownBy(() -> Luma.of(900, 4, black));
        assertThatIllegalArgumentException().isThrownBy(() -> Luma.of(0, 0, black));
    }

    @Test
    void qualityAbove100IsNone() {
        PdqHash hash = new PdqHash(1, 2, 3, 4);

        assertThatIllegalArgumentException().isThrownBy(() -> new PictureHash(hash, 101));
        assertThatIllegalArgumentException().isThrownBy(() -> new PictureHash(hash, -1));
    }

    @Test
    void sevenHashesAreNotTheEightForms() {
        List<PdqHash> seven = Collections.nCopies(7, new PdqHash(1, 2, 3, 4));

        assertThatIllegalArgumentException().isThrownBy(() -> new TurnedHashes(50, seven));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, -1, 65536})
    void valuesThatExifDoesNotKnowAreNoOrientation(int value) {
        assertThat(Orientation.ofExif(value)).isEmpty();
    }
}
