package org.jalur.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jalur.screening.similar.SimilarIndex;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.TextSketchIndex;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.similar.TlshIndex;
import org.jspecify.annotations.Nullable;

/**
 * Digests of texts, and the search for near ones among many, beside the published TLSH as Debian's
 * libtlsh has it, and beside a scan. Everything found is compared with the scan.
 */
public final class SimilarBench {
    private static final int DIGESTS = 1_000_000;
    private static final int QUERIES = 400;
    private static final int PEER_QUERIES = 20;
    private static final Path PEER = Path.of("bench/src/main/native/tlsh_peer.cpp");

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<String> words = new ArrayList<>();

    private SimilarBench() {
        for (int i = 0; i < 20_000; i++) {
            words.add(word());
        }
    }

    /**
     * @param arguments how many digests; 1,000,000 unless told
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int digests = arguments.length == 0 ? DIGESTS : Integer.parseInt(arguments[0]);
        var bench = new SimilarBench();
        Path folder = Files.createTempDirectory("jalur-similar");
        Path peer = folder.resolve("tlsh_peer");
        boolean compiled = compile(peer);
        for (int length : new int[] {200, 1000, 10_000}) {
            bench.hash(length, compiled && length >= 1000 ? peer : null, folder);
        }
        bench.sketch(200);
        bench.searchTlsh(digests, compiled ? peer : null, folder);
        bench.searchSketches(digests);
    }

    private String word() {
        var word = new StringBuilder();
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            word.append("bdgklmnprstw".charAt(random.nextInt(12)))
                    .append("aeiou".charAt(random.nextInt(5)));
        }
        return word.toString();
    }

    /** Words of which few are used often, as in any language. */
    private String text(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(words.get((int) Math.pow(words.size(), random.nextDouble()) - 1))
                    .append(' ');
        }
        text.setLength(length);
        return text.toString();
    }

    private String variant(String text) {
        var variant = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            variant.insert(random.nextInt(variant.length()), word() + ' ');
        }
        return variant.toString();
    }

    private static boolean compile(Path peer) throws IOException, InterruptedException {
        try {
            int code =
                    new ProcessBuilder(
                                    "g++",
                                    "-O3",
                                    "-march=native",
                                    "-o",
                                    peer.toString(),
                                    PEER.toString(),
                                    "-ltlsh")
                            .inheritIO()
                            .start()
                            .waitFor();
            if (code == 0) {
                return true;
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(
                "Without the peer: it needs the Debian packages g++ and libtlsh-dev, and to be run"
                        + " from the root of the project.");
        return false;
    }

    private static List<String> run(Path peer, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(peer.toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            return out.lines().toList();
        }
    }

    private void hash(int length, @Nullable Path peer, Path folder) throws IOException {
        int count = 20_000_000 / length;
        byte[] octets = text(count * length).getBytes(StandardCharsets.US_ASCII);
        String[] digests = new String[count];
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            Tlsh[] hashed = new Tlsh[count];
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                hashed[i] = Tlsh.of(octets, i * length, length).orElseThrow();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) count);
            digests = Arrays.stream(hashed).map(Tlsh::toString).toArray(String[]::new);
        }
        System.out.printf(
                "TLSH of %,d octets: %,.2f us, %,.0f MB/s%n",
                length, best / 1e3, 1e3 * length / best);
        if (peer != null) {
            Path file = Files.write(folder.resolve("texts"), octets);
            List<String> out = run(peer, "hash", file.toString(), String.valueOf(length));
            double nanos = Double.parseDouble(out.getFirst());
            int same = 0;
            for (int i = 0; i < count; i++) {
                same += digests[i].endsWith(out.get(i + 1)) ? 1 : 0;
            }
            System.out.printf(
                    "  libtlsh: %,.2f us, so %.1f times as fast; %,d of %,d digests the same%n",
                    nanos / 1e3, nanos / best, same, count);
        }
    }

    private void sketch(int length) {
        int count = 50_000;
        String[] texts = new String[count];
        Arrays.setAll(texts, _ -> text(length));
        double best = Double.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (String text : texts) {
                sum += TextSketch.of(text).orElseThrow().low();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) count);
        }
        System.out.printf("sketch of %,d characters: %,.2f us (sum %x)%n", length, best / 1e3, sum);
    }

    private void searchTlsh(int count, @Nullable Path peer, Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        List<Tlsh> digests = new ArrayList<>(count);
        while (digests.size() < count) {
            String text = text(150 + random.nextInt(1500));
            Tlsh.of(text.getBytes(StandardCharsets.US_ASCII)).ifPresent(digests::add);
            if (texts.size() < QUERIES) {
                texts.add(text);
            }
        }
        List<Tlsh> queries = new ArrayList<>();
        for (String text : texts) {
            String query = random.nextBoolean() ? variant(text) : text(text.length());
            Tlsh.of(query.getBytes(StandardCharsets.US_ASCII)).ifPresent(queries::add);
        }
        long start = System.nanoTime();
        TlshIndex index = TlshIndex.of(digests);
        System.out.printf(
                "TLSH index of %,d: built in %,.0f ms%n", count, (System.nanoTime() - start) / 1e6);
        for (int distance : new int[] {30, 50, 70}) {
            double median = search("TLSH", index, queries, distance, Tlsh::distance);
            if (peer != null) {
                peer(peer, folder, digests, queries, distance, index, median);
            }
        }
    }

    private static void peer(
            Path peer,
            Path folder,
            List<Tlsh> digests,
            List<Tlsh> queries,
            int distance,
            TlshIndex index,
            double median)
            throws IOException {
        List<Tlsh> asked = queries.subList(0, PEER_QUERIES);
        Path all = Files.write(folder.resolve("digests"), lines(digests));
        Path some = Files.write(folder.resolve("queries"), lines(asked));
        List<String> out =
                run(peer, "scan", all.toString(), some.toString(), String.valueOf(distance));
        List<String> found =
                asked.stream()
                        .map(query -> String.valueOf(index.within(query, distance).size()))
                        .toList();
        double millis = Double.parseDouble(out.getFirst()) / 1e6;
        System.out.printf(
                "  libtlsh's scan: %.1f ms, so %.0f times as fast; found %s%n",
                millis,
                millis / median,
                found.equals(out.subList(1, out.size())) ? "the same" : "SOMETHING ELSE");
    }

    private static List<String> lines(List<Tlsh> digests) {
        return digests.stream()
                .map(digest -> digest.toString().substring(2))
                .collect(Collectors.toList());
    }

    private void searchSketches(int count) {
        List<TextSketch> sketches = new ArrayList<>(count);
        List<TextSketch> queries = new ArrayList<>();
        while (sketches.size() < count) {
            String text = text(60 + random.nextInt(240));
            sketches.add(TextSketch.of(text).orElseThrow());
            if (queries.size() < QUERIES) {
                String query = random.nextBoolean() ? variant(text) : text(text.length());
                queries.add(TextSketch.of(query).orElseThrow());
            }
        }
        long start = System.nanoTime();
        TextSketchIndex index = TextSketchIndex.of(sketches);
        System.out.printf(
                "sketch index of %,d: built in %,.0f ms%n",
                count, (System.nanoTime() - start) / 1e6);
        for (int distance : new int[] {12, 20, 24, 28}) {
            search("sketch", index, queries, distance, TextSketch::distance);
        }
    }

    /** How far two digests are apart. */
    private interface Distance<D> {
        int between(D one, D other);
    }

    private static <D> double search(
            String what, SimilarIndex<D> index, List<D> queries, int distance, Distance<D> apart) {
        double[] millis = new double[queries.size()];
        long found = 0;
        for (int round = 0; round < 3; round++) {
            found = 0;
            for (int i = 0; i < queries.size(); i++) {
                long start = System.nanoTime();
                found += index.within(queries.get(i), distance).size();
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        double median = millis[millis.length / 2];
        double scan = scan(index, queries, distance, apart);
        System.out.printf(
                "%s within %d: median %.3f ms, p99 %.3f ms; %,d found by %,d; a scan %.1f ms%n",
                what,
                distance,
                median,
                millis[millis.length * 99 / 100],
                found,
                queries.size(),
                scan);
        return median;
    }

    /** Compares some queries with each digest, and returns the milliseconds of one. */
    private static <D> double scan(
            SimilarIndex<D> index, List<D> queries, int distance, Distance<D> apart) {
        List<D> all = new ArrayList<>(index.size());
        for (int i = 0; i < index.size(); i++) {
            all.add(index.get(i));
        }
        List<D> asked = queries.subList(0, PEER_QUERIES);
        double millis = 0;
        for (D query : asked) {
            long start = System.nanoTime();
            int near = 0;
            for (D one : all) {
                near += apart.between(query, one) <= distance ? 1 : 0;
            }
            millis += (System.nanoTime() - start) / 1e6;
            int found = index.within(query, distance).size();
            if (found != near) {
                throw new IllegalStateException(
                        "the index found %d and the scan %d".formatted(found, near));
            }
        }
        return millis / asked.size();
    }
}
