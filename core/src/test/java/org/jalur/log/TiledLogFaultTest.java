package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Crashes in the middle of an append, and tiles that someone changed.
class TiledLogFaultTest {
    @ParameterizedTest
    @CsvSource({
        "0,1",
        "0,600",
        "3,5",
        "250,6",
        "250,300",
        "256,256",
        "255,1",
        "65530,10",
        "65000,1100"
    })
    void appendThatDiesAtAnyWriteCanBeRepeated(int before, int added) {
        List<byte[]> entries = Entries.random(before + added, 31L * before + added);
        List<byte[]> batch = entries.subList(before, entries.size());
        var untouched = new MemoryStorage();
        TreeHead old = append(untouched, TreeHead.EMPTY, entries.subList(0, before));
        TreeHead expected = Entries.head(entries);
        var uninterrupted = untouched.copy();
        uninterrupted.forgetCounts();
        append(uninterrupted, old, batch);

        for (int writes = 0; writes < uninterrupted.writes; writes++) {
            MemoryStorage storage = untouched.copy().dyingAfter(writes);
            TiledLog log = TiledLog.open(storage, old.size(), old.root());
            assertThatThrownBy(() -> log.append(batch)).isInstanceOf(UncheckedIOException.class);
            assertThat(log.head()).isEqualTo(old);

            MemoryStorage sameProcess = storage.copy();
            assertThat(append(sameProcess, old, batch)).isEqualTo(expected);
            assertThat(sameProcess.objects.keySet()).isEqualTo(uninterrupted.objects.keySet());
            storage.revived();
            assertThat(log.append(batch)).isEqualTo(expected);
            assertThat(TiledLog.open(storage, expected.size(), expected.root()).head())
                    .isEqualTo(expected);
        }
    }

    @Test
    void repeatedAppendMayCutItsBatchesDifferently() {
        List<byte[]> entries = Entries.random(900, 8);
        MemoryStorage storage = new MemoryStorage().dyingAfter(5);
        assertThatThrownBy(() -> append(storage, TreeHead.EMPTY, entries))
                .isInstanceOf(UncheckedIOException.class);
        storage.revived();

        TreeHead first = append(storage, TreeHead.EMPTY, entries.subList(0, 300));
        TreeHead second = append(storage, first, entries.subList(300, 900));

        assertThat(second).isEqualTo(Entries.head(entries));
    }

    @Test
    void partialTileLeftBehindBeyondTheSizeDoesNotHurt() {
        var storage = new MemoryStorage();
        List<byte[]> kept = Entries.random(10, 1);
        TreeHead old = append(storage, TreeHead.EMPTY, kept);
        append(storage, old, Entries.random(5, 2));
        List<byte[]> entries = new ArrayList<>(kept);
        entries.addAll(Entries.random(5, 3));

        TreeHead head = append(storage, old, entries.subList(10, 15));

        assertThat(head).isEqualTo(Entries.head(entries));
        assertThat(TiledLog.open(storage, head.size(), head.root()).entry(14))
                .isEqualTo(entries.get(14));
    }

    @Test
    void fullTileIsNeverReplacedByOtherEntries() {
        var storage = new MemoryStorage();
        append(storage, TreeHead.EMPTY, Entries.random(256, 1));

        assertThatThrownBy(() -> append(storage, TreeHead.EMPTY, Entries.random(256, 2)))
                .isInstanceOf(ImmutableObjectException.class)
                .hasMessageContaining("000");
    }

    @Test
    void partialTilesMayBeDeletedOnceTheFullOnesExist() {
        var storage = new MemoryStorage();
        List<byte[]> entries = Entries.random(300, 1);
        TreeHead old = append(storage, TreeHead.EMPTY, entries.subList(0, 100));
        TreeHead head = append(storage, old, entries.subList(100, 300));

        storage.objects.remove("tile/0/000.p/100");
        storage.objects.remove("tile/entries/000.p/100");

        assertThat(TiledLog.open(storage, old.size(), old.root()).append(entries.subList(100, 300)))
                .isEqualTo(head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/000",
                "tile/0/001",
                "tile/0/002.p/88",
                "tile/1/000.p/2",
                "tile/entries/000",
                "tile/entries/001",
                "tile/entries/002.p/88"
            })
    void tamperedTileIsFoundAndNamed(String path) {
        var random = new Random(path.hashCode());
        List<byte[]> entries = Entries.random(600, 9);
        var honest = new MemoryStorage();
        TreeHead head = append(honest, TreeHead.EMPTY, entries);
        byte[] bytes = honest.read(path).orElseThrow();

        for (int i = 0; i < 20; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertFound(honest, head, path, flipped);
        }
        assertFound(honest, head, path, Arrays.copyOf(bytes, bytes.length - 1));
        assertFound(honest, head, path, Arrays.copyOf(bytes, bytes.length + 1));
        assertFound(honest, head, path, new byte[0]);
        MemoryStorage withoutIt = honest.copy();
        withoutIt.objects.remove(path);
        assertThatThrownBy(() -> readAll(withoutIt, head))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining(path + " is missing");
    }

    @Test
    void tilesOfAnotherLogAreFound() {
        var storage = new MemoryStorage();
        append(storage, TreeHead.EMPTY, Entries.random(5, 1));
        TreeHead other = Entries.head(Entries.random(5, 2));

        assertThatThrownBy(() -> TiledLog.open(storage, 5, other.root()))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining("another log");
    }

    @Test
    void logOfAbsurdSizeIsMissingItsTilesAndNothingWorse() {
        assertThatThrownBy(() ->
                        TiledLog.open(
                                new MemoryStorage(),
                                Long.MAX_VALUE,
                                MerkleTree.leafHash(new byte[0])))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining("is missing");
    }

    private static void assertFound(
            MemoryStorage honest, TreeHead head, String path, byte[] bytes) {
        MemoryStorage tampered = honest.copy();
        tampered.objects.put(path, bytes);
        assertThatThrownBy(() -> readAll(tampered, head))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining(path);
    }

    private static void readAll(LogStorage storage, TreeHead head) {
        TiledLog log = TiledLog.open(storage, head.size(), head.root());
        for (long i = 0; i < head.size(); i++) {
            log.entry(i);
        }
    }

    private static TreeHead append(LogStorage storage, TreeHead from, List<byte[]> entries) {
        return TiledLog.open(storage, from.size(), from.root()).append(entries);
    }
}
