package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jalur.log.LogAudit.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogAuditTest {
    /// Three levels: one full tile of level 1, partial ones above and beside it.
    private static final int LARGE = 65_536 + 600;

    private static final List<byte[]> ENTRIES = Entries.random(LARGE, 11);
    private static final MemoryStorage HONEST = new MemoryStorage();
    private static final TreeHead HEAD = append(HONEST, TreeHead.EMPTY, ENTRIES);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 600, LARGE})
    void soundLogHasNoFindingsAndIsReadOnce(int size) {
        var storage = new MemoryStorage();
        TreeHead head = append(storage, TreeHead.EMPTY, ENTRIES.subList(0, size));
        storage.forgetCounts();

        LogAudit audit = audit(storage, head);

        assertThat(audit).isEqualTo(new LogAudit(head, size, List.of(), true));
        assertThat(audit.isSound()).isTrue();
        assertThat(storage.reads).isEqualTo(storage.objects.size());
    }

    @Test
    void progressIsToldAfterEachBundle() {
        List<Long> told = new ArrayList<>();

        LogAudit.of(HONEST, HEAD, told::add);

        assertThat(told).hasSize(259).isSorted().startsWith(256L, 512L).endsWith((long) LARGE);
    }

    @Test
    void progressCanEndTheAudit() {
        assertThatThrownBy(() ->
                        LogAudit.of(
                                HONEST,
                                HEAD,
                                _ -> {
                                    throw new IllegalStateException("enough");
                                }))
                .hasMessage("enough");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/2/000.p/1",
                "tile/1/000",
                "tile/1/001.p/2",
                "tile/0/000",
                "tile/0/077",
                "tile/0/257",
                "tile/0/258.p/88",
                "tile/entries/000",
                "tile/entries/077",
                "tile/entries/257",
                "tile/entries/258.p/88"
            })
    void objectThatIsWrongIsNamedAndNoOther(String path) {
        byte[] bytes = HONEST.read(path).orElseThrow();
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 4;

        for (byte[] wrong :
                List.of(
                        flipped,
                        Arrays.copyOf(bytes, bytes.length - 1),
                        Arrays.copyOf(bytes, bytes.length + 1),
                        new byte[0])) {
            assertNamed(with(path, wrong), path);
        }
        MemoryStorage without = HONEST.copy();
        without.objects.remove(path);
        assertNamed(without, path);
    }

    @Test
    void anyFlippedBitIsFound() {
        var random = new Random(5);
        var small = new MemoryStorage();
        TreeHead head = append(small, TreeHead.EMPTY, ENTRIES.subList(0, 600));
        List<String> paths = List.copyOf(small.objects.keySet());

        for (int i = 0; i < 300; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            MemoryStorage storage = small.copy();
            byte[] bytes = storage.objects.getOrDefault(path, new byte[0]);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(audit(storage, head).findings())
                    .extracting(Finding::path)
                    .containsOnly(path);
        }
    }

    @Test
    void severalWrongObjectsAreAllNamed() {
        MemoryStorage storage = HONEST.copy();
        for (String path : List.of("tile/0/003", "tile/entries/009", "tile/1/001.p/2")) {
            storage.objects.merge(path, new byte[0], (_, empty) -> empty);
        }
        storage.objects.remove("tile/entries/200");

        assertThat(audit(storage, HEAD).findings())
                .extracting(Finding::path)
                .containsExactlyInAnyOrder(
                        "tile/1/001.p/2", "tile/0/003", "tile/entries/009", "tile/entries/200");
    }

    @Test
    void bundleAndTileExchangedTogetherAreBothNamed() {
        var other = new MemoryStorage();
        append(other, TreeHead.EMPTY, Entries.random(256, 99));
        MemoryStorage storage = with("tile/0/077", other.read("tile/0/000").orElseThrow());
        storage.objects.put("tile/entries/077", other.read("tile/entries/000").orElseThrow());

        assertThat(audit(storage, HEAD).findings())
                .extracting(Finding::path)
                .containsExactly("tile/0/077", "tile/entries/077");
    }

    @Test
    void wholeSubtreeExchangedIsFoundAtItsTop() {
        var other = new MemoryStorage();
        append(other, TreeHead.EMPTY, Entries.random(LARGE, 99));

        LogAudit audit = audit(with("tile/1/000", other.read("tile/1/000").orElseThrow()), HEAD);
        LogAudit all = audit(other, HEAD);

        assertThat(audit.findings()).extracting(Finding::path).containsExactly("tile/1/000");
        assertThat(all.findings()).extracting(Finding::path).containsExactly("");
        assertThat(all.findings().getFirst().problem()).contains(HEAD.root().hex());
    }

    @Test
    void objectThatCannotBeReadIsAFindingAndTheRestIsStillChecked() {
        LogStorage failing = failing("tile/entries/002");

        LogAudit audit = audit(failing, HEAD);

        assertThat(audit.findings())
                .containsExactly(new Finding("tile/entries/002", "the disk says no"));
        assertThat(audit.entries()).isEqualTo(LARGE);
        assertThat(audit.isSound()).isFalse();
    }

    @Test
    void fullTileMayStandInForAPartialOneThatWasDeleted() {
        var storage = new MemoryStorage();
        TreeHead old = append(storage, TreeHead.EMPTY, ENTRIES.subList(0, 100));
        append(storage, old, ENTRIES.subList(100, 300));
        storage.objects.remove("tile/0/000.p/100");
        storage.objects.remove("tile/entries/000.p/100");

        assertThat(audit(storage, old).isSound()).isTrue();
    }

    @Test
    void whatACrashLeftBeyondTheHeadIsNotLookedAt() {
        MemoryStorage storage = with("tile/0/259", new byte[1]);
        storage.objects.put("tile/0/258.p/99", new byte[1]);

        assertThat(audit(storage, HEAD).isSound()).isTrue();
    }

    @Test
    void lostLogIsGivenUpAfterManyFindings() {
        var absurd = new TreeHead(Long.MAX_VALUE, HEAD.root());

        LogAudit lost = audit(new MemoryStorage(), HEAD);
        LogAudit never = audit(new MemoryStorage(), absurd);

        assertThat(lost.isComplete()).isTrue();
        assertThat(lost.findings()).hasSizeGreaterThan(500);
        assertThat(never.isComplete()).isFalse();
        assertThat(never.isSound()).isFalse();
        assertThat(never.findings()).hasSize(LogAudit.MAX_FINDINGS);
    }

    private static void assertNamed(LogStorage storage, String path) {
        LogAudit audit = audit(storage, HEAD);

        assertThat(audit.findings()).extracting(Finding::path).containsOnly(path);
        assertThat(audit.entries()).isEqualTo(LARGE);
        assertThat(audit.isSound()).isFalse();
    }

    private static MemoryStorage with(String path, byte[] bytes) {
        MemoryStorage storage = HONEST.copy();
        storage.objects.put(path, bytes);
        return storage;
    }

    private static LogStorage failing(String unreadable) {
        return new LogStorage() {
            @Override
            public Optional<byte[]> read(String path) {
                if (path.equals(unreadable)) {
                    throw new UncheckedIOException("the disk says no", new IOException());
                }
                return HONEST.read(path);
            }

            @Override
            public void writeAll(Map<String, byte[]> objects) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static LogAudit audit(LogStorage storage, TreeHead head) {
        return LogAudit.of(storage, head, _ -> {});
    }

    private static TreeHead append(LogStorage storage, TreeHead from, List<byte[]> entries) {
        return TiledLog.open(storage, from.size(), from.root()).append(entries);
    }
}
