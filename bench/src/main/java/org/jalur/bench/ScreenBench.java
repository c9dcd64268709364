package org.jalur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /screen} of a running node over loopback, with client and server on the same cores:
 * batches of 100 messages of 200 octets as fast as they are answered, then single ones at a steady
 * 1,000 a second. One message in twenty has a file digest and a picture, one in a hundred a phrase
 * that is listed, whose hit is durable before the answer.
 */
public final class ScreenBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PHRASES = 1_000_000;
    private static final int KEYS = 10_000_000;
    private static final int PICTURES = 1_000_000;
    private static final int MESSAGES = 100_000;
    private static final int BATCH = 100;
    private static final int WITH_HASH = 20;
    private static final int CLIENTS = 2;
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final int SINGLES = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SplittableRandom random = new SplittableRandom(1);
    private final String url;
    private final String token;
    private final double scale;

    private ScreenBench(JsonNode demo, double scale) {
        url = demo.at("/platform/url").asString();
        token = demo.at("/platform/tokens/connector").asString();
        this.scale = scale;
    }

    /**
     * @param arguments demo.json; the folder of the demo's data; the share of all entries, 1 unless
     *     told
     */
    public static void main(String[] arguments) throws Exception {
        double scale = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 1;
        var bench = new ScreenBench(JSON.readTree(Path.of(arguments[0])), scale);
        var samples = new SampleTexts(1);
        List<String> plain = samples.messages(MESSAGES);
        List<String> phrases = samples.phrases((int) (PHRASES * scale), plain);
        bench.fill(Path.of(arguments[1]), phrases);
        bench.measure(samples.plant(plain, phrases));
    }

    /** A list that blocks, as an import leaves it; the node reads it while it grows. */
    private void fill(Path data, List<String> phrases) throws Exception {
        long start = System.nanoTime();
        try (Connection database = Millions.open(data, "platform")) {
            try (Statement statement = database.createStatement()) {
                statement.execute(
                        """
                        insert into signature_lists (id, name, source, mode, created_by, created_at)
                        values ('bench', 'Benchmark', 'own', 'block', 'bench', now())
                        """);
            }
            keys(database, "file_sha256", "encode(sha256(n::text::bytea), 'hex')", KEYS / 2);
            keys(
                    database,
                    "url",
                    "'http://host' || n % 100000 || '.example.com/path/' || n",
                    KEYS / 2);
            keys(database, "pdq", "encode(sha256(('p' || n)::bytea), 'hex')", PICTURES);
            phrases(database, phrases);
        }
        while (!single("{\"visibility\":\"public\",\"text\":\"" + phrases.getLast() + "\"}")
                .path("verdict")
                .asString()
                .equals("block")) {
            Thread.sleep(200);
        }
        System.out.printf(
                "%,d entries in the database and screened for after %.0f s%n",
                (int) ((KEYS + PICTURES + PHRASES) * scale), (System.nanoTime() - start) / 1e9);
    }

    private void keys(Connection database, String kind, String value, int count)
            throws SQLException {
        int all = (int) (count * scale);
        for (int from = 0; from < all; from += 500_000) {
            try (Statement statement = database.createStatement()) {
                statement.execute(
                        """
                        insert into entries (id, list, kind, value, digest, added_at)
                        select gen_random_uuid(), 'bench', '%s', value, sha256(value::bytea), now()
                        from (select %s as value from generate_series(%d, %d) n) fresh
                        """
                                .formatted(kind, value, from, Math.min(all, from + 500_000) - 1));
            }
        }
    }

    private static void phrases(Connection database, List<String> phrases) throws SQLException {
        for (int from = 0; from < phrases.size(); from += 50_000) {
            List<String> some = phrases.subList(from, Math.min(phrases.size(), from + 50_000));
            try (PreparedStatement statement =
                    database.prepareStatement(
                            """
                            insert into entries (id, list, kind, value, digest, added_at)
                            select gen_random_uuid(), 'bench', 'phrase', value, sha256(value::bytea), now()
                            from unnest(?::text[]) value
                            on conflict do nothing
                            """)) {
                statement.setArray(1, database.createArrayOf("text", some.toArray()));
                statement.execute();
            }
        }
    }

    private String message(String text, int number) throws Exception {
        String file =
                number % WITH_HASH == 1
                        ? ",\"files\":[{\"sha256\":\"%s\",\"pdq\":\"%s\",\"pdqQuality\":80}]"
                                .formatted(digest(), digest())
                        : "";
        return "{\"id\":\"%d\",\"visibility\":\"about-to-be-public\",\"text\":\"%s\"%s}"
                .formatted(number, text, file);
    }

    private String digest() throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(
                                        Long.toString(random.nextLong())
                                                .getBytes(StandardCharsets.UTF_8)));
    }

    private void measure(List<String> texts) throws Exception {
        var messages = new ArrayList<String>();
        for (int i = 0; i < texts.size(); i++) {
            messages.add(message(texts.get(i), i));
        }
        var batches = new ArrayList<byte[]>();
        for (int from = 0; from < messages.size(); from += BATCH) {
            batches.add(
                    ("{\"contents\":["
                                    + String.join(",", messages.subList(from, from + BATCH))
                                    + "]}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        batches(batches, "warming up");
        for (int i = 0; i < 3; i++) {
            batches(batches, "batches of 100, %d clients".formatted(CLIENTS));
        }
        singles(messages);
    }

    private void batches(List<byte[]> batches, String what) throws Exception {
        var answered = new LongAdder();
        var held = new LongAdder();
        long start = System.nanoTime();
        long end = start + LENGTH.toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            var calls = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client * batches.size() / CLIENTS;
                calls.add(
                        clients.submit(() -> {
                            for (int i = first; System.nanoTime() < end; i++) {
                                byte[] answer =
                                        post("/screen/batch", batches.get(i % batches.size()));
                                answered.add(BATCH);
                                held.add(count(answer, "\"verdict\":\"hold\""));
                            }
                            return null;
                        }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        System.out.printf(
                "%s: %,.0f messages/s, %d held%n",
                what, answered.sum() / ((System.nanoTime() - start) / 1e9), held.sum());
    }

    private static int count(byte[] answer, String word) {
        String text = new String(answer, StandardCharsets.UTF_8);
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            count++;
        }
        return count;
    }

    private void singles(List<String> messages) throws Exception {
        int count = (int) (SINGLES * LENGTH.toSeconds());
        double[] millis = new double[count];
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                int number = i;
                long due = start + i * TimeUnit.SECONDS.toNanos(1) / SINGLES;
                LockSupport.parkNanos(due - System.nanoTime());
                calls.add(
                        clients.submit(() -> {
                            post(
                                    "/screen",
                                    messages.get(number % messages.size())
                                            .getBytes(StandardCharsets.UTF_8));
                            millis[number] = (System.nanoTime() - due) / 1e6;
                            return null;
                        }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        Figures.print(
                "single requests at %,d/s, from when each was due".formatted(SINGLES), millis);
        double[] second = Arrays.copyOfRange(millis, count / 2, count);
        Figures.print("the second half of them", second);
    }

    private JsonNode single(String content) throws IOException, InterruptedException {
        return JSON.readTree(post("/screen", content.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] post(String path, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "%s answers %d %s"
                            .formatted(
                                    path,
                                    answer.statusCode(),
                                    new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return answer.body();
    }
}
