package org.jalur.screening.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything is checked against a search that looks at every hash. */
class PdqIndexTest {
    private static final Path VECTORS = Path.of("src/test/resources/pdq");

    /** More than this are cut into chunks of 16 bits, fewer into chunks of 8. */
    private static final int LARGE = 60_000;

    private final RandomGenerator random = new SplittableRandom(5);

    private record Found(int ordinal, int distance) {}

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 31, 32, 33, 1000, 3000, LARGE})
    void findsAllAndOnlyThoseWithinEveryRadius(int size) {
        List<PdqHash> hashes = Hashes.random(random, size);
        PdqIndex index = indexOf(hashes);

        for (int radius = 0; radius <= PdqIndex.MAX_RADIUS; radius++) {
            assertExact(index, hashes, Hashes.random(random), radius);
            for (int bits = 0;
                    bits <= PdqIndex.MAX_RADIUS + 1 && size > 0;
                    bits += 1 + random.nextInt(4)) {
                PdqHash stored = hashes.get(random.nextInt(size));
                assertExact(index, hashes, Hashes.flipped(stored, bits, random), radius);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, LARGE})
    void findsAllOfClusters(int size) {
        assertExactNearStored(Hashes.clustered(random, size, 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, LARGE})
    void findsAllWhereBitsGoTogether(int size) {
        assertExactNearStored(Hashes.striped(random, size));
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, LARGE})
    void findsEachOfManyDuplicatesOnce(int size) {
        List<PdqHash> few = Hashes.random(random, 3);
        List<PdqHash> hashes = new ArrayList<>(Hashes.random(random, size / 2));
        for (int i = 0; i < size / 2; i++) {
            hashes.add(few.get(i % few.size()));
        }
        Collections.shuffle(hashes, new Random(1));

        assertExactNearStored(hashes);
    }

    @Test
    void findsTheSameHashManyTimes() {
        List<PdqHash> hashes = Collections.nCopies(5000, Hashes.random(random));

        assertExact(indexOf(hashes), hashes, hashes.getFirst(), 0);
        assertExact(indexOf(hashes), hashes, Hashes.flipped(hashes.getFirst(), 31, random), 31);
        assertExact(indexOf(hashes), hashes, Hashes.flipped(hashes.getFirst(), 32, random), 31);
    }

    @Test
    void findsHashesOfWhichAllBitsAreEqual() {
        var none = new PdqHash(0, 0, 0, 0);
        var all = new PdqHash(-1, -1, -1, -1);
        List<PdqHash> hashes = List.of(none, all, none);

        for (int radius = 0; radius <= PdqIndex.MAX_RADIUS; radius++) {
            assertExact(indexOf(hashes), hashes, none, radius);
            assertExact(indexOf(hashes), hashes, all, radius);
        }
    }

    @Test
    void findsTheNeedlesInTheHaystack() throws IOException {
        List<PdqHash> haystack = hashes("haystack.txt");
        PdqIndex index = indexOf(haystack);

        int found = 0;
        for (PdqHash needle : hashes("needles.txt")) {
            for (int radius = 0; radius <= PdqIndex.MAX_RADIUS; radius++) {
                found += assertExact(index, haystack, needle, radius);
            }
        }
        assertThat(found).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 32, 256, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesAnotherRadius(int radius) {
        PdqIndex index = indexOf(Hashes.random(random, 10));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(Hashes.random(random), radius, (_, _) -> {}))
                .withMessageContaining(String.valueOf(radius));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 399})
    void refusesHashesThatAreNotComplete(int words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PdqIndex.of(new long[words]))
                .withMessageContaining(String.valueOf(words));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, PdqIndex.MAX_SIZE + 1, Integer.MAX_VALUE})
    void refusesToExpectMoreHashesThanItCanHold(int expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PdqIndex.builder(expected))
                .withMessageContaining(String.valueOf(expected));
    }

    @Test
    void doesNotChangeWithTheWordsItWasMadeFrom() {
        long[] words = {1, 2, 3, 4};
        PdqIndex index = PdqIndex.of(words);

        words[0] = 99;

        assertThat(index.hash(0)).isEqualTo(new PdqHash(1, 2, 3, 4));
    }

    @Test
    void keepsEveryHashAsItCame() {
        List<PdqHash> hashes = Hashes.random(random, 500);
        PdqIndex.Builder builder = PdqIndex.builder(0);
        hashes.forEach(builder::add);
        PdqIndex index = builder.build();

        assertThat(index.size()).isEqualTo(500);
        for (int ordinal = 0; ordinal < hashes.size(); ordinal++) {
            assertThat(index.hash(ordinal)).isEqualTo(hashes.get(ordinal));
        }
    }

    @Test
    void searchThatFailsLeavesTheIndexUsable() {
        List<PdqHash> hashes = Hashes.clustered(random, 1000, 2);
        PdqIndex index = indexOf(hashes);

        assertThatThrownBy(() ->
                        index.search(
                                hashes.getFirst(),
                                31,
                                (_, _) -> {
                                    throw new IllegalStateException("enough");
                                }))
                .hasMessage("enough");

        assertExact(index, hashes, hashes.getFirst(), 31);
    }

    @Test
    void searchWithinASearchDisturbsNeither() {
        List<PdqHash> hashes = Hashes.clustered(random, 1000, 2);
        PdqIndex index = indexOf(hashes);
        PdqHash query = hashes.getFirst();

        List<Found> outer = new ArrayList<>();
        index.search(
                query,
                31,
                (ordinal, distance) -> {
                    outer.add(new Found(ordinal, distance));
                    assertThat(search(index, hashes.get(ordinal), 31))
                            .contains(new Found(ordinal, 0));
                });

        assertThat(outer).containsExactlyInAnyOrderElementsOf(everyNear(hashes, query, 31));
    }

    @Test
    void manyThreadsSearchAtOnce() throws Exception {
        List<PdqHash> hashes = Hashes.clustered(random, 3000, 20);
        PdqIndex index = indexOf(hashes);

        Callable<Boolean> searches =
                () -> {
                    for (int i = 0; i < 50; i++) {
                        assertExact(index, hashes, hashes.get(i), 31);
                    }
                    return true;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(100, searches))) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private void assertExactNearStored(List<PdqHash> hashes) {
        PdqIndex index = indexOf(hashes);
        for (int radius = 0; radius <= PdqIndex.MAX_RADIUS; radius++) {
            PdqHash stored = hashes.get(random.nextInt(hashes.size()));
            assertExact(index, hashes, stored, radius);
            assertExact(index, hashes, Hashes.flipped(stored, random.nextInt(33), random), radius);
        }
    }

    private static int assertExact(
            PdqIndex index, List<PdqHash> hashes, PdqHash query, int radius) {
        List<Found> expected = everyNear(hashes, query, radius);

        assertThat(search(index, query, radius))
                .as("%s within %d", query, radius)
                .containsExactlyElementsOf(expected);
        return expected.size();
    }

    private static List<Found> search(PdqIndex index, PdqHash query, int radius) {
        List<Found> found = new ArrayList<>();
        index.search(query, radius, (ordinal, distance) -> found.add(new Found(ordinal, distance)));
        found.sort(Comparator.comparingInt(Found::ordinal));
        return found;
    }

    private static List<Found> everyNear(List<PdqHash> hashes, PdqHash query, int radius) {
        List<Found> near = new ArrayList<>();
        for (int ordinal = 0; ordinal < hashes.size(); ordinal++) {
            int distance = query.distance(hashes.get(ordinal));
            if (distance <= radius) {
                near.add(new Found(ordinal, distance));
            }
        }
        return near;
    }

    private static PdqIndex indexOf(List<PdqHash> hashes) {
        PdqIndex.Builder builder = PdqIndex.builder(hashes.size());
        hashes.forEach(builder::add);
        return builder.build();
    }

    private static List<PdqHash> hashes(String file) throws IOException {
        return Files.readAllLines(VECTORS.resolve(file), StandardCharsets.US_ASCII).stream()
                .map(PdqHash::parse)
                .toList();
    }
}
