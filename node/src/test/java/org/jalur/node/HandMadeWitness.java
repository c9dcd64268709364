package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jalur.channel.Message;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import tools.jackson.databind.JsonNode;

/**
 * A witness that hands messages on and cosigns what it is shown, and can also do what no honest one
 * would.
 */
final class HandMadeWitness implements AutoCloseable {
    static final String NAME = "saksi.example/w1";

    /** What the next answers are. */
    enum Mode {
        HONEST,
        FORGED_KEY,
        ABOUT_ANOTHER,
        BUSY
    }

    private final NoteSigner signer = signer();
    private final String node;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    final AtomicInteger asked = new AtomicInteger();
    volatile Mode mode = Mode.HONEST;

    /**
     * @param node address of the receiver's node
     */
    HandMadeWitness(String node) throws IOException {
        this.node = node;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/relay", this::relay);
        server.createContext("/add-checkpoint", this::cosign);
        server.start();
    }

    private static NoteSigner signer() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return NoteSigner.ed25519Cosigner(
                    NAME, pair.getPrivate(), pair.getPublic(), InstantSource.system());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String policy() {
        return "witness saksi %s http://127.0.0.1:%d\nquorum saksi\n"
                .formatted(signer.verifier().vkey(), server.getAddress().getPort());
    }

    private void relay(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        JsonNode request = TestNodes.JSON.readTree(exchange.getRequestBody().readAllBytes());
        byte[] reply;
        int status = 200;
        if (mode == Mode.BUSY) {
            status = 503;
            reply = "{\"detail\":\"busy\"}".getBytes(UTF_8);
        } else {
            reply = handOn(request.path("jws").asString(), request.path("leaves").asString());
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    /** Signs whatever it is shown. */
    private void cosign(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        SignedNote note = SignedNote.parse(request.substring(request.indexOf("\n\n") + 2));
        byte[] reply =
                (SignedNote.sign(note.text(), signer).signatures().getFirst().line() + "\n")
                        .getBytes(UTF_8);
        boolean busy = mode == Mode.BUSY;
        exchange.sendResponseHeaders(busy ? 503 : 200, busy ? -1 : reply.length);
        if (!busy) {
            exchange.getResponseBody().write(reply);
        }
        exchange.close();
    }

    private byte[] handOn(String jws, String leaves) {
        byte[] octets = Base64.getDecoder().decode(leaves);
        List<Hash> hashes =
                java.util.stream.IntStream.range(0, octets.length / Hash.BYTES)
                        .mapToObj(i ->
                                Hash.of(
                                        java.util.Arrays.copyOfRange(
                                                octets, i * Hash.BYTES, (i + 1) * Hash.BYTES)))
                        .toList();
        Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Optional<HttpResponse<byte[]>> answer = tell(jws, leaves);
        RelayStatement statement =
                RelayStatement.of(
                        Message.parse(jws, hashes),
                        node + "/channel/messages",
                        began,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        answer.<RelayOutcome>map(one ->
                                        new RelayOutcome.Answered(
                                                one.statusCode(), Hash.sha256(one.body())))
                                .orElseGet(RelayOutcome.Refused::new));
        Map<String, String> reply = new LinkedHashMap<>();
        reply.put(
                "statement",
                switch (mode) {
                    case HONEST, BUSY -> statement.sign(signer).format();
                    case FORGED_KEY -> statement.sign(signer()).format();
                    case ABOUT_ANOTHER -> about(statement, Hash.sha256()).sign(signer).format();
                });
        answer.ifPresent(
                one -> reply.put("answer", Base64.getEncoder().encodeToString(one.body())));
        return TestNodes.JSON.writeValueAsBytes(reply);
    }

    private static RelayStatement about(RelayStatement of, Hash other) {
        return new RelayStatement(
                other,
                of.octets(),
                of.leaves(),
                of.from(),
                of.to(),
                of.at(),
                of.began(),
                of.ended(),
                of.outcome());
    }

    private Optional<HttpResponse<byte[]>> tell(String jws, String leaves) {
        byte[] body =
                TestNodes.JSON.writeValueAsBytes(
                        Map.of("messages", List.of(Map.of("jws", jws, "leaves", leaves))));
        try {
            return Optional.of(
                    http.send(
                            HttpRequest.newBuilder(URI.create(node + "/channel/messages"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
