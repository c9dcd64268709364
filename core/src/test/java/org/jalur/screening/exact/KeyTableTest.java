package org.jalur.screening.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    private static final KeyHash HASH = KeyHash.drawn(new SplittableRandom(7));

    @Test
    void emptyTableFindsNothing() {
        KeyTable table = table(List.of());

        assertThat(table.size()).isZero();
        assertThat(find(table, "t.me/sample")).isEmpty();
        assertThat(inBatch(table, List.of("", "t.me/sample"))).isEmpty();
    }

    @Test
    void keyIsNotFoundByItsBeginningNorByAnythingLonger() {
        KeyTable table = table(List.of("example.org/a"));

        assertThat(find(table, "example.org/a")).containsExactly(0);
        assertThat(find(table, "example.org/")).isEmpty();
        assertThat(find(table, "example.org/a\0")).isEmpty();
        assertThat(find(table, "")).isEmpty();
    }

    @Test
    void emptyKeyIsAKey() {
        assertThat(find(table(List.of("a", "")), "")).containsExactly(1);
    }

    @Test
    void everyEntryOfARepeatedKeyIsReportedInRisingOrder() {
        KeyTable table = table(List.of("b", "a", "b", "c", "b"));

        assertThat(find(table, "b")).containsExactly(0, 2, 4);
        assertThat(inBatch(table, List.of("c", "b", "d")))
                .containsOnly(Map.entry(0, List.of(3)), Map.entry(1, List.of(0, 2, 4)));
    }

    @Test
    void oneKeyRepeatedManyTimesLeavesTheOthersToBeFound() {
        List<String> keys = new ArrayList<>();
        IntStream.range(0, 200_000).forEach(i -> keys.add(i % 100 == 0 ? "other " + i : "same"));
        KeyTable table = table(keys);

        assertThat(find(table, "same")).hasSize(198_000).isSorted();
        assertThat(find(table, "other 500")).containsExactly(500);
        assertThat(find(table, "other 501")).isEmpty();
    }

    @Test
    void keysWhoseHashesAreTheSameAreToldApartByTheirBytes() {
        var keys = new PackedKeys.Builder();
        IntStream.range(0, 100).forEach(i -> keys.add("key " + i % 50));
        var colliding = new Colliding(keys.build());
        KeyTable table = KeyTable.of(colliding, HASH);

        // All stand where the last of them is looked for.
        byte[] last = "key 49".getBytes(StandardCharsets.UTF_8);
        assertThat(table.find(last)).containsExactly(49, 99);
        var batch = new KeyBatch(HASH);
        batch.add(last, 0, last.length);
        List<Integer> found = new ArrayList<>();
        table.find(batch, (_, ordinal) -> found.add(ordinal));
        assertThat(found).containsExactly(49, 99);
    }

    @Test
    void batchOfAnotherHashIsRefused() {
        var batch = new KeyBatch(KeyHash.secret());

        assertThatThrownBy(() -> table(List.of("a")).find(batch, (_, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void batchIsUsedAgainAfterItIsCleared() {
        KeyTable table = table(List.of("a", "b"));
        var batch = new KeyBatch(HASH);
        byte[] both = {'a', 'b'};
        batch.add(both, 0, 1);
        batch.clear();
        batch.add(both, 1, 2);

        List<Integer> found = new ArrayList<>();
        table.find(batch, (place, ordinal) -> found.addAll(List.of(place, ordinal)));

        assertThat(found).containsExactly(0, 1);
    }

    @Test
    void tablesOfAllSizesFindWhatAMapFinds() throws IOException {
        var random = new SplittableRandom(42);
        for (int size : new int[] {1, 2, 12, 13, 16, 17, 100, 1000, 30_000}) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                keys.add("x".repeat(random.nextInt(40)) + random.nextInt(Math.max(1, size)));
            }
            KeyTable table = table(keys);
            assertFindsLikeAMap(table, keys, random);
            assertFindsLikeAMap(readBack(table, keys), keys, random);
        }
    }

    private static void assertFindsLikeAMap(
            KeyTable table, List<String> keys, SplittableRandom random) {
        Map<String, List<Integer>> expected = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            expected.computeIfAbsent(keys.get(i), _ -> new ArrayList<>()).add(i);
        }
        List<String> sought = new ArrayList<>();
        Map<Integer, List<Integer>> found = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            String key =
                    random.nextBoolean()
                            ? keys.get(random.nextInt(keys.size()))
                            : "x" + random.nextInt();
            List<Integer> ordinals = expected.getOrDefault(key, List.of());
            assertThat(Arrays.stream(find(table, key)).boxed().toList()).isEqualTo(ordinals);
            if (!ordinals.isEmpty()) {
                found.put(i, ordinals);
            }
            sought.add(key);
        }
        assertThat(inBatch(table, sought)).isEqualTo(found);
    }

    @Test
    void damagedTableIsRefusedWhereverTheDamageIs() throws IOException {
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "key " + i % 30).toList();
        byte[] written = written(table(keys));
        for (int i = 0; i < written.length; i++) {
            byte[] damaged = written.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> read(damaged, keys)).isInstanceOf(DamagedTableException.class);
        }
    }

    @Test
    void tableCutShortIsRefused() throws IOException {
        List<String> keys = List.of("a", "b", "a");
        byte[] written = written(table(keys));
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> read(cut, keys)).isInstanceOf(DamagedTableException.class);
        }
    }

    @Test
    void tableOfOtherKeysIsRefusedByTheirNumber() throws IOException {
        byte[] written = written(table(List.of("a", "b")));

        assertThatThrownBy(() -> read(written, List.of("a", "b", "c")))
                .isInstanceOf(DamagedTableException.class)
                .hasMessageContaining("entries");
    }

    /** Keys that all have the hash of the last one. */
    private record Colliding(PackedKeys keys) implements Keys {
        @Override
        public int size() {
            return keys.size();
        }

        @Override
        public byte[] key(int ordinal) {
            return keys.key(ordinal);
        }

        @Override
        public boolean isEqual(int ordinal, byte[] bytes, int from, int to) {
            return keys.isEqual(ordinal, bytes, from, to);
        }

        @Override
        public long hash(int ordinal, KeyHash hash) {
            return keys.hash(size() - 1, hash);
        }
    }

    private static PackedKeys packed(List<String> keys) {
        var packed = new PackedKeys.Builder();
        keys.forEach(packed::add);
        return packed.build();
    }

    private static KeyTable table(List<String> keys) {
        return KeyTable.of(packed(keys), HASH);
    }

    private static int[] find(KeyTable table, String key) {
        return table.find(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<Integer, List<Integer>> inBatch(KeyTable table, List<String> keys) {
        var batch = new KeyBatch(table.hash());
        for (String key : keys) {
            byte[] bytes = ("<" + key + ">").getBytes(StandardCharsets.UTF_8);
            batch.add(bytes, 1, bytes.length - 1);
        }
        Map<Integer, List<Integer>> found = new HashMap<>();
        table.find(
                batch,
                (place, ordinal) ->
                        found.computeIfAbsent(place, _ -> new ArrayList<>()).add(ordinal));
        return found;
    }

    private static byte[] written(KeyTable table) throws IOException {
        var out = new ByteArrayOutputStream();
        table.writeTo(out);
        return out.toByteArray();
    }

    private static KeyTable read(byte[] written, List<String> keys) throws IOException {
        return KeyTable.readFrom(new ByteArrayInputStream(written), packed(keys));
    }

    private static KeyTable readBack(KeyTable table, List<String> keys) throws IOException {
        return read(written(table), keys);
    }
}
