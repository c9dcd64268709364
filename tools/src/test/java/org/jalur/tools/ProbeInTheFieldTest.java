package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.jalur.log.Hash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The probe's program, the demo's nodes and a real resolver, from the order to the lift: killed on
 * the way, started again, and taken out of the register.
 */
class ProbeInTheFieldTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> NAMES =
            List.of("one.platform.example", "two.platform.example", "three.platform.example");

    @TempDir private static Path folder;
    private static InventedNames internet;
    private static RunningResolver unbound;
    private static Process demo;
    private static JsonNode facts;
    private static Path key;
    private static String probe = "";
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                "1".equals(System.getenv("JALUR_REQUIRE_ALL"))
                        || Software.UNBOUND.program().isPresent(),
                "unbound is not installed");
        internet = new InventedNames();
        port = FreePort.row(7);
        // Where the demo's authority tells a resolver that does not sign of changes.
        unbound = RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"), port + 6);
        ProcessBuilder command =
                Launcher.command(
                        "demo",
                        "--headless",
                        "--ports",
                        Integer.toString(port),
                        "--data",
                        folder.resolve("data").toString());
        command.environment()
                .putAll(
                        Map.of(
                                "JALUR_MEASURE_CONTROL",
                                "127.0.0.1:" + internet.address().getPort(),
                                "JALUR_MEASURE_SOON",
                                "1s",
                                "JALUR_MEASURE_CHANGE",
                                "1h",
                                "JALUR_DNS_ORDERS_TTL",
                                "2"));
        demo = command.redirectOutput(folder.resolve("demo.log").toFile()).start();
        await(
                Duration.ofMinutes(4),
                () -> Files.readString(folder.resolve("demo.log")).contains("READY"));
        facts = JSON.readTree(folder.resolve("data/demo.json"));
        unbound.start(
                new Setup(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port + 4),
                        List.of(new DomainName("orders.rpz.authority.example")),
                        internet.address()));
        key = folder.resolve("probe.key");
    }

    @AfterAll
    static void stop() throws Exception {
        demo.destroy();
        if (!demo.waitFor(1, TimeUnit.MINUTES)) {
            demo.destroyForcibly().waitFor();
        }
        unbound.close();
        internet.close();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Duration time, Condition condition) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + time);
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static HttpResponse<String> send(
            String side, String role, String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(facts.path(side).path("url").asString() + path))
                        .timeout(Duration.ofMinutes(1))
                        .header(
                                "Authorization",
                                "Bearer " + facts.path(side).path("tokens").path(role).asString())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(String side, String role, String path) throws Exception {
        HttpResponse<String> answer = send(side, role, "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode post(String side, String role, String path, Object body)
            throws Exception {
        HttpResponse<String> answer =
                send(
                        side,
                        role,
                        "POST",
                        path,
                        body instanceof String text ? text : JSON.writeValueAsString(body));
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private static JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        JsonNode answer = get("authority", "officer", path);
        while (!wanted.test(answer) && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000_000);
            answer = get("authority", "officer", path);
        }
        assertThat(wanted.test(answer)).as(answer.toString()).isTrue();
        return answer;
    }

    private static String party(String side) {
        return facts.path(side).path("party").asString();
    }

    /** The demo's agreement, with blocks a minute after they are announced and without a ladder. */
    private static void agree() throws Exception {
        String peer = "/api/agreements/" + party("platform");
        JsonNode current =
                get("authority", "signatory", "/api/agreements")
                        .valueStream()
                        .filter(one -> one.path("state").asString().equalsIgnoreCase("in_force"))
                        .findFirst()
                        .orElseThrow();
        String text =
                send(
                                "authority",
                                "signatory",
                                "GET",
                                peer + "/" + current.path("id").asString() + "/text",
                                "")
                        .body();
        ObjectNode next = (ObjectNode) JSON.readTree(text);
        next.putObject("version")
                .put("number", current.path("number").asInt() + 1)
                .put("previous", Hash.sha256(text.getBytes(UTF_8)).hex());
        ((ObjectNode) next.path("accessBlocks"))
                .put("afterLadder", false)
                .put("announcedBefore", "PT1M");
        String id =
                post("authority", "signatory", peer, next.toString()).at("/summary/id").asString();
        for (String side : List.of("platform", "authority")) {
            String path =
                    "/api/agreements/"
                            + party(side.equals("platform") ? "authority" : "platform")
                            + "/"
                            + id;
            await(
                    Duration.ofMinutes(1),
                    () -> send(side, "signatory", "GET", path, "").statusCode() == 200);
            if (side.equals("authority")) {
                awaitState(side, path, "signed_by_peer");
            }
            String digest = get(side, "signatory", path).at("/summary/digest").asString();
            for (String role : List.of("signatory", "signatory.2")) {
                post(
                        side,
                        role,
                        path + "/signature",
                        Map.of("digest", digest, "representative", "Sample Representative"));
            }
        }
        awaitState("authority", peer + "/" + id, "in_force");
        awaitState("platform", "/api/agreements/" + party("authority") + "/" + id, "in_force");
    }

    private static void awaitState(String side, String path, String state) throws Exception {
        await(
                Duration.ofMinutes(1),
                () ->
                        get(side, "signatory", path)
                                .at("/summary/state")
                                .asString()
                                .equalsIgnoreCase(state));
    }

    private static String order() throws Exception {
        Instant effect =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(75);
        Map<String, Object> form = new HashMap<>();
        form.put("platform", party("platform"));
        form.put("reference", "LAPANGAN-1");
        form.put("organisation", "Otoritas Contoh");
        form.put(
                "names",
                NAMES.stream().map(name -> Map.of("name", name, "withSubdomains", false)).toList());
        form.put("notices", List.of());
        form.put("otherGround", "Sample ground.");
        form.put("legalBasis", Map.of("instrument", "Sample legal basis", "article", "1"));
        form.put("scope", Map.of("meant", "web_only", "alsoHits", "Sample words."));
        form.put("conditions", List.of(Map.of("type", "contact_answers")));
        form.put("takesEffectAt", effect.toString());
        form.put("reviewAt", effect.plus(Duration.ofDays(6)).toString());
        form.put("endsAt", effect.plus(Duration.ofDays(20)).toString());
        form.put("reasons", List.of());
        JsonNode draft = post("authority", "officer", "/api/access-blocks", form);
        String id = draft.at("/block/id").asString();
        for (String role : List.of("approver", "approver.2")) {
            post(
                    "authority",
                    role,
                    "/api/access-blocks/" + id + "/approval",
                    Map.of("digest", draft.path("digest").asString(), "subdomains", false));
        }
        awaitBlock(id, "in_force");
        return id;
    }

    private static void awaitBlock(String id, String state) throws Exception {
        await("/api/access-blocks/" + id, one -> one.at("/block/state").asString().equals(state));
    }

    private static String register() throws Exception {
        Launcher.Ended made = Launcher.run("probe", "key", key.toString());
        assertThat(made.code()).as(made.output()).isZero();
        Map<String, Object> resolver = new HashMap<>();
        resolver.put("operatorName", "Sample operator");
        resolver.put("contactPerson", "");
        resolver.put("contactMail", "");
        resolver.put("contactPhone", "");
        resolver.put("resolverName", "field");
        resolver.put("resolverAddress", "127.0.0.1");
        resolver.put("port", Integer.toString(port + 6));
        resolver.put("software", "unbound");
        resolver.put("transport", "transfer");
        resolver.put("askedFrom", "probe");
        String id = post("authority", "admin", "/api/resolvers", resolver).path("id").asString();
        return post(
                        "authority",
                        "admin",
                        "/api/probes",
                        Map.of(
                                "name",
                                "sample-probe",
                                "key",
                                made.output().strip(),
                                "resolvers",
                                List.of(id)))
                .path("id")
                .asString();
    }

    private static String[] words(String... more) throws Exception {
        Path statement = statement();
        String fingerprint = Launcher.run("fingerprint", statement.toString()).output();
        return Stream.concat(
                        Stream.of(
                                "probe",
                                "run",
                                "--node",
                                facts.at("/authority/url").asString(),
                                "--party",
                                party("authority"),
                                "--identity",
                                fingerprint.replaceAll("(?s).*?([0-9a-f]{64}).*", "$1"),
                                "--probe",
                                probe,
                                "--key",
                                key.toString(),
                                "--resolver",
                                "127.0.0.1:" + (port + 6)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** As the authority's node shows it to everybody. */
    private static Path statement() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/authority/keys"))) {
            return files.filter(Files::isRegularFile)
                    .filter(one -> one.getFileName().toString().contains("statement"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Set<String> in(JsonNode measured, String state, Instant since) {
        return measured.path("cells")
                .valueStream()
                .filter(one -> one.path("resolverName").asString().equals("field"))
                .filter(one -> one.path("source").asString().equals("probe"))
                .filter(one -> one.path("state").asString().equals(state))
                .filter(one -> Instant.parse(one.path("askedAt").asString()).isAfter(since))
                .map(one -> one.path("name").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void heatMapShowsWhatTheProgramAskedARealResolver() throws Exception {
        agree();
        String id = order();
        String measured = "/api/access-blocks/" + id + "/measured";
        probe = register();

        Launcher.Ended ended = Launcher.run(words("--questions-per-second", "200", "--once"));

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("1 tasks, 3 results");
        JsonNode first = get("authority", "officer", measured);
        assertThat(in(first, "blocked", Instant.EPOCH)).as(first.toString()).containsAll(NAMES);
        assertThat(first.at("/cells/0/origin").asString()).isEqualTo("sample-probe");
        assertThat(first.at("/cells/0/canary").asString()).isIn("blocked", "current");

        // Killed when it has reported some of the next task.
        Instant before = Clock.systemUTC().instant();
        Process slow =
                Launcher.command(words("--questions-per-second", "4"))
                        .redirectOutput(folder.resolve("slow.log").toFile())
                        .start();
        await(measured, one -> !in(one, "blocked", before).isEmpty());
        slow.destroyForcibly().waitFor();
        int reported = in(get("authority", "officer", measured), "blocked", before).size();
        assertThat(reported).as("it was in the middle").isBetween(1, NAMES.size() - 1);
        Process again =
                Launcher.command(words("--questions-per-second", "200"))
                        .redirectOutput(folder.resolve("again.log").toFile())
                        .start();
        try {
            await(measured, one -> in(one, "blocked", before).containsAll(NAMES));

            Map<String, Object> reason = Map.of("reason", "Sample reason.");
            post("authority", "approver", "/api/access-blocks/" + id + "/lift", reason);
            awaitBlock(id, "lifted");
            assertThat(in(get("authority", "officer", measured), "open", before))
                    .containsAll(NAMES);

            post("authority", "admin", "/api/probes/" + probe + "/removal", Map.of());
            await(
                    Duration.ofMinutes(2),
                    () -> Files.readString(folder.resolve("again.log")).contains("answered 401"));
            assertThat(again.isAlive()).as("it asks again, more seldom").isTrue();
        } finally {
            again.destroyForcibly().waitFor();
        }
        Launcher.Ended refused = Launcher.run(words("--once"));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("No probe " + probe + " with this key");
    }
}
