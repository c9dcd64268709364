package org.jalur.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.log.Witness;
import org.jalur.tools.Launcher.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a newcomer meets it: real processes, the README's lines, and a restart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path folder;
    private static Process demo;
    private static JsonNode facts;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.row(5);
        demo = startDemo();
        facts = JSON.readTree(demoJson());
    }

    @AfterAll
    static void stop() throws Exception {
        stopDemo();
    }

    private static Process startDemo() throws Exception {
        Process demo =
                Launcher.command(
                                "demo",
                                "--headless",
                                "--ports",
                                Integer.toString(port),
                                "--data",
                                folder.resolve("data").toString())
                        .redirectOutput(folder.resolve("demo.log").toFile())
                        .start();
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!Files.readString(folder.resolve("demo.log")).contains("READY")) {
            if (!demo.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(Files.readString(folder.resolve("demo.log")));
            }
            LockSupport.parkNanos(100_000_000);
        }
        return demo;
    }

    private static void stopDemo() throws Exception {
        demo.destroy();
        if (!demo.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the demo does not stop");
        }
    }

    private static Path demoJson() {
        return folder.resolve("data/demo.json");
    }

    @Test
    @Order(1)
    void demoJsonTellsWhereAndIsForItsOwnerAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(demoJson())))
                .isEqualTo("rw-------");
        assertThat(facts.at("/authority/url").asString()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(facts.at("/platform/url").asString())
                .isEqualTo("http://127.0.0.1:" + (port + 1));
        assertThat(facts.at("/samplePlatform/url").asString())
                .isEqualTo("http://127.0.0.1:" + (port + 2));
        assertThat(facts.at("/witness/url").asString()).isEqualTo("http://127.0.0.1:" + (port + 3));
        assertThat(facts.at("/authority/tokens").propertyNames())
                .contains("officer", "approver", "admin", "auditor");
        assertThat(facts.at("/platform/tokens").propertyNames())
                .contains("reviewer", "senior-reviewer", "admin", "auditor");
    }

    @Test
    @Order(2)
    void readmeGoesTheWholeWayByCurl() throws Exception {
        require("curl");
        require("jq");
        String readme = Files.readString(Launcher.ROOT.resolve("README.md"));
        int from = readme.indexOf("```bash\n") + "```bash\n".length();
        String lines = readme.substring(from, readme.indexOf("```", from));
        var bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", lines);
        bash.environment().put("JALUR_DEMO", demoJson().toString());

        Ended ended = Launcher.end(bash.redirectErrorStream(true));

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("\"sent\"", "\"delivered\"", "\"closed\"", "451")
                .contains("\"outcome\": \"gone\"", "\"told\": true", "\"block\"");
    }

    /** A program of the system; without it the test is skipped, unless nothing may be. */
    private static void require(String program) throws Exception {
        boolean there =
                new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
        if (!there && !"1".equals(System.getenv("JALUR_REQUIRE_ALL"))) {
            Assumptions.abort(program + " is not installed");
        }
        assertThat(there).as(program + " is installed").isTrue();
    }

    @Test
    @Order(3)
    void withdrawnNoticeIsRestoredAndItsSignaturesCountNoMore() throws Exception {
        String text = "Sample post B: made up, long enough to be recognised when it returns.";
        String post = publish("sample-b", text).path("url").asString();
        String notice = send(post);
        String id = caseOf(notice);
        call("platform", "reviewer", "/api/cases/" + id + "/claim", Map.of());
        call(
                "platform",
                "reviewer",
                "/api/cases/" + id + "/decisions",
                Map.of(
                        "decisions",
                        List.of(
                                Map.of(
                                        "outcome",
                                        "blocked",
                                        "policy",
                                        "Sample rule 1",
                                        "reason",
                                        "Sample reason.",
                                        "signatures",
                                        Map.of("text", "block")))));
        awaitNotice(notice, one -> one.at("/items/0/enforcement").asString("").equals("gone"));
        assertThat(status(post)).isEqualTo(451);

        call(
                "authority",
                "approver",
                "/api/notices/" + notice + "/withdrawal",
                Map.of("reason", "Sample mistake."));
        awaitNotice(notice, one -> one.at("/items/0/enforcement").asString("").equals("visible"));

        assertThat(status(post)).isEqualTo(200);
        assertThat(publish("sample-c", text).has("url")).isTrue();
    }

    @Test
    @Order(4)
    void countryIsWithheldWithoutTheRestOfTheWorld() throws Exception {
        String post =
                publish("sample-d", "Sample post D: made up, and long enough to be seen.")
                        .path("url")
                        .asString();
        String notice = send(post);
        String id = caseOf(notice);
        call("platform", "reviewer", "/api/cases/" + id + "/claim", Map.of());
        call(
                "platform",
                "reviewer",
                "/api/cases/" + id + "/decisions",
                Map.of(
                        "decisions",
                        List.of(
                                Map.of(
                                        "outcome",
                                        "withheld",
                                        "countries",
                                        List.of("ID"),
                                        "policy",
                                        "Sample rule 1",
                                        "reason",
                                        "Sample reason."))));
        awaitNotice(notice, one -> one.at("/items/0/enforcement").asString("").equals("gone"));

        assertThat(status(post + "?country=ID")).isEqualTo(451);
        assertThat(status(post + "?country=SG")).isEqualTo(200);
    }

    @Test
    @Order(5)
    void ownerReadsWhatWasDoneAndWhy() throws Exception {
        String inbox =
                HTTP.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        facts.at("/samplePlatform/url").asString()
                                                                + "/channels/sample-d/inbox"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();

        assertThat(inbox).contains("Kementerian Contoh", "Sample reason.", "sample court");
    }

    @Test
    @Order(6)
    void blockedPictureDoesNotComeBackReEncodedScaledOrMirrored() throws Exception {
        BufferedImage picture = waves(320, 240, 0);
        String post = publish("sample-g", file(picture, "png")).path("url").asString();
        String notice = send(post);
        String id = caseOf(notice);
        call("platform", "reviewer", "/api/cases/" + id + "/claim", Map.of());
        call(
                "platform",
                "reviewer",
                "/api/cases/" + id + "/decisions",
                Map.of(
                        "decisions",
                        List.of(
                                Map.of(
                                        "outcome",
                                        "blocked",
                                        "policy",
                                        "Sample rule 1",
                                        "reason",
                                        "Sample reason.",
                                        "signatures",
                                        Map.of("file", "none", "picture", "block")))));
        awaitNotice(notice, one -> one.at("/items/0/enforcement").asString("").equals("gone"));

        byte[] reEncoded = file(picture, "jpg");
        assertRefused(reEncoded);
        assertRefused(file(drawn(picture, 0, 0, 200, 150), "jpg"));
        assertRefused(file(drawn(picture, 320, 0, -320, 240), "png"));
        assertThat(publish("sample-g", file(waves(320, 240, 1), "png")).has("url")).isTrue();

        call(
                "authority",
                "approver",
                "/api/notices/" + notice + "/withdrawal",
                Map.of("reason", "Sample mistake."));
        awaitNotice(notice, one -> one.at("/items/0/enforcement").asString("").equals("visible"));
        assertThat(publish("sample-g", reEncoded).has("url")).isTrue();
    }

    private static void assertRefused(byte[] picture) throws Exception {
        JsonNode answer = publish("sample-g", picture);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(451);
    }

    /** A made-up picture with structure. */
    private static BufferedImage waves(int width, int height, double phase) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = wave(x * x / 3600.0 + y / 34.0 + phase);
                int green = wave(y * y / 2800.0 - x / 46.0 - 2 * phase);
                int blue = wave((x + 1.0) * y / 3600.0 + 3 * phase);
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return picture;
    }

    private static int wave(double angle) {
        return (int) (127 + 120 * Math.sin(angle));
    }

    /** The picture as it looks when it is drawn from here; mirrored if the width is negative. */
    private static BufferedImage drawn(BufferedImage picture, int x, int y, int width, int height) {
        var other = new BufferedImage(Math.abs(width), height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = other.createGraphics();
        canvas.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(picture, x, y, width, height, null);
        canvas.dispose();
        return other;
    }

    private static byte[] file(BufferedImage picture, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, out)).as(format).isTrue();
        return out.toByteArray();
    }

    @Test
    @Order(7)
    void whatIsNotPublicIsNotScreened() throws Exception {
        HttpResponse<String> response =
                post(
                        "platform",
                        "connector",
                        "/screen",
                        Map.of("visibility", "private", "text", "Sample words."));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("visibility").contains("private");
    }

    @Test
    @Order(8)
    void samplePlatformKeepsTheConnectorContract() throws Exception {
        String post = publish("sample-e", file(waves(160, 120, 2), "png")).path("url").asString();

        Ended ended =
                Launcher.run(
                        "connector-check",
                        "--url",
                        facts.at("/samplePlatform/url").asString() + "/connector",
                        "--secret-file",
                        secretFile().toString(),
                        "--target",
                        post);

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("The connector keeps the contract.");
    }

    private static Path secretFile() throws IOException {
        try (var files = Files.walk(folder.resolve("data"), 3)) {
            return files.filter(file -> file.getFileName().toString().contains("secret"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Order(9)
    void noticeToAFrozenPlatformIsTriedThroughTheIndependentWitness() throws Exception {
        String post =
                publish(
                                "sample-f",
                                "Sample post F: made up, and filed while the other side is frozen.")
                        .path("url")
                        .asString();
        ProcessHandle platform =
                demo.descendants()
                        .filter(one ->
                                one.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains("platform.properties --jalur"))
                        .findFirst()
                        .orElseThrow();
        signal("STOP", platform);
        String notice;
        try {
            notice = send(post);
            awaitNotice(notice, one -> !one.path("relayed").isEmpty(), Duration.ofMinutes(3));
        } finally {
            signal("CONT", platform);
        }
        JsonNode tried = get("authority", "officer", "/api/notices/" + notice);
        assertThat(tried.at("/relayed/0/witness").asString())
                .isEqualTo(facts.at("/witness/name").asString());
        assertThat(tried.at("/relayed/0/outcome").asString()).isEqualTo("timeout");

        awaitNotice(notice, one -> one.hasNonNull("receipt"), Duration.ofMinutes(3));
    }

    private static void signal(String signal, ProcessHandle process) throws Exception {
        assertThat(
                        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                                .start()
                                .waitFor())
                .isZero();
    }

    @Test
    @Order(10)
    void bothJournalsAreCosignedByTheIndependentWitness() throws Exception {
        for (String party : List.of("otoritas-contoh", "platform-contoh")) {
            String log = Witness.originHash(party + ".example/journal").hex();

            HttpResponse<String> cosigned =
                    HTTP.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "%s/%s/checkpoint"
                                                            .formatted(
                                                                    facts.at("/witness/url")
                                                                            .asString(),
                                                                    log)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(cosigned.statusCode()).isEqualTo(200);
            assertThat(cosigned.body()).contains("— " + facts.at("/witness/name").asString());
        }
        assertThat(Path.of(facts.at("/witness/policy").asString())).exists();
    }

    @Test
    @Order(11)
    void restartKeepsTheDataAndRevokesTheOldTokens() throws Exception {
        JsonNode before = facts;
        stopDemo();
        assertThat(demoJson()).doesNotExist();

        demo = startDemo();
        facts = JSON.readTree(demoJson());

        assertThat(facts.at("/authority/tokens/officer"))
                .isNotEqualTo(before.at("/authority/tokens/officer"));
        assertThat(get("authority", "officer", "/api/notices").path("notices").size())
                .isGreaterThanOrEqualTo(3);
        JsonNode present = facts;
        facts = before;
        try {
            HttpResponse<String> old = post("authority", "officer", "/api/notices", Map.of());
            assertThat(old.statusCode()).isEqualTo(401);
        } finally {
            facts = present;
        }
    }

    private static String send(String url) throws Exception {
        String notice =
                call(
                                "authority",
                                "officer",
                                "/api/notices",
                                Map.ofEntries(
                                        Map.entry("kind", "order"),
                                        Map.entry("urgency", "urgent"),
                                        Map.entry("category", "terrorism"),
                                        Map.entry(
                                                "legalBasis",
                                                Map.of(
                                                        "instrument",
                                                        "Permenkominfo 5/2020",
                                                        "article",
                                                        "14")),
                                        Map.entry(
                                                "issuingBody",
                                                Map.of(
                                                        "name",
                                                        "Kementerian Contoh",
                                                        "type",
                                                        "ministry")),
                                        Map.entry("organisation", "Otoritas Contoh"),
                                        Map.entry("reference", "SAMPLE-" + UUID.randomUUID()),
                                        Map.entry("reasons", "Sample reasons."),
                                        Map.entry("language", "en"),
                                        Map.entry("redress", "Object at the sample court."),
                                        Map.entry("contact", "sample desk"),
                                        Map.entry("items", List.of(Map.of("url", url)))))
                        .at("/notice/id")
                        .asString();
        call("authority", "approver", "/api/notices/" + notice + "/approval", Map.of());
        return notice;
    }

    private static String caseOf(String notice) throws Exception {
        awaitNotice(notice, one -> one.hasNonNull("receipt"));
        return get("platform", "reviewer", "/api/cases?limit=500")
                .path("cases")
                .valueStream()
                .filter(one -> one.path("notice").asString().equals(notice))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static void awaitNotice(String notice, Predicate<JsonNode> wanted) throws Exception {
        awaitNotice(notice, wanted, Duration.ofSeconds(30));
    }

    private static void awaitNotice(String notice, Predicate<JsonNode> wanted, Duration atMost)
            throws Exception {
        long deadline = System.nanoTime() + atMost.toNanos();
        JsonNode one = get("authority", "officer", "/api/notices/" + notice);
        while (!wanted.test(one)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still: " + one);
            }
            LockSupport.parkNanos(100_000_000);
            one = get("authority", "officer", "/api/notices/" + notice);
        }
    }

    private static JsonNode publish(String channel, String text) throws Exception {
        return publish(channel, Map.of("text", text));
    }

    private static JsonNode publish(String channel, byte[] picture) throws Exception {
        return publish(channel, Map.of("picture", Map.of("data", picture)));
    }

    private static JsonNode publish(String channel, Map<String, Object> post) throws Exception {
        return JSON.readTree(
                HTTP.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "%s/channels/%s/posts"
                                                                .formatted(
                                                                        facts.at(
                                                                                        "/samplePlatform/url")
                                                                                .asString(),
                                                                        channel)))
                                        .header("Content-Type", "application/json")
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        JSON.writeValueAsString(post)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private static int status(String url) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static JsonNode get(String side, String role, String path) throws Exception {
        HttpResponse<String> response =
                HTTP.send(request(side, role, path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static JsonNode call(String side, String role, String path, Object body)
            throws Exception {
        HttpResponse<String> response = post(side, role, path, body);
        assertThat(response.statusCode() / 100).as(response.body()).isEqualTo(2);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> post(String side, String role, String path, Object body)
            throws Exception {
        return HTTP.send(
                request(side, role, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String side, String role, String path) {
        return HttpRequest.newBuilder(URI.create(facts.path(side).path("url").asString() + path))
                .header(
                        "Authorization",
                        "Bearer " + facts.path(side).path("tokens").path(role).asString());
    }
}
