package org.jalur.screening.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jalur.screening.similar.SimilarIndex.Neighbour;
import org.junit.jupiter.api.Test;

class SimilarIndexTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void sketchesWithinADistanceAreThoseOfAScan() {
        List<TextSketch> sketches = sketches(60_000);
        var index = TextSketchIndex.of(sketches);

        for (int distance : List.of(-1, 0, 1, 6, 7, 8, 12, 15, 20, 24, 26, 31, 60, 128, 1000)) {
            for (int i = 0; i < 8; i++) {
                TextSketch query = changed(sketches.get(random.nextInt(sketches.size())), 30);
                assertThat(index.within(query, distance))
                        .as("distance %d", distance)
                        .isEqualTo(scan(sketches, one -> one.distance(query), distance));
            }
        }
    }

    @Test
    void digestsWithinADistanceAreThoseOfAScan() {
        List<Tlsh> digests = digests(30_000);
        var index = TlshIndex.of(digests);

        for (int distance : List.of(-1, 0, 1, 2, 11, 12, 13, 30, 70, 200, 10_000)) {
            for (int i = 0; i < 20; i++) {
                Tlsh query = changed(digests.get(random.nextInt(digests.size())));
                assertThat(index.within(query, distance))
                        .as("distance %d", distance)
                        .isEqualTo(scan(digests, one -> one.distance(query), distance));
            }
        }
    }

    private static <D> List<Neighbour> scan(List<D> digests, ToIntFunction<D> apart, int distance) {
        return IntStream.range(0, digests.size())
                .mapToObj(i -> new Neighbour(i, apart.applyAsInt(digests.get(i))))
                .filter(neighbour -> neighbour.distance() <= distance)
                .sorted(
                        Comparator.comparingInt(Neighbour::distance)
                                .thenComparingInt(Neighbour::ordinal))
                .toList();
    }

    /// Clusters, and bits that are set more often than others, as in real texts.
    private List<TextSketch> sketches(int count) {
        List<TextSketch> sketches = new ArrayList<>();
        while (sketches.size() < count) {
            long often = random.nextLong() | 0xFFFF_0000_FF00_0000L;
            var centre = new TextSketch(often, random.nextLong() & 0x0FFF_FFFF_FFFF_0000L);
            for (int i = random.nextInt(5); i >= 0; i--) {
                sketches.add(changed(centre, 20));
            }
        }
        return sketches.subList(0, count);
    }

    private TextSketch changed(TextSketch sketch, int bits) {
        long high = sketch.high();
        long low = sketch.low();
        for (int i = random.nextInt(bits); i > 0; i--) {
            high ^= random.nextBoolean() ? 1L << random.nextInt(64) : 0;
            low ^= random.nextBoolean() ? 1L << random.nextInt(64) : 0;
        }
        return new TextSketch(high, low);
    }

    private List<Tlsh> digests(int count) {
        List<Tlsh> digests = new ArrayList<>();
        while (digests.size() < count) {
            Tlsh centre = TlshTest.random(random);
            for (int i = random.nextInt(5); i >= 0; i--) {
                digests.add(changed(centre));
            }
        }
        return digests.subList(0, count);
    }

    private Tlsh changed(Tlsh digest) {
        int header = digest.header();
        if (random.nextBoolean()) {
            int length = (header >> 8) + random.nextInt(-2, 3) & 0xFF;
            int ratio = (header >> 4) + random.nextInt(-3, 4) & 0xF;
            int checksum = (header >> 16) ^ random.nextInt(2);
            header = (checksum << 16) | (length << 8) | (ratio << 4) | (header & 0xF);
        }
        long high = digest.high0();
        long low = digest.low1();
        for (int i = random.nextInt(20); i > 0; i--) {
            high ^= 1L << random.nextInt(64);
            low ^= 1L << random.nextInt(64);
        }
        return new Tlsh(header, high, digest.high1(), digest.low0(), low);
    }

    @Test
    void emptyIndexFindsNothing() {
        assertThat(TextSketchIndex.of(List.of()).within(new TextSketch(0, 0), 128)).isEmpty();
        assertThat(TlshIndex.of(List.of()).within(new Tlsh(0, 0, 0, 0, 0), 10_000)).isEmpty();
    }

    @Test
    void searchEndsWhenNoMoreIsWanted() {
        var index = TlshIndex.of(Collections.nCopies(1000, new Tlsh(0, 1, 2, 3, 4)));
        List<Integer> found = new ArrayList<>();

        index.search(
                index.get(0),
                0,
                (ordinal, _) -> {
                    found.add(ordinal);
                    return found.size() < 3;
                });

        assertThat(found).hasSize(3);
    }

    @Test
    void manyTimesTheSameSketchIsFoundThatManyTimes() {
        var index = TextSketchIndex.of(Collections.nCopies(50_000, new TextSketch(1, 2)));

        assertThat(index.within(new TextSketch(1, 3), 3)).hasSize(50_000);
        assertThat(index.within(new TextSketch(-1, -1), 3)).isEmpty();
    }

    @Test
    void indexIsReadAsItWasWritten() throws IOException {
        List<TextSketch> sketches = sketches(20_000);
        List<Tlsh> digests = digests(20_000);

        var sketchIndex = TextSketchIndex.read(in(octets(TextSketchIndex.of(sketches))));
        var digestIndex = TlshIndex.read(in(octets(TlshIndex.of(digests))));

        assertThat(IntStream.range(0, sketchIndex.size()).mapToObj(sketchIndex::get))
                .isEqualTo(sketches);
        assertThat(IntStream.range(0, digestIndex.size()).mapToObj(digestIndex::get))
                .isEqualTo(digests);
        assertThat(octets(digestIndex)).isEqualTo(octets(TlshIndex.of(digests)));
    }

    @Test
    void readingLeavesWhatComesAfter() throws IOException {
        byte[] octets = octets(TlshIndex.of(digests(3)));
        var in = in(Arrays.copyOf(octets, octets.length + 5));

        TlshIndex.read(in);

        assertThat(in.available()).isEqualTo(5);
    }

    @Test
    void everyChangedOctetIsNoticed() throws IOException {
        byte[] octets = octets(TlshIndex.of(digests(20)));
        for (int i = 0; i < octets.length; i++) {
            byte[] changed = octets.clone();
            changed[i] = (byte) (changed[i] ^ 1 << random.nextInt(8));

            assertThatThrownBy(() -> TlshIndex.read(in(changed)))
                    .as("octet %d", i)
                    .isInstanceOf(IOException.class)
                    .isInstanceOf(DamagedIndexException.class);
        }
    }

    @Test
    void everyEarlyEndIsNoticed() throws IOException {
        byte[] octets = octets(TextSketchIndex.of(sketches(20)));
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);

            assertThatThrownBy(() -> TextSketchIndex.read(in(cut)))
                    .isInstanceOf(DamagedIndexException.class)
                    .hasMessageContaining("ends early");
        }
    }

    @Test
    void promiseOfTwoThousandMillionDigestsTakesNoMemory() throws IOException {
        byte[] octets = octets(TlshIndex.of(List.of()));
        for (byte[] count : List.of(new byte[] {0, 0, 0, 25}, new byte[] {-1, -1, -1, 127})) {
            System.arraycopy(count, 0, octets, StoredDigests.WHAT, 4);

            assertThatThrownBy(() -> TlshIndex.read(in(octets)))
                    .isInstanceOf(DamagedIndexException.class);
        }
    }

    @Test
    void indexOfAnotherKindIsRefused() throws IOException {
        byte[] octets = octets(TlshIndex.of(digests(20)));

        assertThatThrownBy(() -> TextSketchIndex.read(in(octets)))
                .isInstanceOf(DamagedIndexException.class)
                .hasMessageContaining("does not begin with jsketch1");
    }

    @Test
    void ordinalThatIsNoneIsRefused() {
        for (SimilarIndex<?> index :
                Stream.of(TlshIndex.of(digests(3)), TextSketchIndex.of(sketches(3))).toList()) {
            assertThatThrownBy(() -> index.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> index.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static ByteArrayInputStream in(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }

    private static byte[] octets(SimilarIndex<?> index) throws IOException {
        var out = new ByteArrayOutputStream();
        index.writeTo(out);
        return out.toByteArray();
    }
}
