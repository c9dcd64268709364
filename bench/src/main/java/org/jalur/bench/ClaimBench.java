package org.jalur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fifty reviewers who ask for the next case at the same moment, again and again. */
public final class ClaimBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int QUEUE = 100_000;
    private static final int REVIEWERS = 50;
    private static final int WARM_UP = 80;
    private static final int ROUNDS = 40;
    private static final Duration EVERY = Duration.ofMillis(500);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonNode demo;
    private final Connection database;
    private final List<String> claimed = Collections.synchronizedList(new ArrayList<>());

    private ClaimBench(JsonNode demo, Connection database) {
        this.demo = demo;
        this.database = database;
    }

    /**
     * @param arguments demo.json; the folder of the demo's data. One case has to be there.
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        try (Connection database = Millions.open(data, "authority")) {
            Millions.fillNotices(database, QUEUE, 1);
        }
        try (Connection database = Millions.open(data, "platform")) {
            Millions.fillCases(database, QUEUE, 1, 1);
            var bench = new ClaimBench(JSON.readTree(Path.of(arguments[0])), database);
            bench.run();
        }
    }

    private void run() throws Exception {
        List<String> tokens = tokens();
        for (int i = 0; i < WARM_UP; i++) {
            round(tokens);
            Thread.sleep(EVERY);
        }
        var apart = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            awaitQuiet();
            apart.addAll(round(tokens));
        }
        print("each time after the acknowledgements of the round before were delivered", apart);
        var close = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            close.addAll(round(tokens));
            Thread.sleep(EVERY);
        }
        print("every %d ms, whatever else is going on".formatted(EVERY.toMillis()), close);
        if (new HashSet<>(claimed).size() != claimed.size()) {
            throw new IllegalStateException("a case was handed out twice");
        }
        System.out.printf("%,d claims, no case handed out twice%n", claimed.size());
    }

    private static void print(String when, List<Double> millis) {
        Figures.print(
                "claim of the next case, %d reviewers at once, %s".formatted(REVIEWERS, when),
                millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private List<String> tokens() throws Exception {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < REVIEWERS; i++) {
            String account =
                    asAdmin(
                                    "/api/accounts",
                                    Map.of("name", "sample reviewer " + i, "role", "reviewer"))
                            .path("id")
                            .asString();
            tokens.add(
                    asAdmin("/api/tokens", Map.of("account", account, "label", "bench"))
                            .path("token")
                            .asString());
        }
        return tokens;
    }

    private void awaitQuiet() throws SQLException, InterruptedException {
        while (true) {
            try (Statement statement = database.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    """
                                    select (select count(*) from acknowledgements) + (select count(*) from outbox)
                                    """)) {
                row.next();
                if (row.getLong(1) == 0) {
                    return;
                }
            }
            Thread.sleep(20);
        }
    }

    private List<Double> round(List<String> tokens) throws Exception {
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService reviewers = Executors.newVirtualThreadPerTaskExecutor()) {
            var gate = new CountDownLatch(1);
            List<Future<?>> calls = new ArrayList<>();
            for (String token : tokens) {
                calls.add(
                        reviewers.submit(() -> {
                            gate.await();
                            long start = System.nanoTime();
                            JsonNode next = post(token, "/api/cases/next/claim", "");
                            millis.add((System.nanoTime() - start) / 1e6);
                            claimed.add(next.at("/case/id").asString());
                            return null;
                        }));
            }
            gate.countDown();
            for (Future<?> call : calls) {
                call.get();
            }
        }
        return millis;
    }

    private JsonNode asAdmin(String path, Object body) throws Exception {
        return post(
                demo.at("/platform/tokens/admin").asString(), path, JSON.writeValueAsString(body));
    }

    private JsonNode post(String token, String path, String body) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(demo.at("/platform/url").asString() + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
