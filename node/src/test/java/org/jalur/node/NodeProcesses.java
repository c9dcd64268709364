package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Nodes and commands as processes of their own. */
final class NodeProcesses implements AutoCloseable {
    private final TestNodes nodes;
    private final Map<String, Process> running = new HashMap<>();

    NodeProcesses(TestNodes nodes) {
        this.nodes = nodes;
    }

    void start(String party) throws Exception {
        Path configuration = configuration(party, true, Map.of());
        running.put(
                party,
                java(
                                "org.jalur.node.JalurNode",
                                "--spring.config.additional-location=file:" + configuration,
                                "--logging.level.org.jalur=warn")
                        .redirectErrorStream(true)
                        .redirectOutput(log(configuration).toFile())
                        .start());
    }

    /** A process with its log. */
    record Started(Process process, Path log) {}

    /**
     * One more process of a node, by the clock in a file; whoever starts it ends it.
     *
     * @param changed what it has otherwise than the others
     */
    Started startMoved(String party, Path clock, Map<String, Object> changed) throws Exception {
        Path configuration = configuration(party, true, changed);
        Process process =
                java(
                                MovedNode.class.getName(),
                                clock.toString(),
                                "--spring.config.additional-location=file:" + configuration,
                                "--logging.level.org.jalur=warn")
                        .redirectErrorStream(true)
                        .redirectOutput(log(configuration).toFile())
                        .start();
        return new Started(process, log(configuration));
    }

    /**
     * @param demo whether the demo's accounts are there, so that tests have tokens
     */
    Path configuration(String party, boolean demo, Map<String, Object> changed) throws Exception {
        Map<String, Object> settings = new HashMap<>(nodes.settings(party));
        settings.putAll(changed);
        var lines = new ArrayList<String>();
        settings.forEach((key, value) -> {
            if (demo || !key.startsWith("jalur.demo")) {
                lines.add(key + "=" + value);
            }
        });
        Path configuration = Files.createTempFile("jalur-" + party, ".properties");
        return Files.write(configuration, lines);
    }

    private static Path log(Path configuration) {
        return configuration.resolveSibling(configuration.getFileName() + ".log");
    }

    private static ProcessBuilder java(String... words) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1"));
        command.addAll(ProcessClassPath.options());
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    record Ended(int code, String output) {}

    /** A command with a configuration file, to its end. */
    Ended run(Class<?> command, Path configuration, String... options) throws Exception {
        Process process = begin(command, configuration, options);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    "%s does not end: %s".formatted(command, Files.readString(log(configuration))));
        }
        return new Ended(process.exitValue(), Files.readString(log(configuration)));
    }

    Process begin(Class<?> command, Path configuration, String... options) throws Exception {
        var words =
                new ArrayList<>(List.of(command.getName(), "--config", configuration.toString()));
        words.addAll(List.of(options));
        return java(words.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(log(configuration).toFile())
                .start();
    }

    void awaitReady(String party) throws Exception {
        nodes.awaitStatus(party, "/actuator/health/readiness");
    }

    void kill(String party) throws Exception {
        Process process = Optional.ofNullable(running.remove(party)).orElseThrow();
        process.destroyForcibly().waitFor();
    }

    void stop(String party) throws Exception {
        Process process = Optional.ofNullable(running.remove(party)).orElseThrow();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(party + " stops").isTrue();
    }

    @Override
    public void close() {
        running.values().forEach(process -> process.destroyForcibly().onExit().join());
    }
}
