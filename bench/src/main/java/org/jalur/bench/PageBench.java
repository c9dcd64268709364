package org.jalur.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's pages with a million cases and five million items, and 50 reviewers at once. */
public final class PageBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
    private static final int PER_SECOND = 20;
    private static final int REQUESTS = 400;
    private static final int REVIEWERS = 50;
    private static final int CLAIMS = 20;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();
    private final JsonNode demo;
    private final String platform;

    private PageBench(JsonNode demo) {
        this.demo = demo;
        platform = demo.at("/platform/url").asString();
    }

    /**
     * @param arguments demo.json; the folder of the demo's data. One case has to be there.
     */
    public static void main(String[] arguments) throws Exception {
        var bench = new PageBench(JSON.readTree(Path.of(arguments[0])));
        try (Connection database = Millions.open(Path.of(arguments[1]))) {
            Millions.fill(database, 5, 10);
            List<String> ids = Millions.someCases(database, REQUESTS);
            bench.signIn();
            bench.weigh();
            bench.measure("home", List.of("/"));
            bench.measure("queue", List.of("/cases", "/cases?list=unclaimed"));
            bench.measure(
                    "queue, filtered",
                    List.of("/cases?urgency=urgent", "/cases?list=unclaimed&category=gambling"));
            bench.measure("closed cases", List.of("/cases?list=closed"));
            bench.measure("case", ids.stream().map(id -> "/cases/" + id).toList());
            bench.measure("settings", List.of("/settings"));
        }
        bench.claims();
    }

    private void signIn() throws Exception {
        Matcher token = TOKEN.matcher(get("/sign-in"));
        if (!token.find()) {
            throw new IOException("the sign-in page has no form");
        }
        String form =
                "_csrf=%s&name=%s&password=%s"
                        .formatted(
                                token.group(1),
                                encode(demo.at("/platform/signIn/names/reviewer").asString()),
                                encode(demo.at("/platform/signIn/password").asString()));
        http.send(
                HttpRequest.newBuilder(URI.create(platform + "/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(platform + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(path, answer.statusCode()));
        }
        return answer.body();
    }

    /** The first page with all that it loads, as it travels. */
    private void weigh() throws Exception {
        long octets = compressed("/");
        Matcher assets = ASSET.matcher(get("/"));
        while (assets.find()) {
            octets += compressed(assets.group(1));
        }
        System.out.printf(
                "first page with its style, script and icon: %.1f KB compressed%n", octets / 1e3);
    }

    private long compressed(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(platform + path))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    private void measure(String page, List<String> paths) throws Exception {
        for (int i = 0; i < 2 * REQUESTS; i++) {
            get(paths.get(i % paths.size()));
        }
        double[] millis = new double[REQUESTS];
        long start = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            // From when it was due: a slow page does not hide the wait of the next.
            get(paths.get(i % paths.size()));
            millis[i] = (System.nanoTime() - due) / 1e6;
        }
        print(
                "%s, %,d cases, 5 items each, %d requests/s"
                        .formatted(page, Millions.CASES, PER_SECOND),
                millis);
    }

    private static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "%s: median %.1f ms, p95 %.1f ms, p99 %.1f ms (n=%d)%n",
                what,
                millis[millis.length / 2],
                millis[millis.length * 95 / 100],
                millis[millis.length * 99 / 100],
                millis.length);
    }

    /** All reviewers ask for the next case at the same moment, again and again. */
    private void claims() throws Exception {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < REVIEWERS; i++) {
            String account =
                    api(
                                    "admin",
                                    "/api/accounts",
                                    Map.of("name", "sample reviewer " + i, "role", "reviewer"))
                            .path("id")
                            .asString();
            tokens.add(
                    api("admin", "/api/tokens", Map.of("account", account, "label", "bench"))
                            .path("token")
                            .asString());
        }
        round(tokens, 15);
        List<String> claimed = Collections.synchronizedList(new ArrayList<>());
        List<Double> millis = round(tokens, CLAIMS, claimed);
        if (new HashSet<>(claimed).size() != claimed.size()) {
            throw new IllegalStateException("a case was handed out twice");
        }
        print(
                "claim of the next case, %d reviewers at once, none twice".formatted(REVIEWERS),
                millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private void round(List<String> tokens, int times) throws Exception {
        round(tokens, times, new ArrayList<>());
    }

    private List<Double> round(List<String> tokens, int times, List<String> claimed)
            throws Exception {
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService reviewers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                var gate = new CountDownLatch(1);
                List<Future<?>> calls = new ArrayList<>();
                for (String token : tokens) {
                    calls.add(
                            reviewers.submit(() -> {
                                gate.await();
                                long start = System.nanoTime();
                                String id =
                                        post(token, "/api/cases/next/claim", "")
                                                .at("/case/id")
                                                .asString();
                                millis.add((System.nanoTime() - start) / 1e6);
                                synchronized (claimed) {
                                    claimed.add(id);
                                }
                                return null;
                            }));
                }
                gate.countDown();
                for (Future<?> call : calls) {
                    call.get();
                }
                Thread.sleep(500);
            }
        }
        return millis;
    }

    private JsonNode api(String role, String path, Object body) throws Exception {
        return post(
                demo.at("/platform/tokens/" + role).asString(),
                path,
                JSON.writeValueAsString(body));
    }

    private JsonNode post(String token, String path, String body) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(platform + path))
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
