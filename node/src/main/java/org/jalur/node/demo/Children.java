package org.jalur.node.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The demo's processes; they stop with it, because they hold the other end of its pipes. */
final class Children implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path logs;
    private final CountDownLatch stopped;
    private final Map<String, Process> processes =
            Collections.synchronizedMap(new LinkedHashMap<>());
    private final AtomicReference<Optional<String>> failure =
            new AtomicReference<>(Optional.empty());
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();
    private volatile boolean closing;

    Children(Path logs, CountDownLatch stopped) throws IOException {
        this.logs = Files.createDirectories(logs);
        this.stopped = stopped;
    }

    /** Ends one that runs; that is no failure. */
    void stop(String name) throws InterruptedException {
        Process process = Optional.ofNullable(processes.remove(name)).orElseThrow();
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    void start(String name, List<String> command) throws IOException {
        Path log = logs.resolve(name + ".log");
        if (Files.exists(log)) {
            Files.move(
                    log,
                    logs.resolve(name + ".log.1"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        processes.put(name, process);
        var _ =
                process.onExit()
                        .thenAccept(ended -> {
                            if (!closing && processes.containsValue(ended)) {
                                failure.compareAndSet(
                                        Optional.empty(),
                                        Optional.of(
                                                "%s ended with code %d; its log is %s"
                                                        .formatted(name, ended.exitValue(), log)));
                                stopped.countDown();
                            }
                        });
    }

    /** The first process that ended by itself. */
    Optional<String> failure() {
        return failure.get();
    }

    /**
     * @return false if the demo is to stop before there is an answer
     */
    boolean awaitAnswer(String url) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (answers(url)) {
                return true;
            }
            if (stopped.await(100, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        failure.compareAndSet(
                Optional.empty(),
                Optional.of("%s does not answer; see the logs in %s".formatted(url, logs)));
        return false;
    }

    /** What a process that answers says there. */
    String read(String url) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private boolean answers(String url) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        processes.values().forEach(Process::destroy);
        for (Process process : processes.values()) {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
