package org.jalur.node.enforcement;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.connector.ConnectorSignature;
import org.jalur.node.JalurSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The platform's own systems, by the contract {@code docs/connector.md}. */
@Component
@ConditionalOnProperty("jalur.connector.url")
class Connector {
    private static final int MOST_OF_A_RESPONSE = 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI base;
    private final byte[] secret;
    private final JsonMapper json;
    private final Clock clock;

    Connector(JalurSettings settings, JsonMapper json, Clock clock) throws IOException {
        JalurSettings.Connector connector = settings.requiredConnector();
        base = URI.create(connector.url().toString().replaceAll("/+$", ""));
        secret = Files.readString(connector.secretFile()).strip().getBytes(StandardCharsets.UTF_8);
        // A platform may answer with members that a later contract knows.
        this.json =
                json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        this.clock = clock;
    }

    record Target(String kind, String url, Map<String, String> ids) {}

    /**
     * What the affected user is told: no name of anybody at the authority or the platform.
     *
     * @param interimUntil nothing is decided yet, and the content is back by then unless it is
     *     decided before; absent for a decision
     * @param appealUrl where this user alone appeals, and reads what became of it
     * @param appealUntil until when an appeal is taken; absent where there is nothing to appeal
     *     against
     * @param appealOutcome of an appeal that is decided
     */
    record Statement(
            String authority,
            String authorityType,
            String reference,
            String legalBasis,
            String category,
            String reason,
            boolean automated,
            List<String> territorialScope,
            String appeal,
            Optional<Instant> interimUntil,
            Optional<String> appealUrl,
            Optional<Instant> appealUntil,
            Optional<AppealOutcome> appealOutcome,
            Instant decidedAt) {}

    /**
     * @param reference by which people quote the appeal
     * @param result granted or rejected
     * @param reason empty once it was erased
     */
    record AppealOutcome(String reference, String result, String reason, Instant decidedAt) {}

    record Action(
            UUID id,
            String action,
            Target target,
            Optional<List<String>> countries,
            Optional<UUID> undo,
            Optional<Statement> statement) {}

    record Content(Optional<String> text, Optional<List<File>> files) {}

    /**
     * @param pdq what a picture looks like; left out by platforms that do not compute it
     */
    record File(Optional<String> sha256, Optional<String> pdq, Optional<Integer> pdqQuality) {}

    /**
     * @param result done, already_gone, no_op or later
     */
    record Done(
            String result,
            Optional<String> detail,
            Optional<Boolean> told,
            Optional<Content> content) {}

    record ProbeRequest(Target target, List<String> countries) {}

    record Route(String route, String country, String state) {}

    record Probed(List<Route> routes) {}

    record Capabilities(Set<String> actions) {
        Capabilities {
            actions = Set.copyOf(Objects.requireNonNullElse(actions, Set.of()));
        }
    }

    /** What the platform said. */
    sealed interface Reply {
        record Answered(Done done) implements Reply {}

        /** Not now; ask again with the same id and body. */
        record Later(Duration pause, String reason) implements Reply {}

        /** Never, whatever is tried: the target is unknown, or the call is wrong. */
        record Refused(String reason) implements Reply {}
    }

    Reply act(Action action) {
        try {
            HttpResponse<byte[]> response = post("/actions", json.writeValueAsBytes(action));
            int status = response.statusCode();
            Duration pause = retryAfter(response);
            return switch (status) {
                case 200 -> answered(response);
                case 202 -> new Reply.Later(pause, "the platform does it later");
                case 409, 422 ->
                        new Reply.Refused(
                                "the platform answers %d %s".formatted(status, title(response)));
                // A bare 404 is a fault of the connector, never a success.
                default -> new Reply.Later(pause, "the platform answers %d".formatted(status));
            };
        } catch (IOException e) {
            return new Reply.Later(
                    Duration.ZERO,
                    "the platform cannot be reached: "
                            + Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    private Reply answered(HttpResponse<byte[]> response) {
        try {
            Done done = json.readValue(response.body(), Done.class);
            return switch (done.result()) {
                case "done", "already_gone", "no_op" -> new Reply.Answered(done);
                case null, default ->
                        new Reply.Later(
                                Duration.ZERO,
                                "the platform answers the unknown result " + done.result());
            };
        } catch (JacksonException e) {
            return new Reply.Later(Duration.ZERO, "the platform's answer is not readable");
        }
    }

    /** Every route that the platform could ask; empty when it could not be asked at all. */
    List<Route> probe(Target target, List<String> countries) {
        try {
            HttpResponse<byte[]> response =
                    post("/probe", json.writeValueAsBytes(new ProbeRequest(target, countries)));
            if (response.statusCode() == 200) {
                return json.readValue(response.body(), Probed.class).routes();
            }
        } catch (IOException | JacksonException _) {
            return List.of();
        }
        return List.of();
    }

    /**
     * Whether the platform serves an action; empty if it does not say now. Asked each time: only
     * what may be missing is asked about, and that is rare.
     */
    Optional<Boolean> serves(String action) {
        try {
            HttpResponse<byte[]> response = send("GET", "/capabilities", new byte[0]);
            if (response.statusCode() == 200) {
                return Optional.of(
                        json.readValue(response.body(), Capabilities.class)
                                .actions()
                                .contains(action));
            }
        } catch (IOException | JacksonException _) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private String title(HttpResponse<byte[]> response) {
        try {
            return json.readTree(response.body()).path("title").asString("");
        } catch (JacksonException _) {
            return "";
        }
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    private HttpResponse<byte[]> post(String path, byte[] body) throws IOException {
        return send("POST", path, body);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body) throws IOException {
        URI uri = URI.create(base + path);
        var signature =
                new ConnectorSignature(
                        method,
                        uri.getRawPath(),
                        clock.instant().getEpochSecond(),
                        UUID.randomUUID().toString());
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(15))
                        .header("Content-Type", "application/json")
                        .header(ConnectorSignature.TIME_HEADER, Long.toString(signature.time()))
                        .header(ConnectorSignature.NONCE_HEADER, signature.nonce())
                        .header(ConnectorSignature.SIGNATURE_HEADER, signature.sign(secret, body))
                        .method(
                                method,
                                body.length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        try {
            return http.send(
                    request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OF_A_RESPONSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
