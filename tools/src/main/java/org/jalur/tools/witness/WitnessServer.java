package org.jalur.tools.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Hash;
import org.jalur.log.SignedNote;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.jalur.rate.CallRate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of a witness over HTTP: {@code add-checkpoint} and the newest cosigned checkpoint of a
 * log (C2SP tlog-witness), {@code relay}, and its policy lines. Nobody signs in: the signatures in
 * the bodies are all that counts. Nothing of a body is logged.
 */
final class WitnessServer implements AutoCloseable {
    static {
        // Read once by the JDK's server, in seconds and numbers: who sends or reads slowly is cut
        // off, and so many connections are kept.
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        System.setProperty("sun.net.httpserver.maxRspTime", "90");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("jdk.httpserver.maxConnections", "1024");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BURST_SECONDS = 4;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WitnessConfiguration configuration;
    private final String policy;
    private final Witness witness;
    private final Relaying relaying;
    private final CallRate<String> callers;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    WitnessServer(
            WitnessConfiguration configuration,
            String policy,
            Witness witness,
            Relaying relaying,
            InstantSource clock)
            throws IOException {
        this.configuration = configuration;
        this.policy = policy;
        this.witness = witness;
        this.relaying = relaying;
        this.callers =
                new CallRate<>(
                        CallRate.USUAL,
                        BURST_SECONDS * configuration.requestsPerSecond(),
                        configuration.requestsPerSecond(),
                        Duration.ofSeconds(1),
                        clock::millis);
        server =
                HttpServer.create(
                        new InetSocketAddress(configuration.address(), configuration.port()), 128);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    void start() {
        server.start();
    }

    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }

    private record Reply(int status, String type, byte[] body, Map<String, String> headers) {
        static Reply of(int status, String type, String body) {
            return new Reply(status, type, body.getBytes(UTF_8), Map.of());
        }
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (RuntimeException e) {
                // The store or a key failed: nothing was signed, and the same can be asked again.
                System.err.println(
                        "%s %s: %s"
                                .formatted(
                                        exchange.getRequestMethod(),
                                        e.getClass().getName(),
                                        Optional.ofNullable(e.getMessage()).orElse("")));
                reply = Reply.of(500, TEXT, "The witness failed; nothing was signed.\n");
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (IOException e) {
            // Whoever asked is gone; there is nobody to tell.
            System.err.println("A caller went away: " + e.getClass().getSimpleName());
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        if (!callers.admits(exchange.getRemoteAddress().getAddress().getHostAddress())) {
            return new Reply(
                    429,
                    TEXT,
                    "Too many requests from this address; wait a second.\n".getBytes(UTF_8),
                    Map.of("Retry-After", "1"));
        }
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod() + " " + path) {
            case "POST /add-checkpoint" -> addCheckpoint(exchange);
            case "POST /relay" -> relay(exchange);
            case "GET /" -> Reply.of(200, TEXT, policy);
            default -> elsewhere(exchange.getRequestMethod(), path);
        };
    }

    private Reply elsewhere(String method, String path) {
        return switch (path) {
            case "/", "/add-checkpoint", "/relay" ->
                    new Reply(
                            405,
                            TEXT,
                            "This address takes another method.\n".getBytes(UTF_8),
                            Map.of("Allow", path.equals("/") ? "GET" : "POST"));
            default ->
                    method.equals("GET")
                            ? checkpoint(path)
                            : Reply.of(404, TEXT, "There is nothing here.\n");
        };
    }

    private Reply addCheckpoint(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        WitnessAnswer answer = witness.addCheckpoint(body);
        return Reply.of(answer.status(), answer.contentType(), answer.body());
    }

    /** "Monitor Retrieval Mechanism": what this witness cosigned last of a log. */
    private Reply checkpoint(String path) {
        return configuration.logs().keySet().stream()
                .map(Witness::originHash)
                .filter(known -> path.equals("/%s/checkpoint".formatted(known.hex())))
                .findFirst()
                .flatMap(this::checkpoint)
                .orElseGet(() ->
                        Reply.of(
                                404,
                                TEXT,
                                "This witness never cosigned a checkpoint of that log.\n"));
    }

    private Optional<Reply> checkpoint(Hash originHash) {
        return witness.checkpoint(originHash)
                .map(SignedNote::format)
                .map(note ->
                        new Reply(
                                200,
                                TEXT,
                                note.getBytes(UTF_8),
                                Map.of("Cache-Control", "public, max-age=10")));
    }

    private Reply relay(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(RelayRequest.MAX_BYTES + 1);
        if (body.length > RelayRequest.MAX_BYTES) {
            return problem(
                    new Relaying.Answer.Refused(
                            413,
                            "too-large",
                            "The body has more than %d octets.".formatted(RelayRequest.MAX_BYTES)));
        }
        RelayRequest request;
        try {
            request = RelayRequest.parse(body);
        } catch (IllegalArgumentException e) {
            return problem(
                    new Relaying.Answer.Refused(400, "malformed", String.valueOf(e.getMessage())));
        }
        return switch (relaying.relay(request)) {
            case Relaying.Answer.Refused refused -> problem(refused);
            case Relaying.Answer.Tried(var statement, var answer) -> {
                Map<String, String> told = new LinkedHashMap<>();
                told.put("statement", statement.format());
                answer.ifPresent(
                        octets -> told.put("answer", Base64.getEncoder().encodeToString(octets)));
                yield new Reply(200, "application/json", JSON.writeValueAsBytes(told), Map.of());
            }
        };
    }

    private static Reply problem(Relaying.Answer.Refused refused) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "https://jalur.example/problems/" + refused.type());
        problem.put("title", "The message was not handed on");
        problem.put("status", refused.status());
        problem.put("detail", refused.detail());
        return new Reply(
                refused.status(),
                "application/problem+json",
                JSON.writeValueAsBytes(problem),
                refused.status() == 429 ? Map.of("Retry-After", "60") : Map.of());
    }
}
