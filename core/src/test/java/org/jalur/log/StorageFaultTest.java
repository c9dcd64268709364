package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jalur.log.FaultyDisk.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A disk that fails, or loses power, at each step of writing a log and its checkpoints.
class StorageFaultTest {
    private static final int[][] BEFORE_AND_ADDED = {{0, 1}, {255, 3}};
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final double[] LOSSES = {0, 0.5, 1};
    private static final String KEY = "alice.example/log";

    @TempDir private Path temporary;

    private int folders;

    @ParameterizedTest
    @EnumSource(Fault.class)
    void appendIsAllOrNothingWhicheverStepFails(Fault fault) throws IOException {
        var random = new Random(13);
        for (int[] sizes : BEFORE_AND_ADDED) {
            List<byte[]> entries = Entries.random(sizes[0] + sizes[1], 7);
            List<byte[]> batch = entries.subList(sizes[0], entries.size());
            int steps = stepsOf(entries, sizes[0]);
            for (int step = 0; step < steps; step++) {
                Path folder = newFolder();
                TreeHead old = grow(folder, TreeHead.EMPTY, entries.subList(0, sizes[0]));
                var disk = FaultyDisk.failingAt(step, fault);

                TreeHead acknowledged = tryToAppend(folder, disk, old, batch);
                disk.losePower(random, LOSSES[random.nextInt(LOSSES.length)]);

                assertSound(folder, acknowledged);
                assertThat(grow(folder, old, batch)).isEqualTo(Entries.head(entries));
                assertSound(folder, Entries.head(entries));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ERROR_BEFORE", "ERROR_HALFWAY", "ERROR_AFTER"})
    void appendRepeatedAfterAnErrorSurvivesALaterPowerFailure(Fault fault) throws IOException {
        List<byte[]> entries = Entries.random(258, 8);
        List<byte[]> batch = entries.subList(255, 258);
        int steps = stepsOf(entries, 255);
        // The first step is the storage's own start.
        for (int step = 1; step < steps; step++) {
            Path folder = newFolder();
            TreeHead old = grow(folder, TreeHead.EMPTY, entries.subList(0, 255));
            var disk = FaultyDisk.failingAt(step, fault);
            var log = TiledLog.open(new PosixStorage(folder, disk), old.size(), old.root());
            assertThatThrownBy(() -> log.append(batch)).isInstanceOf(UncheckedIOException.class);

            TreeHead acknowledged = log.append(batch);
            disk.losePower(new Random(step), 1);

            assertThat(acknowledged).isEqualTo(Entries.head(entries));
            assertSound(folder, acknowledged);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ERROR_BEFORE", "ERROR_HALFWAY", "ERROR_AFTER"})
    void errorLeavesNoTemporaryFiles(Fault fault) throws IOException {
        List<byte[]> entries = Entries.random(300, 9);
        int steps = stepsOf(entries, 0);
        for (int step = 1; step < steps; step++) {
            Path folder = newFolder();
            grow(folder, TreeHead.EMPTY, List.of());

            tryToAppend(folder, FaultyDisk.failingAt(step, fault), TreeHead.EMPTY, entries);

            try (Stream<Path> all = Files.walk(folder)) {
                assertThat(all.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
            }
        }
    }

    @Test
    void shortWritesAreContinued() throws IOException {
        Path folder = newFolder();
        var disk =
                new Disk() {
                    int writes;

                    @Override
                    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
                        writes++;
                        int length = Math.min(bytes.remaining(), writes % 8);
                        channel.write(bytes.slice(bytes.position(), length));
                        bytes.position(bytes.position() + length);
                    }
                };
        List<byte[]> entries = Entries.random(20, 10);

        TreeHead head =
                TiledLog.open(new PosixStorage(folder, disk), 0, MerkleTree.EMPTY_ROOT)
                        .append(entries);

        assertThat(disk.writes).isGreaterThan(100);
        assertThat(head).isEqualTo(Entries.head(entries));
        assertSound(folder, head);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void checkpointIsTheOldOrTheNewOneWhicheverStepFails(Fault fault) throws IOException {
        byte[] old = "old".getBytes(UTF_8);
        byte[] next = "the next one".getBytes(UTF_8);
        // create, force, rename, delete, sync; after the sync of the store's own folder.
        for (int step = 0; step < 6; step++) {
            for (double loss : LOSSES) {
                Path folder = newFolder();
                var healthy = FaultyDisk.healthy();
                new FileCheckpointStore(folder, healthy).compareAndSwap(KEY, null, old);
                healthy.losePower(new Random(step), 1);
                var disk = FaultyDisk.failingAt(step, fault);

                boolean swapped = tryToSwap(folder, disk, old, next);
                disk.losePower(new Random(step), loss);

                Optional<byte[]> value = new FileCheckpointStore(folder).load(KEY);
                assertThat(value.orElseThrow()).isIn(swapped ? List.of(next) : List.of(old, next));
            }
        }
    }

    @Test
    void valueThatWasShownIsNeverTakenBack() throws IOException {
        for (int step = 1; step < 6; step++) {
            Path folder = newFolder();
            var disk = FaultyDisk.failingAt(step, Fault.ERROR_AFTER);
            byte[] next = {1};
            tryToSwap(folder, disk, null, next);

            Optional<byte[]> shown = new FileCheckpointStore(folder, disk).load(KEY);
            disk.losePower(new Random(step), 1);

            assertThat(new FileCheckpointStore(folder).load(KEY).map(Arrays::toString))
                    .isEqualTo(shown.map(Arrays::toString));
        }
    }

    /// A node's journal: appends, swaps the checkpoint, and crashes again and again.
    @Test
    void logAndCheckpointNeverContradictEachOtherOverManyCrashes() throws IOException {
        var random = new Random(11);
        List<byte[]> entries = Entries.random(3000, 12);
        Path folder = newFolder();
        Path checkpoints = newFolder();
        List<TreeHead> acknowledged = new ArrayList<>(List.of(TreeHead.EMPTY));
        TreeHead stored = TreeHead.EMPTY;
        while (stored.size() < entries.size()) {
            Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
            var disk = FaultyDisk.failingAt(random.nextInt(60), fault);
            try {
                var store = new FileCheckpointStore(checkpoints, disk);
                grow(new PosixStorage(folder, disk), store, entries, random, acknowledged);
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).isInstanceOf(IOException.class);
            }
            disk.losePower(random, LOSSES[random.nextInt(LOSSES.length)]);

            stored = stored(new FileCheckpointStore(checkpoints));
            assertThat(stored.size()).isGreaterThanOrEqualTo(acknowledged.getLast().size());
            assertThat(stored).isEqualTo(headOf(entries, stored.size()));
            assertSound(folder, stored);
        }
        assertThat(acknowledged).hasSizeGreaterThan(30);
    }

    /// Appends and swaps until the disk fails or all is there.
    private static void grow(
            LogStorage storage,
            CheckpointStore store,
            List<byte[]> entries,
            Random random,
            List<TreeHead> acknowledged) {
        TreeHead head = stored(store);
        TiledLog log = TiledLog.open(storage, head.size(), head.root());
        while (head.size() < entries.size()) {
            int from = Math.toIntExact(head.size());
            int to = Math.min(entries.size(), from + 1 + random.nextInt(90));
            head = log.append(entries.subList(from, to));
            byte[] expected = store.load(KEY).orElse(null);
            byte[] checkpoint = Checkpoint.of(KEY, head).text().getBytes(UTF_8);
            assertThat(store.compareAndSwap(KEY, expected, checkpoint)).isTrue();
            acknowledged.add(head);
        }
    }

    private static TreeHead stored(CheckpointStore store) {
        return store.load(KEY)
                .map(bytes -> Checkpoint.parse(new String(bytes, UTF_8)).head())
                .orElse(TreeHead.EMPTY);
    }

    private static TreeHead headOf(List<byte[]> entries, long size) {
        return Entries.head(entries.subList(0, Math.toIntExact(size)));
    }

    private Path newFolder() {
        return temporary.resolve("folder " + folders++);
    }

    /// Appends on a healthy disk, which then loses power.
    private static TreeHead grow(Path folder, TreeHead from, List<byte[]> entries)
            throws IOException {
        var disk = FaultyDisk.healthy();
        TreeHead head =
                TiledLog.open(new PosixStorage(folder, disk), from.size(), from.root())
                        .append(entries);
        disk.losePower(new Random(1), 1);
        return head;
    }

    /// @return what was acknowledged: the new head, or still the old one
    private static TreeHead tryToAppend(
            Path folder, FaultyDisk disk, TreeHead old, List<byte[]> batch) {
        try {
            return TiledLog.open(new PosixStorage(folder, disk), old.size(), old.root())
                    .append(batch);
        } catch (UncheckedIOException e) {
            return old;
        }
    }

    private static boolean tryToSwap(
            Path folder, FaultyDisk disk, byte @Nullable [] old, byte[] next) {
        try {
            return new FileCheckpointStore(folder, disk).compareAndSwap(KEY, old, next);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /// How many steps the append of the rest takes, with the storage's own start.
    private int stepsOf(List<byte[]> entries, int before) throws IOException {
        Path folder = newFolder();
        TreeHead old = grow(folder, TreeHead.EMPTY, entries.subList(0, before));
        var disk = FaultyDisk.healthy();
        tryToAppend(folder, disk, old, entries.subList(before, entries.size()));
        return disk.steps.size();
    }

    private static void assertSound(Path folder, TreeHead head) {
        LogAudit audit = LogAudit.of(new PosixStorage(folder, FaultyDisk.healthy()), head, _ -> {});
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.isSound()).isTrue();
    }
}
