package org.jalur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both nodes of a running demo under load, by their public API. */
public final class ChannelBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String[] ALL = {"throughput", "latency", "way", "items"};
    private static final int WARM_UP = 500;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonNode demo;

    private ChannelBench(JsonNode demo) {
        this.demo = demo;
    }

    /** A call that must succeed. */
    private interface Call {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new ChannelBench(JSON.readTree(Path.of(arguments[0])));
        Set<String> wanted = Set.of(arguments.length > 1 ? arguments[1].split(",") : ALL);
        // First what empties the queue again: the others leave their cases open.
        if (wanted.contains("way")) {
            bench.wholeWay(4 * WARM_UP);
            bench.wholeWay(1_000);
            bench.oneByOne(100);
        }
        if (wanted.contains("items")) {
            bench.manyItems(10_000);
            bench.manyItems(10_000);
        }
        if (wanted.contains("throughput")) {
            bench.throughput(8 * WARM_UP);
            bench.throughput(5_000);
        }
        if (wanted.contains("latency")) {
            bench.latency(50, Duration.ofSeconds(20));
        }
    }

    private void throughput(int count) throws Exception {
        List<String> ids = drafts(count);
        long start = System.nanoTime();
        parallel(
                16,
                ids.stream()
                        .<Call>map(id ->
                                () ->
                                        post(
                                                "authority",
                                                "approver",
                                                "/api/notices/" + id + "/approval",
                                                ""))
                        .toList());
        double approved = seconds(start);
        // The channel keeps order, and 16 approvals run at once: the last of them end the run.
        awaitReceipts(ids.subList(count - 32, count));
        double received = seconds(start);
        awaitReceipts(ids);
        System.out.printf(
                "approved to verified receipt: %d notices, %.0f/s (approvals alone %.0f/s)%n",
                count, count / received, count / approved);
    }

    private void latency(int perSecond, Duration length) throws Exception {
        int count = (int) (perSecond * length.toSeconds());
        List<String> ids = drafts(count);
        Map<String, Instant> asked = new ConcurrentHashMap<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(
                        start + i * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime());
                String id = ids.get(i);
                calls.add(
                        clients.submit(() -> {
                            asked.put(id, Instant.now());
                            return post(
                                    "authority",
                                    "approver",
                                    "/api/notices/" + id + "/approval",
                                    "");
                        }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        Thread.sleep(2000);
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            JsonNode notice =
                    get("authority", "officer", "/api/notices/" + ids.get(i)).path("notice");
            Instant known = Instant.parse(notice.path("changedAt").asString());
            millis[i] =
                    Duration.between(asked.getOrDefault(ids.get(i), known), known).toNanos() / 1e6;
        }
        Figures.print("approval to stored receipt at %d/s".formatted(perSecond), millis);
    }

    /** As a reviewer sees it on a quiet day: one case after the other. */
    private void oneByOne(int count) throws Exception {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            String id = draft(publish(i));
            post("authority", "approver", "/api/notices/" + id + "/approval", "");
            awaitReceipts(List.of(id));
            for (JsonNode one : get("platform", "reviewer", "/api/cases?limit=200").path("cases")) {
                if (one.path("notice").asString().equals(id)) {
                    decide(one.path("id").asString());
                }
            }
            awaitMeasures(List.of(id));
            millis[i] = untilGone(id);
        }
        Figures.print("decision to gone on all routes, one case after the other", millis);
    }

    private double untilGone(String id) throws Exception {
        JsonNode item = get("authority", "officer", "/api/notices/" + id).at("/items/0");
        if (!item.path("enforcement").asString().equals("gone")) {
            throw new IllegalStateException("not gone: " + item);
        }
        return Duration.between(
                                Instant.parse(item.at("/decisions/0/decidedAt").asString()),
                                Instant.parse(item.at("/measures/0/measuredAt").asString()))
                        .toNanos()
                / 1e6;
    }

    private String publish(int number) throws Exception {
        String text =
                "Sample post %d %d: made up for a benchmark, long enough."
                        .formatted(number, System.nanoTime());
        return sample(
                        "/channels/bench-" + Math.floorMod(text.hashCode(), 20) + "/posts",
                        Map.of("text", text))
                .path("url")
                .asString();
    }

    private void wholeWay(int count) throws Exception {
        List<String> urls = Collections.synchronizedList(new ArrayList<>());
        var posts = new ArrayList<Call>();
        for (int i = 0; i < count; i++) {
            int number = i;
            posts.add(() -> urls.add(publish(number)));
        }
        parallel(8, posts);
        List<String> ids = Collections.synchronizedList(new ArrayList<>());
        parallel(8, urls.stream().<Call>map(url -> () -> ids.add(draft(url))).toList());
        Set<String> drafted = Set.copyOf(ids);
        List<String> order = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService reviewers = Executors.newFixedThreadPool(4)) {
            Future<?> approvals =
                    reviewers.submit(() -> {
                        parallel(
                                8,
                                ids.stream()
                                        .<Call>map(id ->
                                                () ->
                                                        post(
                                                                "authority",
                                                                "approver",
                                                                "/api/notices/" + id + "/approval",
                                                                ""))
                                        .toList());
                        return null;
                    });
            int decided = 0;
            while (decided < count) {
                List<Call> work = new ArrayList<>();
                for (JsonNode one :
                        get("platform", "reviewer", "/api/cases?limit=200").path("cases")) {
                    if (drafted.contains(one.path("notice").asString())) {
                        order.add(one.path("notice").asString());
                        work.add(() -> decide(one.path("id").asString()));
                    }
                }
                parallel(8, work);
                decided += work.size();
                if (work.isEmpty()) {
                    Thread.sleep(20);
                }
            }
            approvals.get();
        }
        // Eight cases are decided at once, and what is decided is acted on in its order.
        awaitMeasures(order.subList(count - 64, count));
        double told = seconds(start);
        awaitMeasures(order);
        System.out.printf(
                "whole way to measures known to the authority: %d notices, %.0f/s%n",
                count, count / told);
        double[] millis = new double[count];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = untilGone(order.get(i));
        }
        Figures.print("decision to gone on all routes, under that load", millis);
    }

    private void decide(String id) throws Exception {
        post("platform", "reviewer", "/api/cases/" + id + "/claim", "");
        post(
                "platform",
                "reviewer",
                "/api/cases/" + id + "/decisions",
                """
                {"decisions":[{"outcome":"blocked","policy":"Sample rule","reason":"Sample reason."}]}\
                """);
    }

    private void manyItems(int count) throws Exception {
        var csv = new StringBuilder("url,kind\n");
        for (int i = 0; i < count; i++) {
            csv.append("https://social.example/bench/").append(i).append(",post\n");
        }
        Map<String, Object> form = new java.util.HashMap<>(form("unused"));
        form.remove("items");
        form.put("itemsCsv", csv.toString());
        long start = System.nanoTime();
        String id =
                JSON.readTree(
                                post(
                                        "authority",
                                        "officer",
                                        "/api/notices",
                                        JSON.writeValueAsString(form)))
                        .at("/notice/id")
                        .asString();
        post("authority", "approver", "/api/notices/" + id + "/approval", "");
        while (!get("authority", "officer", "/api/notices/" + id + "?limit=1")
                .path("notice")
                .hasNonNull("receivedAt")) {
            Thread.sleep(20);
        }
        System.out.printf("%d items, CSV to receipt: %.2f s%n", count, seconds(start));
        String found = "";
        for (JsonNode one : get("platform", "reviewer", "/api/cases?limit=500").path("cases")) {
            if (one.path("notice").asString().equals(id)) {
                found = one.path("id").asString();
            }
        }
        post("platform", "reviewer", "/api/cases/" + found + "/claim", "");
        start = System.nanoTime();
        post(
                "platform",
                "reviewer",
                "/api/cases/" + found + "/decisions",
                """
                {"decisions":[{"outcome":"refused","ground":"not_illegal","policy":"Sample rule","reason":"Sample reason."}]}\
                """);
        double answered = seconds(start);
        while (!get("authority", "officer", "/api/notices/" + id + "?limit=1")
                .at("/notice/state")
                .asString()
                .equals("closed")) {
            Thread.sleep(20);
        }
        System.out.printf(
                "%d decisions in bulk: answered (signed, in the outbox) in %.2f s, with the authority in %.2f s%n",
                count, answered, seconds(start));
    }

    private List<String> drafts(int count) throws Exception {
        List<String> ids = Collections.synchronizedList(new ArrayList<>());
        var calls = new ArrayList<Call>();
        for (int i = 0; i < count; i++) {
            String url = "https://social.example/bench/" + i;
            calls.add(() -> ids.add(draft(url)));
        }
        parallel(8, calls);
        return ids;
    }

    private String draft(String url) throws Exception {
        return JSON.readTree(
                        post(
                                "authority",
                                "officer",
                                "/api/notices",
                                JSON.writeValueAsString(form(url))))
                .at("/notice/id")
                .asString();
    }

    private static Map<String, Object> form(String url) {
        return Map.ofEntries(
                Map.entry("kind", "order"),
                Map.entry("urgency", "urgent"),
                Map.entry("category", "terrorism"),
                Map.entry(
                        "legalBasis",
                        Map.of("instrument", "Permenkominfo 5/2020", "article", "14")),
                Map.entry("issuingBody", Map.of("name", "Kementerian Contoh", "type", "ministry")),
                Map.entry("organisation", "Otoritas Contoh"),
                Map.entry("reference", "BENCH"),
                Map.entry("reasons", "Sample reasons."),
                Map.entry("language", "en"),
                Map.entry("redress", "Sample court."),
                Map.entry("contact", "sample desk"),
                Map.entry("items", List.of(Map.of("url", url, "text", "Sample post"))));
    }

    /** Asks for one notice only until that is there: reading lists is not what is measured. */
    private void awaitReceipts(List<String> ids) throws Exception {
        for (String id : ids.reversed()) {
            while (!get("authority", "officer", "/api/notices/" + id)
                    .path("notice")
                    .hasNonNull("receivedAt")) {
                Thread.sleep(50);
            }
        }
    }

    private void awaitMeasures(List<String> ids) throws Exception {
        for (String id : ids.reversed()) {
            while (get("authority", "officer", "/api/notices/" + id)
                    .at("/items/0/measures")
                    .isEmpty()) {
                Thread.sleep(50);
            }
        }
    }

    private static void parallel(int threads, List<Call> calls) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<?>>();
            for (Call call : calls) {
                futures.add(
                        clients.submit(() -> {
                            call.run();
                            return null;
                        }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    private JsonNode get(String side, String role, String path) throws Exception {
        return JSON.readTree(send(request(side, role, path).build()));
    }

    private String post(String side, String role, String path, String body) throws Exception {
        return send(
                request(side, role, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private JsonNode sample(String path, Object body) throws Exception {
        URI uri = URI.create(demo.at("/samplePlatform/url").asString() + path);
        return JSON.readTree(
                send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                JSON.writeValueAsString(body)))
                                .build()));
    }

    private HttpRequest.Builder request(String side, String role, String path) {
        return HttpRequest.newBuilder(URI.create(demo.path(side).path("url").asString() + path))
                .timeout(Duration.ofSeconds(60))
                .header(
                        "Authorization",
                        "Bearer " + demo.path(side).path("tokens").path(role).asString());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s answers %d %s"
                            .formatted(request.uri(), response.statusCode(), response.body()));
        }
        return response.body();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
