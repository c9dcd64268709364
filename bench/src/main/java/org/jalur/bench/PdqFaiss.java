package org.jalur.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs our small Python program over the same hashes: faiss, of Debian's package python3-faiss. */
final class PdqFaiss {
    /** Debian's own interpreter: another one on the path does not see Debian's packages. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final Path PROGRAM = Path.of("bench/src/main/python/pdq_faiss.py");

    private PdqFaiss() {}

    /** One answer: {@code distances} is the sum over all matches. */
    record Answer(
            String index,
            double buildSeconds,
            int queries,
            double micros,
            long matches,
            long distances) {
        private static Answer parse(String line) {
            String[] parts = line.split(" ", 6);
            return new Answer(
                    parts[0],
                    Double.parseDouble(parts[1]),
                    Integer.parseInt(parts[2]),
                    Double.parseDouble(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]));
        }
    }

    /** Nothing, and a line that says why, if Python or faiss is not installed. */
    static List<Answer> ask(long[] hashes, long[] queries) throws IOException {
        Path folder = Files.createTempDirectory("jalur-pdq");
        String stored = write(folder.resolve("hashes"), hashes);
        String asked = write(folder.resolve("queries"), queries);
        try {
            List<Answer> parsed = run(stored, asked);
            if (parsed.isEmpty()) {
                System.out.println("  no faiss: it needs the Debian package python3-faiss");
            }
            return parsed;
        } catch (IOException e) {
            System.out.println("  no faiss: it needs the Debian packages python3, python3-faiss");
            return List.of();
        } finally {
            for (Path file : List.of(folder.resolve("hashes"), folder.resolve("queries"), folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Answer> run(String hashes, String queries) throws IOException {
        Process process =
                new ProcessBuilder(PYTHON, PROGRAM.toString(), hashes, queries)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
            return answers.lines().map(Answer::parse).toList();
        }
    }

    private static String write(Path file, long[] words) {
        try (var out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            for (long word : words) {
                out.writeLong(word);
            }
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
