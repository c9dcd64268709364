package org.jalur.screening.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlshTest {
    // From the unit test of the published implementation, with its expected output.
    private static final String LILI =
            "T109F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E68114448";
    private static final String JON =
            "T1301124198C869A5A4F0F9380A9AE92F2B9278F42089EA34272885F0FB2D34E6911444C";

    @Test
    void publishedExampleHasItsPublishedDigest() {
        assertThat(published("This is a test for Lili Diao. ", 512)).hasToString(LILI);
        assertThat(published("This is a test for Jon Oliver. ", 1024)).hasToString(JON);
    }

    @Test
    void publishedExamplesAreAsFarApartAsPublished() {
        assertThat(Tlsh.parse(LILI).distance(Tlsh.parse(JON))).isEqualTo(121);
    }

    private static Tlsh published(String start, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length - 1; i++) {
            octets[i] = (byte) ('A' + i % 26);
        }
        byte[] text =
                (start + "This is a string. Hello Hello Hello ")
                        .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, octets, 0, text.length);
        return Tlsh.of(octets).orElseThrow();
    }

    @Test
    void digestsAndDistancesAreThoseOfThePublishedImplementation() throws IOException {
        Tlsh before = Tlsh.parse(LILI);
        List<String> lines = vectors();
        for (String line : lines) {
            List<String> fields = List.of(line.split(",", -1));
            byte[] sample = sample(Long.parseLong(fields.get(0)), Integer.parseInt(fields.get(1)));
            Tlsh digest = Tlsh.of(sample).orElseThrow();

            assertThat(digest).as(line).hasToString(fields.get(2));
            assertThat(digest.distance(before)).as(line).isEqualTo(Integer.parseInt(fields.get(3)));
            before = digest;
        }
        assertThat(lines).hasSizeGreaterThan(90);
    }

    private static List<String> vectors() throws IOException {
        try (InputStream in = TlshTest.class.getResourceAsStream("tlsh.csv")) {
            String all =
                    new String(
                            Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            return all.lines().skip(1).toList();
        }
    }

    /// Octets as the vectors were made from: few values with an even seed, all with an odd one.
    static byte[] sample(long seed, int length) {
        byte[] octets = new byte[length];
        long state = seed;
        for (int i = 0; i < length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            int value = (int) (state >>> 56);
            octets[i] = (byte) (seed % 2 == 0 ? 'a' + value % 20 : value);
        }
        return octets;
    }

    @Test
    void lengthsAtTheBorderOfTwoClassesAreInTheClassOfThePublishedTable() {
        // Among these are the lengths where double precision alone would differ.
        assertThat(List.of(656, 657, 3171, 3172, 190335, 190336, 2062236, 2062237, 1970657857))
                .map(TlshBuckets::lengthClass)
                .containsExactly(15, 16, 21, 22, 64, 65, 89, 90, 162);
    }

    @Test
    void textFormIsReadAsItIsWritten() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            Tlsh digest = random(random);

            assertThat(Tlsh.parse(digest.toString())).isEqualTo(digest);
            assertThat(Tlsh.parse(digest.toString().substring(2))).isEqualTo(digest);
            assertThat(Tlsh.parse("T1" + digest.toString().substring(2).toLowerCase(Locale.ROOT)))
                    .isEqualTo(digest);
        }
    }

    @Test
    void distanceIsThatOfTheDefinition() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            Tlsh one = random(random);
            Tlsh other = random(random);

            assertThat(one.distance(other)).isEqualTo(defined(one, other));
            assertThat(other.distance(one)).isEqualTo(one.distance(other));
            assertThat(one.distance(one)).isZero();
        }
    }

    private static int defined(Tlsh one, Tlsh other) {
        int distance = one.header() >> 16 == other.header() >> 16 ? 0 : 1;
        distance += around(one.header() >> 8 & 0xFF, other.header() >> 8 & 0xFF, 256, 0);
        distance += around(one.header() >> 4 & 15, other.header() >> 4 & 15, 16, 1);
        distance += around(one.header() & 15, other.header() & 15, 16, 1);
        for (int bucket = 0; bucket < 128; bucket++) {
            int apart = Math.abs(quartile(one, bucket) - quartile(other, bucket));
            distance += apart == 3 ? 6 : apart;
        }
        return distance;
    }

    private static int around(int one, int other, int circle, int free) {
        int apart =
                Math.min(Math.floorMod(one - other, circle), Math.floorMod(other - one, circle));
        return apart <= 1 ? apart : 12 * (apart - free);
    }

    private static int quartile(Tlsh digest, int bucket) {
        long high = bucket < 64 ? digest.high0() : digest.high1();
        long low = bucket < 64 ? digest.low0() : digest.low1();
        return (int) (2 * (high >>> bucket & 1) + (low >>> bucket & 1));
    }

    static Tlsh random(SplittableRandom random) {
        return new Tlsh(
                random.nextInt(1 << 24),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
    }

    @Test
    void shortTextHasNoDigest() {
        assertThat(Tlsh.of(new byte[0])).isEmpty();
        assertThat(Tlsh.of(sample(1, 49))).isEmpty();
        assertThat(Tlsh.of(sample(1, 50))).isPresent();
    }

    @Test
    void uniformTextHasNoDigestHoweverLong() {
        assertThat(Tlsh.of(new byte[100_000])).isEmpty();
        assertThat(Tlsh.of("ab".repeat(1000).getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }

    @Test
    void partOfAnArrayHasTheDigestOfItsCopy() {
        byte[] octets = sample(3, 500);

        assertThat(Tlsh.of(octets, 100, 300))
                .isEqualTo(Tlsh.of(Arrays.copyOfRange(octets, 100, 400)));
    }

    @Test
    void partOutsideOfTheArrayIsRefused() {
        assertThatThrownBy(() -> Tlsh.of(new byte[100], 60, 50))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Tlsh.of(new byte[100], -1, 60))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "T1",
                "TNULL",
                "T2" + "09F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E68114448",
                "t1" + "09F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E68114448",
                "T109F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E6811444",
                "T109F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E68114448A",
                "T109F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E6811444G",
                "T109F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E6811444\u0661",
                "T1 9F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E68114448"
            })
    void otherTextIsNoDigest(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tlsh.parse(text))
                .withMessageContaining("not a TLSH digest");
    }

    @Test
    void refusalOfALongTextIsShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tlsh.parse("A".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void headerOfMoreThan24BitsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tlsh(1 << 24, 0, 0, 0, 0));
    }
}
