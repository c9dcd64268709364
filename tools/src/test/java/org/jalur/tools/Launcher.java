package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher as a user calls it, with the JDK that runs this test. */
final class Launcher {
    /** The checkout: the tests run in this module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Launcher() {}

    record Ended(int code, String output) {}

    static ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("jalur").toString());
        command.addAll(Arrays.asList(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("JALUR_JDK", System.getProperty("java.home"));
        return process;
    }

    static Ended run(String... words) throws IOException, InterruptedException {
        return end(command(words));
    }

    static Ended runWith(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        ProcessBuilder process = command(words);
        process.environment().putAll(environment);
        return end(process);
    }

    static Ended end(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroy();
            throw new AssertionError("still running after two minutes: " + builder.command());
        }
        return new Ended(process.exitValue(), output);
    }
}
