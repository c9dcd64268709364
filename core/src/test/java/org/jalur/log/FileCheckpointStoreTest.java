package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCheckpointStoreTest {
    private static final String KEY = "alice.example/log";

    @TempDir private Path folder;

    private FileCheckpointStore store;

    @BeforeEach
    void openTheStore() {
        store = new FileCheckpointStore(folder);
    }

    @Test
    void valueIsReplacedOnlyIfItIsTheExpectedOne() {
        assertThat(store.load(KEY)).isEmpty();
        assertThat(store.compareAndSwap(KEY, bytes("0"), bytes("1"))).isFalse();
        assertThat(store.compareAndSwap(KEY, null, bytes("1"))).isTrue();
        assertThat(store.compareAndSwap(KEY, null, bytes("2"))).isFalse();
        assertThat(store.compareAndSwap(KEY, bytes("0"), bytes("2"))).isFalse();
        assertThat(store.compareAndSwap(KEY, new byte[0], bytes("2"))).isFalse();
        assertThat(store.load(KEY)).hasValue(bytes("1"));

        assertThat(store.compareAndSwap(KEY, bytes("1"), bytes("2"))).isTrue();

        assertThat(new FileCheckpointStore(folder).load(KEY)).hasValue(bytes("2"));
    }

    @Test
    void emptyValueIsNotAbsence() {
        store.compareAndSwap(KEY, null, new byte[0]);

        assertThat(store.load(KEY)).hasValue(new byte[0]);
        assertThat(store.compareAndSwap(KEY, null, bytes("1"))).isFalse();
        assertThat(store.compareAndSwap(KEY, new byte[0], bytes("1"))).isTrue();
    }

    @Test
    void keysDoNotTouchEachOtherNorLeaveTheFolder() throws IOException {
        List<String> keys =
                List.of("a/b", "a%2Fb", "a b", "a+b", "../../x", "..", ".", ".lock", "A", "é");

        for (String key : keys) {
            assertThat(store.compareAndSwap(key, null, bytes(key))).as(key).isTrue();
        }

        assertThat(keys).allSatisfy(key -> assertThat(store.load(key)).hasValue(bytes(key)));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(keys.size() + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ud800"})
    void impossibleKeysAreRefused(String key) {
        assertThatThrownBy(() -> store.load(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.compareAndSwap(key, null, bytes("1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tooLongKeyIsRefused() {
        assertThatThrownBy(() -> store.load("x".repeat(241)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void temporaryFileOfACrashDoesNotHurt() throws IOException {
        Files.write(folder.resolve(".0000.tmp"), bytes("half"));

        assertThat(store.compareAndSwap(KEY, null, bytes("1"))).isTrue();
        assertThat(store.load(KEY)).hasValue(bytes("1"));
    }

    @Test
    void vanishedFolderIsReportedRatherThanAnEmptyStore() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        var stranded = new FileCheckpointStore(gone);
        Files.delete(gone);

        assertThatThrownBy(() -> stranded.load(KEY)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> stranded.compareAndSwap(KEY, null, bytes("1")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void ofManyRacingThreadsExactlyOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            byte[] expected = store.load(KEY).orElse(null);
            var start = new CountDownLatch(1);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                String prefix = "round " + round + " thread ";
                List<Future<Boolean>> racers =
                        IntStream.range(0, 8)
                                .mapToObj(i ->
                                        threads.submit(() -> {
                                            start.await();
                                            return new FileCheckpointStore(folder)
                                                    .compareAndSwap(
                                                            KEY, expected, bytes(prefix + i));
                                        }))
                                .toList();
                start.countDown();

                int winners = 0;
                for (Future<Boolean> racer : racers) {
                    winners += racer.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        }
    }

    @Test
    void ofRacingProcessesExactlyOneWinsEachSwap() throws Exception {
        int rounds = 150;
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    CountingProcess.class.getName(),
                                    folder.toString(),
                                    Integer.toString(rounds))
                            .inheritIO()
                            .start());
        }
        CountingProcess.count(store, rounds);
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(store.load(CountingProcess.COUNTER))
                .hasValue(bytes(Integer.toString(3 * rounds)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
