package org.jalur.node.desks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jalur.node.serve.Serve;
import org.springframework.util.unit.DataSize;

/**
 * The process of a desk. It ends with its host, of which it holds the other end of a pipe; what it
 * says is said again by the host, under the desk's name.
 */
final class DeskProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Nothing else of the host's environment is a desk's business: it may hold passphrases. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private final Process process;
    private final Thread listening;
    private volatile String reason = "";

    private DeskProcess(Process process, String name) {
        this.process = process;
        listening =
                Thread.ofPlatform()
                        .name("desk-" + name)
                        .daemon()
                        .start(() -> repeat("[desk %s] ".formatted(name)));
    }

    static DeskProcess start(DeskFolder folder, DataSize memory) throws IOException {
        var builder = new ProcessBuilder(command(folder, memory));
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.directory(folder.path().toFile()).redirectErrorStream(true);
        return new DeskProcess(builder.start(), folder.name());
    }

    private static List<String> command(DeskFolder folder, DataSize memory) {
        String classes = absolute(System.getProperty("java.class.path"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xss512k",
                        "-Xmx%dm".formatted(memory.toMegabytes()),
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(
                List.of(
                        "-Djalur.root="
                                + Path.of(System.getProperty("jalur.root", ".")).toAbsolutePath(),
                        "-Djalur.stop-with-stdin=true",
                        "-cp",
                        classes,
                        Serve.class.getName(),
                        "--config",
                        folder.configuration().toString()));
        return command;
    }

    /** The desk works in its own folder. */
    private static String absolute(String classPath) {
        var entries = new ArrayList<String>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private void repeat(String prefix) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(prefix + line);
                if (line.startsWith(Serve.REFUSAL)) {
                    reason = line.substring(Serve.REFUSAL.length()).replaceFirst("\\.$", "");
                }
            }
        } catch (IOException _) {
            // It ended, and its output with it.
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Why it ended: its own sentence, or the code that it left. */
    String reason() throws InterruptedException {
        listening.join(LAST_WORDS);
        return reason.isEmpty() ? "it ended with code %d".formatted(process.exitValue()) : reason;
    }

    /** Lets it end what it does; after a while it is killed. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE)) {
            process.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
