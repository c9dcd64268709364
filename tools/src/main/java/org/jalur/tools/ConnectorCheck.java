package org.jalur.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jalur.connector.ConnectorSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a platform's connector everything that docs/connector.md promises, with one post that may
 * disappear for a moment: it is hidden, probed and restored.
 */
@Command(
        name = "connector-check",
        description =
                "Checks a connector against the contract. The target is hidden for a moment, then restored.")
final class ConnectorCheck implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--url", required = true, description = "base URL of the connector")
    private URI url = URI.create("http://127.0.0.1/");

    @Option(
            names = "--secret-file",
            required = true,
            description = "file with the shared secret of at least 16 octets")
    private Path secretFile = Path.of("secret");

    @Option(
            names = "--target",
            required = true,
            description = "URL of a post of your own that may disappear for a moment")
    private String target = "";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Clock clock = Clock.systemUTC();
    private final PrintStream out = System.out;
    private byte[] secret = {};
    private boolean tells;
    private int failed;

    private record Answer(int status, JsonNode body) {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            secret = Files.readString(secretFile).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            System.err.println("The secret %s cannot be read.".formatted(secretFile));
            return 2;
        }
        try {
            checkSignatures();
            checkCapabilities();
            checkActions();
            checkTelling();
        } catch (IOException e) {
            System.err.println("The connector at %s cannot be reached: %s.".formatted(url, e));
            return 2;
        }
        out.println(failed == 0 ? "The connector keeps the contract." : failed + " points failed.");
        return failed == 0 ? 0 : 1;
    }

    private void expect(String point, boolean kept) {
        out.println((kept ? "ok      " : "FAILED  ") + point);
        failed += kept ? 0 : 1;
    }

    private void checkSignatures() throws IOException, InterruptedException {
        byte[] body = probeBody();
        Instant now = clock.instant();
        var signature = signature("POST", "/probe", now);
        String genuine = signature.sign(secret, body);
        expect(
                "a call without signature is refused with 401",
                send("POST", "/probe", body, Map.of()).status() == 401);
        expect(
                "a signature over another body is refused with 401",
                send(
                                        "POST",
                                        "/probe",
                                        body,
                                        headers(signature, signature.sign(secret, new byte[0])))
                                .status()
                        == 401);
        var old = signature("POST", "/probe", now.minus(Duration.ofHours(1)));
        expect(
                "a call of an hour ago is refused with 401",
                send("POST", "/probe", body, headers(old, old.sign(secret, body))).status() == 401);
        expect(
                "a signed call is answered with 200",
                send("POST", "/probe", body, headers(signature, genuine)).status() == 200);
        expect(
                "the same nonce again is refused with 401",
                send("POST", "/probe", body, headers(signature, genuine)).status() == 401);
    }

    private void checkCapabilities() throws IOException, InterruptedException {
        Answer answer = signed("GET", "/capabilities", new byte[0]);
        expect("capabilities are answered with 200", answer.status() == 200);
        expect(
                "capabilities name contract jalur-connector/1",
                answer.body().path("contract").asString("").equals("jalur-connector/1"));
        expect(
                "capabilities list actions and routes",
                !answer.body().path("actions").isEmpty()
                        && !answer.body().path("routes").isEmpty());
        tells =
                answer.body()
                        .path("actions")
                        .valueStream()
                        .anyMatch(action -> action.asString("").equals("tell"));
    }

    /** The author of the target gets a statement that says it is a test. */
    private void checkTelling() throws IOException, InterruptedException {
        if (!tells) {
            out.println(
                    "--      users are told nothing when a non-disclosure ends: no \"tell\" among the actions");
            return;
        }
        byte[] tell =
                JSON.writeValueAsBytes(
                        Map.of(
                                "id",
                                UUID.randomUUID(),
                                "action",
                                "tell",
                                "target",
                                target(),
                                "statement",
                                statement()));
        Answer first = signed("POST", "/actions", tell);
        expect(
                "tell is answered with 200, and told says that the statement was delivered",
                first.status() == 200 && first.body().path("told").asBoolean(false));
        expect("telling hides nothing", states().contains("visible"));
        Answer again = signed("POST", "/actions", tell);
        expect(
                "the same tell again is answered alike",
                again.status() == 200 && again.body().equals(first.body()));
    }

    /** With all that a statement may hold; a connector takes members that it does not know. */
    private Map<String, Object> statement() {
        String now = clock.instant().toString();
        return Map.ofEntries(
                Map.entry("authority", "Connector check"),
                Map.entry("authorityType", "other"),
                Map.entry("reference", "TEST"),
                Map.entry("legalBasis", "none"),
                Map.entry("category", "test"),
                Map.entry("reason", "This is a test message; nothing was restricted."),
                Map.entry("automated", true),
                Map.entry("territorialScope", List.of()),
                Map.entry("appeal", "Nothing needs an appeal."),
                Map.entry("appealUrl", "https://node.example/appeal/test"),
                Map.entry("appealUntil", now),
                Map.entry(
                        "appealOutcome",
                        Map.of(
                                "reference", "TEST",
                                "result", "rejected",
                                "reason", "This is a test message.",
                                "decidedAt", now)),
                Map.entry("decidedAt", now));
    }

    private void checkActions() throws IOException, InterruptedException {
        expect("the target is visible before", states().contains("visible"));
        UUID removal = UUID.randomUUID();
        byte[] remove =
                JSON.writeValueAsBytes(
                        Map.of("id", removal, "action", "remove_post", "target", target()));
        Answer first = signed("POST", "/actions", remove);
        expect(
                "remove_post is answered with 200 done",
                first.status() == 200 && result(first).equals("done"));
        expect(
                "a picture's pdq has 64 hexadecimal digits and comes with a pdqQuality of 0 to 100",
                first.body()
                        .path("content")
                        .path("files")
                        .valueStream()
                        .allMatch(ConnectorCheck::saysRightlyHowItLooks));
        Answer again = signed("POST", "/actions", remove);
        expect(
                "the same action again is answered alike",
                again.status() == 200 && again.body().equals(first.body()));
        Answer reused =
                signed(
                        "POST",
                        "/actions",
                        JSON.writeValueAsBytes(
                                Map.of(
                                        "id",
                                        removal,
                                        "action",
                                        "block_channel",
                                        "target",
                                        target())));
        expect("the same id for another action is refused with 409", reused.status() == 409);
        Answer second =
                signed(
                        "POST",
                        "/actions",
                        JSON.writeValueAsBytes(
                                Map.of(
                                        "id",
                                        UUID.randomUUID(),
                                        "action",
                                        "remove_post",
                                        "target",
                                        target())));
        expect(
                "what is gone already is answered already_gone",
                second.status() == 200 && result(second).equals("already_gone"));
        expect(
                "every route says gone",
                !states().isEmpty() && states().stream().allMatch("gone"::equals));
        undo(removal);
        undo(UUID.fromString(second.body().path("id").asString(removal.toString())));
        expect("the target is visible after restore", states().contains("visible"));
        Answer unknown =
                signed(
                        "POST",
                        "/actions",
                        JSON.writeValueAsBytes(
                                Map.of(
                                        "id",
                                        UUID.randomUUID(),
                                        "action",
                                        "remove_post",
                                        "target",
                                        Map.of(
                                                "kind",
                                                "post",
                                                "url",
                                                target + "-unheard-of",
                                                "ids",
                                                Map.of()))));
        expect("an unknown target is refused with 422, not 404", unknown.status() == 422);
    }

    /** A file may say nothing of it: not all are pictures, and not all platforms compute PDQ. */
    static boolean saysRightlyHowItLooks(JsonNode file) {
        JsonNode pdq = file.path("pdq");
        JsonNode quality = file.path("pdqQuality");
        if (pdq.isMissingNode() && quality.isMissingNode()) {
            return true;
        }
        return pdq.asString("").matches("[0-9a-fA-F]{64}")
                && quality.isIntegralNumber()
                && quality.asInt(-1) >= 0
                && quality.asInt(-1) <= 100;
    }

    private void undo(UUID action) throws IOException, InterruptedException {
        Answer answer =
                signed(
                        "POST",
                        "/actions",
                        JSON.writeValueAsBytes(
                                Map.of(
                                        "id",
                                        UUID.randomUUID(),
                                        "action",
                                        "restore",
                                        "undo",
                                        action,
                                        "target",
                                        target())));
        expect(
                "restore is answered with 200 done",
                answer.status() == 200 && result(answer).equals("done"));
    }

    private static String result(Answer answer) {
        return answer.body().path("result").asString("");
    }

    private List<String> states() throws IOException, InterruptedException {
        return signed("POST", "/probe", probeBody())
                .body()
                .path("routes")
                .valueStream()
                .map(route -> route.path("state").asString(""))
                .toList();
    }

    private Map<String, Object> target() {
        return Map.of("kind", "post", "url", target, "ids", Map.of());
    }

    private byte[] probeBody() {
        return JSON.writeValueAsBytes(Map.of("target", target(), "countries", List.of()));
    }

    private Answer signed(String method, String path, byte[] body)
            throws IOException, InterruptedException {
        var signature = signature(method, path, clock.instant());
        return send(method, path, body, headers(signature, signature.sign(secret, body)));
    }

    private ConnectorSignature signature(String method, String path, Instant at) {
        return new ConnectorSignature(
                method,
                resolve(path).getRawPath(),
                at.getEpochSecond(),
                UUID.randomUUID().toString());
    }

    private static Map<String, String> headers(ConnectorSignature signature, String value) {
        return Map.of(
                ConnectorSignature.TIME_HEADER,
                Long.toString(signature.time()),
                ConnectorSignature.NONCE_HEADER,
                signature.nonce(),
                ConnectorSignature.SIGNATURE_HEADER,
                value);
    }

    private URI resolve(String path) {
        return URI.create(url.toString().replaceAll("/+$", "") + path);
    }

    private Answer send(String method, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(resolve(path))
                        .timeout(Duration.ofSeconds(15))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        HttpResponse<byte[]> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), read(response.body()));
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }
}
