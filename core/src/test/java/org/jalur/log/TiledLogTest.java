package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiledLogTest {
    private final MemoryStorage storage = new MemoryStorage();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 513, 700, 65_535, 65_536, 65_537})
    void rootsAndProofsAreThoseOfTheRecursiveDefinitionAcrossTileBorders(int size) {
        List<byte[]> entries = Entries.random(size, size);
        List<Hash> leaves = Entries.leaves(entries);
        var random = new Random(size);
        TiledLog log = grownInRandomSteps(entries, random);

        for (TiledLog each : List.of(log, reopened(log.head()))) {
            assertThat(each.head()).isEqualTo(new TreeHead(size, new NaiveTree(leaves).root()));
            for (int i = 0; i < 24; i++) {
                int to = i == 0 ? size : 1 + random.nextInt(size);
                int index = random.nextInt(to);
                var then = new NaiveTree(leaves.subList(0, to));

                assertThat(each.inclusionProof(index, to).path()).isEqualTo(then.path(index));
                assertThat(each.consistencyProof(index + 1, to).path())
                        .isEqualTo(then.proof(index + 1));
                assertThat(each.head(to).root()).isEqualTo(then.root());
                assertThat(each.entry(index)).isEqualTo(entries.get(index));
                assertThat(each.leafHash(index)).isEqualTo(leaves.get(index));
            }
        }
    }

    @Test
    void everyProofOfALogOfThreeTilesVerifies() {
        List<byte[]> entries = Entries.random(600, 1);
        TiledLog log = grownInRandomSteps(entries, new Random(1));

        for (int i = 0; i < 600; i++) {
            log.inclusionProof(i, 600).verify(log.leafHash(i), log.head().root());
            log.consistencyProof(i, 600).verify(log.head(i).root(), log.head().root());
        }
    }

    @Test
    void stepsInWhichALogGrewDoNotShowInItsHead() {
        List<byte[]> entries = Entries.random(1000, 2);

        TreeHead inSteps = grownInRandomSteps(entries, new Random(2)).head();

        assertThat(emptyLog(new MemoryStorage()).append(entries)).isEqualTo(inSteps);
    }

    @Test
    void everySizeThatWasOnceAHeadCanBeOpenedLater() {
        List<byte[]> entries = Entries.random(520, 3);
        TiledLog log = emptyLog(storage);
        entries.forEach(entry -> log.append(List.of(entry)));

        for (int size = 0; size <= 520; size++) {
            assertThat(reopened(log.head(size)).head().size()).isEqualTo(size);
        }
    }

    @Test
    void smallAppendToALargeLogReadsNothingAndWritesLittle() {
        List<byte[]> entries = Entries.random(65_536 + 100, 4);
        emptyLog(storage).append(entries);
        TiledLog log = reopened(Entries.head(entries));
        storage.forgetCounts();

        log.append(Entries.random(64, 5));

        assertThat(storage.reads).isZero();
        assertThat(storage.writes).isEqualTo(2);
        assertThat(storage.bytesWritten).isLessThan(16 * 1024);
    }

    @Test
    void appendOfNothingChangesNothing() {
        TiledLog log = emptyLog(storage);

        assertThat(log.append(List.of())).isEqualTo(TreeHead.EMPTY);
        assertThat(storage.writes).isZero();
    }

    @Test
    void largestAndEmptyEntriesAreKept() {
        List<byte[]> entries =
                List.of(new byte[0], new byte[TiledLog.MAX_ENTRY_BYTES], new byte[0]);
        TreeHead head = emptyLog(storage).append(entries);

        TiledLog log = reopened(head);

        assertThat(log.entry(0)).isEmpty();
        assertThat(log.entry(1)).hasSize(TiledLog.MAX_ENTRY_BYTES);
        assertThat(log.entry(2)).isEmpty();
    }

    @Test
    void tooLargeEntryIsRefusedBeforeAnythingIsWritten() {
        TiledLog log = emptyLog(storage);

        assertThatThrownBy(() ->
                        log.append(List.of(new byte[1], new byte[TiledLog.MAX_ENTRY_BYTES + 1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThat(storage.writes).isZero();
        assertThat(log.head()).isEqualTo(TreeHead.EMPTY);
    }

    @Test
    void nobodyChangesAnEntryFromOutside() {
        byte[] entry = {1};
        TiledLog log = emptyLog(storage);
        log.append(List.of(entry));

        entry[0] = 2;
        log.entry(0)[0] = 3;

        assertThat(log.entry(0)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, 256, Long.MAX_VALUE, Long.MIN_VALUE})
    void whatTheLogNeverHadIsRefused(long number) {
        TiledLog log = emptyLog(storage);
        log.append(Entries.random(3, 6));

        assertRefused(() -> log.entry(number));
        assertRefused(() -> log.leafHash(number));
        assertRefused(() -> log.inclusionProof(number, 3));
        assertRefused(() -> log.inclusionProof(0, number == 3 ? 4 : number));
        assertRefused(() -> log.consistencyProof(0, number == 3 ? 4 : number));
        assertRefused(() -> log.consistencyProof(number == 3 ? 4 : number, 3));
        assertRefused(() -> log.head(number == 3 ? 4 : number));
    }

    @Test
    void logIsOpenedOnlyWithAPossibleHead() {
        assertRefused(() -> TiledLog.open(storage, -1, MerkleTree.EMPTY_ROOT));
        assertRefused(() -> TiledLog.open(storage, 0, Hash.sha256(new byte[1])));
    }

    private static void assertRefused(Runnable question) {
        assertThatThrownBy(question::run).isInstanceOf(IllegalArgumentException.class);
    }

    private TiledLog grownInRandomSteps(List<byte[]> entries, Random random) {
        TiledLog log = emptyLog(storage);
        int done = 0;
        while (done < entries.size()) {
            int next =
                    Math.min(
                            entries.size(),
                            done + 1 + random.nextInt(entries.size() < 1000 ? 70 : 3000));
            log.append(entries.subList(done, next));
            done = next;
        }
        return log;
    }

    private TiledLog reopened(TreeHead head) {
        return TiledLog.open(storage, head.size(), head.root());
    }

    private static TiledLog emptyLog(LogStorage storage) {
        return TiledLog.open(storage, 0, MerkleTree.EMPTY_ROOT);
    }
}
