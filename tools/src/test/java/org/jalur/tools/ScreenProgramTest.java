package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, in a process of its own with little memory. */
class ScreenProgramTest {
    @TempDir private Path folder;

    private ProcessBuilder program(String heap) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Tools.class.getName(),
                        "screen",
                        "--lists",
                        folder.resolve("lists").toString())
                .redirectError(folder.resolve("errors").toFile());
    }

    private void phrases(int count) throws IOException {
        Files.createDirectories(folder.resolve("lists"));
        try (Writer list = Files.newBufferedWriter(folder.resolve("lists/phrases.csv"))) {
            list.write("kind,value,id\n");
            for (int i = 0; i < count; i++) {
                list.write("phrase,sample words number%d,id-%d\n".formatted(i, i));
            }
        }
    }

    private int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(folder.resolve("errors"));
    }

    @Test
    void hundredThousandMessagesStreamThroughASmallHeap() throws Exception {
        phrases(10);
        Path input = folder.resolve("input");
        String filler = "a word or two that nobody looks for ".repeat(40);
        try (Writer out = Files.newBufferedWriter(input)) {
            for (int i = 0; i < 100_000; i++) {
                String tail = i % 10 == 0 ? "sample words number" + i / 10 % 10 : "";
                out.write("{\"id\":\"%d\",\"text\":\"%s%s\"}\n".formatted(i, filler, tail));
            }
        }
        Path output = folder.resolve("output");

        Process process =
                program("-Xmx24m")
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .start();

        assertThat(end(process)).as(errors().toString()).isZero();
        List<String> hits = Files.readAllLines(output);
        assertThat(hits)
                .extracting(hit -> hit.substring(0, hit.indexOf(',')))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> "{\"id\":\"%d\"".formatted(10 * i))
                                .toList());
        assertThat(hits.get(7)).contains("\"sourceId\":\"id-7\"", "\"start\":1440,\"end\":1460,");
        assertThat(errors().get(1)).startsWith("100000 lines read, 0 refused, ");
        assertThat(errors().get(2)).isEqualTo("  phrases.csv: phrase 10000");
    }

    @Test
    void listOfAHundredThousandPhrasesIsSearched() throws Exception {
        phrases(100_000);
        Path input = folder.resolve("input");
        Files.writeString(
                input,
                "{\"id\":\"1\",\"text\":\"sample words number99999 and sample words NUMBER5\"}\n");
        Path output = folder.resolve("output");

        Process process =
                program("-Xmx128m")
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .start();

        assertThat(end(process)).as(errors().toString()).isZero();
        assertThat(Files.readAllLines(output))
                .extracting(hit -> hit.replaceAll(".*\"line\":([0-9]+),.*", "$1"))
                .containsExactly("7", "100001");
        assertThat(errors().getFirst())
                .isEqualTo(
                        "phrases.csv: CSV with kind and value; 100000 entries compared, 0 refused,"
                                + " 0 taken back, 0 for other countries");
    }

    @Test
    void hitIsPrintedWhileTheInputIsStillOpen() throws Exception {
        phrases(10);
        Process process = program("-Xmx64m").start();
        try (BufferedWriter in = process.outputWriter(UTF_8);
                BufferedReader out = process.inputReader(UTF_8)) {
            for (int i = 0; i < 3; i++) {
                in.write("{\"id\":\"%d\",\"text\":\"sample words number%d\"}\n".formatted(i, i));
                in.flush();

                assertThat(out.readLine()).startsWith("{\"id\":\"%d\",".formatted(i));
            }
        }

        assertThat(end(process)).isZero();
    }
}
