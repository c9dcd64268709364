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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of both nodes with a million cases and notices, five million items each. */
public final class PageBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
    private static final int PER_SECOND = 20;
    private static final int REQUESTS = 200;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();
    private final JsonNode demo;
    private final String party;
    private final String node;

    private PageBench(JsonNode demo, String party) {
        this.demo = demo;
        this.party = party;
        node = demo.at("/%s/url".formatted(party)).asString();
    }

    /**
     * @param arguments demo.json; the folder of the demo's data, with one case in it; if wanted,
     *     the only node to measure
     */
    public static void main(String[] arguments) throws Exception {
        JsonNode demo = JSON.readTree(Path.of(arguments[0]));
        List<String> nodes =
                arguments.length > 2 ? List.of(arguments[2]) : List.of("platform", "authority");
        Path data = Path.of(arguments[1]);
        if (nodes.contains("platform")) {
            try (Connection database = Millions.open(data, "platform")) {
                Millions.fillCases(database, Millions.CASES, 5, 10);
                new PageBench(demo, "platform")
                        .platform(Millions.some("cases", database, REQUESTS));
            }
        }
        if (nodes.contains("authority")) {
            try (Connection database = Millions.open(data, "authority")) {
                Millions.fillNotices(database, Millions.CASES, 5);
                new PageBench(demo, "authority")
                        .authority(Millions.some("notices", database, REQUESTS));
            }
        }
    }

    private void platform(List<String> cases) throws Exception {
        signIn("reviewer");
        weigh();
        measure("home", List.of("/"));
        measure("queue", List.of("/cases", "/cases?list=unclaimed"));
        measure(
                "queue, filtered",
                List.of("/cases?urgency=urgent", "/cases?list=unclaimed&category=gambling"));
        measure("closed cases", List.of("/cases?list=closed"));
        measure("case", cases.stream().map(id -> "/cases/" + id).toList());
        measure("settings", List.of("/settings"));
    }

    private void authority(List<String> notices) throws Exception {
        signIn("officer");
        weigh();
        measure("home", List.of("/"));
        for (String list :
                List.of("approval", "unacknowledged", "due-soon", "overdue", "clarification")) {
            measure("notices, " + list, List.of("/notices?list=" + list));
        }
        measure("notices, sent and all", List.of("/notices?list=sent", "/notices?list=all"));
        measure("notice", notices.stream().map(id -> "/notices/" + id).toList());
        measure("forms", List.of("/notice-forms"));
        measure("form, first step", List.of(begin()));
    }

    /** Begins a form and gives the address of its first step. */
    private String begin() throws Exception {
        HttpResponse<Void> answer = post("/notice-forms", token("/notice-forms"));
        return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
    }

    private void signIn(String role) throws Exception {
        String name = demo.at("/%s/signIn/names/%s".formatted(party, role)).asString();
        String password = demo.at("/%s/signIn/password".formatted(party)).asString();
        post(
                "/sign-in",
                "%s&name=%s&password=%s"
                        .formatted(token("/sign-in"), encode(name), encode(password)));
    }

    private HttpResponse<Void> post(String path, String form)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(node + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private String token(String page) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(page));
        if (!token.find()) {
            throw new IOException(page + " has no form");
        }
        return "_csrf=" + token.group(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(node + path)).build(),
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
                "%s: first page with its style, script and icon: %.1f KB compressed%n",
                party, octets / 1e3);
    }

    private long compressed(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(node + path))
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
        Figures.print(
                "%s's %s, %,d with 5 items each, %d requests/s"
                        .formatted(party, page, Millions.CASES, PER_SECOND),
                millis);
    }
}
