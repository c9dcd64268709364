package org.jalur.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jalur.bench.PhraseBench.Pass;

/** Hyperscan in a process of its own, which searches all messages once each time it is asked. */
final class Hyperscan implements AutoCloseable {
    private static final String SOURCE = "src/main/native/phrases.c";
    private static final int PHRASES_PER_DATABASE = 1_000_000;

    private final Path folder;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private Hyperscan(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.answers = process.inputReader(UTF_8);
        this.orders = process.outputWriter(UTF_8);
    }

    static Hyperscan start(List<String> phrases, List<String> messages) throws IOException {
        Path folder = Files.createTempDirectory("jalur-hyperscan");
        Path program = folder.resolve("phrases");
        Process compiler =
                new ProcessBuilder(
                                "cc", "-O2", "-o", program.toString(), source().toString(), "-lhs")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        if (compiler.onExit().join().exitValue() != 0) {
            throw new IOException(
                    "cannot compile " + SOURCE + "; it needs gcc and libhyperscan-dev: " + said);
        }
        Path phraseFile = Files.write(folder.resolve("phrases.txt"), phrases);
        Path messageFile = Files.write(folder.resolve("messages.txt"), messages);
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                phraseFile.toString(),
                                messageFile.toString(),
                                Integer.toString(PHRASES_PER_DATABASE))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var hyperscan = new Hyperscan(folder, process);
        String[] ready = hyperscan.answer();
        System.out.printf(
                "  Hyperscan compiled in %s s, %,d octets, %s database(s)%n",
                ready[1], Long.parseLong(ready[2]), ready[3]);
        return hyperscan;
    }

    private static Path source() {
        Path here = Path.of(SOURCE);
        return Files.exists(here) ? here : Path.of("bench").resolve(SOURCE);
    }

    private String[] answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the program for Hyperscan has ended");
        }
        return line.split(" ");
    }

    Pass pass() throws IOException {
        orders.write("go\n");
        orders.flush();
        String[] answer = answer();
        return new Pass(
                Long.parseLong(answer[0]),
                Long.parseLong(answer[1]),
                Long.parseUnsignedLong(answer[2]));
    }

    @Override
    public void close() throws IOException {
        orders.close();
        process.onExit().join();
        for (String name : List.of("phrases", "phrases.txt", "messages.txt")) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
    }
}
