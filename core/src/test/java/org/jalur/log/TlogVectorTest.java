package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A log written by transparency-dev/tessera, rebuilt at every size from 0 to 15.
class TlogVectorTest {
    private static final String ORIGIN = "example.com/log/testdata";
    private static final int SIZE = 15;

    private final Vectors vectors = Vectors.in("tlog/log");
    private final NoteVerifier key =
            NoteVerifier.parse(Vectors.in("tlog").text("log.vkey").strip());
    private final List<byte[]> entries =
            EntryBundle.decode(
                    new TilePath(0, 0, SIZE),
                    Vectors.bytes(vectors.folder().resolve("tile/entries/000.p/15")));

    @Test
    void everyTileIsTheSameByteForByte() {
        var storage = new MemoryStorage();
        TiledLog log = emptyLog(storage);

        for (byte[] entry : entries) {
            log.append(List.of(entry));
        }

        assertThat(storage.objects.keySet()).isEqualTo(published().keySet());
        assertThat(storage.objects)
                .allSatisfy((path, bytes) ->
                        assertThat(bytes).as(path).isEqualTo(published().get(path)));
    }

    @Test
    void everyCheckpointOpensAndIsWhatWeWouldSign() {
        TiledLog log = emptyLog(new MemoryStorage());

        for (int size = 0; size <= SIZE; size++) {
            SignedNote note = checkpoint(size);
            assertThat(Checkpoint.open(note, ORIGIN, key))
                    .isEqualTo(Checkpoint.of(ORIGIN, log.head()));
            assertThat(note.text()).isEqualTo(Checkpoint.of(ORIGIN, log.head()).text());
            if (size < SIZE) {
                log.append(List.of(entries.get(size)));
            }
        }
        assertThat(checkpoint(SIZE)).isEqualTo(SignedNote.parse(vectors.text("checkpoint")));
    }

    @Test
    void publishedLogOpensAtEverySize() {
        var storage = new MemoryStorage();
        storage.objects.putAll(published());

        for (int size = 0; size <= SIZE; size++) {
            TreeHead head = Checkpoint.open(checkpoint(size), ORIGIN, key).head();

            TiledLog log = TiledLog.open(storage, head.size(), head.root());

            assertThat(log.head()).isEqualTo(head);
        }
    }

    @Test
    void inclusionAndConsistencyAreProvenBetweenAllSizes() {
        TiledLog log = emptyLog(new MemoryStorage());
        log.append(entries);

        for (int to = 0; to <= SIZE; to++) {
            Checkpoint newer = Checkpoint.open(checkpoint(to), ORIGIN, key);
            for (int from = 0; from <= to; from++) {
                Checkpoint older = Checkpoint.open(checkpoint(from), ORIGIN, key);
                log.consistencyProof(from, to).verify(older.root(), newer.root());
            }
            for (int i = 0; i < to; i++) {
                LogProof proof = LogProof.of(log.inclusionProof(i, to), checkpoint(to));
                assertThat(LogProof.parse(proof.format()).verify(entries.get(i), key, ORIGIN))
                        .isEqualTo(newer);
            }
        }
    }

    @Test
    void checkpointOfOneSizeDoesNotOpenTheTilesOfAnother() {
        var storage = new MemoryStorage();
        storage.objects.putAll(published());
        Hash other = Checkpoint.open(checkpoint(14), ORIGIN, key).root();

        assertThatThrownBy(() -> TiledLog.open(storage, SIZE, other))
                .isInstanceOf(LogCorruptedException.class);
    }

    private SignedNote checkpoint(int size) {
        return SignedNote.parse(vectors.text("checkpoint." + size));
    }

    private SortedMap<String, byte[]> published() {
        SortedMap<String, byte[]> tiles = new TreeMap<>();
        List<Path> files = new ArrayList<>(vectors.files("").toList());
        files.removeIf(file -> file.getFileName().toString().startsWith("checkpoint"));
        files.forEach(file ->
                tiles.put(vectors.folder().relativize(file).toString(), Vectors.bytes(file)));
        return tiles;
    }

    private static TiledLog emptyLog(LogStorage storage) {
        return TiledLog.open(storage, 0, MerkleTree.EMPTY_ROOT);
    }
}
