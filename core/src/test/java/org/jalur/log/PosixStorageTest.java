package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixStorageTest {
    @TempDir private Path temporary;

    private Path folder;
    private PosixStorage storage;

    @BeforeEach
    void createTheFolder() {
        folder = temporary.resolve("log");
        storage = new PosixStorage(folder);
    }

    @Test
    void objectsAreFilesWithNothingBesideThem() throws IOException {
        storage.writeAll(
                Map.of("tile/0/000.p/1", new byte[] {1}, "tile/entries/000.p/1", new byte[] {2}));

        assertThat(storage.read("tile/0/000.p/1")).hasValue(new byte[] {1});
        assertThat(files()).containsExactly("tile/0/000.p/1", "tile/entries/000.p/1");
    }

    @Test
    void missingObjectIsAbsent() {
        assertThat(storage.read("tile/0/000")).isEmpty();
    }

    @Test
    void sameBytesAgainChangeNothing() {
        storage.write("tile/0/000", new byte[] {1});

        storage.write("tile/0/000", new byte[] {1});

        assertThat(storage.read("tile/0/000")).hasValue(new byte[] {1});
    }

    @Test
    void otherBytesAreRefusedWithTheWholeBatch() throws IOException {
        storage.write("tile/0/000", new byte[] {1});

        assertThatThrownBy(() ->
                        storage.writeAll(
                                Map.of(
                                        "tile/0/000",
                                        new byte[] {2},
                                        "tile/0/001",
                                        new byte[] {3},
                                        "tile/1/000.p/1",
                                        new byte[] {4})))
                .isInstanceOf(ImmutableObjectException.class)
                .hasMessageContaining("tile/0/000");

        assertThat(files()).containsExactly("tile/0/000");
        assertThat(storage.read("tile/0/000")).hasValue(new byte[] {1});
    }

    @Test
    void partialTileLeftBehindIsReplaced() {
        storage.write("tile/0/000.p/7", new byte[] {1});

        storage.write("tile/0/000.p/7", new byte[] {2});

        assertThat(storage.read("tile/0/000.p/7")).hasValue(new byte[] {2});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "../x",
                "tile/../../x",
                "tile/..",
                "./tile",
                "tile//0",
                "tile/",
                ".lock",
                "tile/.x.tmp",
                "tile\\0",
                "tile/0\0",
                "tile/0\n",
                "tile/é",
                "~/x y"
            })
    void pathsThatLeadElsewhereAreRefused(String path) {
        assertThatThrownBy(() -> storage.read(path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.write(path, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endlessPathIsRefused() {
        assertThatThrownBy(() -> storage.read("x/".repeat(5000) + "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failingFileSystemIsReportedAndLeavesNoTemporaryFiles() throws IOException {
        Files.createDirectories(folder.resolve("tile"));
        Files.write(folder.resolve("tile/0"), new byte[] {9});

        assertThatThrownBy(() -> storage.write("tile/0/000", new byte[] {1}))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> storage.read("tile")).isInstanceOf(UncheckedIOException.class);

        assertThat(files()).containsExactly("tile/0");
    }

    @Test
    void folderWithoutParentIsRefused() {
        assertThatThrownBy(() -> new PosixStorage(temporary.resolve("a/b")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void logContinuesAfterARestart() {
        List<byte[]> entries = Entries.random(700, 1);
        TreeHead head =
                TiledLog.open(storage, 0, MerkleTree.EMPTY_ROOT).append(entries.subList(0, 300));

        TiledLog log = TiledLog.open(new PosixStorage(folder), head.size(), head.root());

        assertThat(log.append(entries.subList(300, 700))).isEqualTo(Entries.head(entries));
        log.consistencyProof(300, 700).verify(head.root(), log.head().root());
    }

    @Test
    void readersSeeOnlyWholeHeadsWhileOneThreadAppends() throws Exception {
        List<byte[]> entries = Entries.random(1500, 2);
        TiledLog log = TiledLog.open(storage, 0, MerkleTree.EMPTY_ROOT);
        var done = new AtomicBoolean();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TreeHead>> readers =
                    IntStream.range(0, 4)
                            .mapToObj(_ -> threads.submit(() -> readUntil(done, log)))
                            .toList();
            for (int i = 0; i < 1500; i += 30) {
                log.append(entries.subList(i, i + 30));
            }
            done.set(true);
            for (Future<TreeHead> reader : readers) {
                log.consistencyProof(reader.get().size(), 1500)
                        .verify(reader.get().root(), log.head().root());
            }
        }
        assertThat(log.head()).isEqualTo(Entries.head(entries));
    }

    private static TreeHead readUntil(AtomicBoolean done, TiledLog log) {
        TreeHead seen = log.head();
        while (!done.get()) {
            TreeHead now = log.head();
            log.consistencyProof(seen.size(), now.size()).verify(seen.root(), now.root());
            for (long i = now.size() - 1; i >= 0; i -= 97) {
                log.inclusionProof(i, now.size())
                        .verify(MerkleTree.leafHash(log.entry(i)), now.root());
            }
            seen = now;
        }
        return seen;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
