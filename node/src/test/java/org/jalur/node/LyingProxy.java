package org.jalur.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jalur.channel.Jws;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A peer's node that tells the truth, except about the past. */
final class LyingProxy implements AutoCloseable {
    private final String honest;
    private final SigningKey key;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Lie lie = Lie.ALTERS_A_SIGNED_MESSAGE;

    /** With the sentence by which it is found out. */
    enum Lie {
        ALTERS_A_SIGNED_MESSAGE("message \\d+ of platform-contoh is not genuine"),
        ALTERS_AN_OWN_MESSAGE("message \\d+ of otoritas-contoh is not genuine"),
        LEAVES_OUT_THE_MIDDLE("message \\d+ of otoritas-contoh is left out"),
        LEAVES_OUT_THE_END("message \\d+ of otoritas-contoh is left out"),
        LEAVES_OUT_ITS_OWN_END("received messages that no peer gives back, at entries \\d+"),
        INVENTS_ANOTHER_END(
                "received messages that no peer gives back.*message \\d+ that platform-contoh gives is not the one"),
        ALTERS_A_RECEIPT_IT_GAVE(
                "receipts that no peer gives back.*receipts that platform-contoh gives for messages \\[\\d+"),
        ALTERS_A_RECEIPT_IT_GOT("comes with a receipt that this node never gave"),
        KEEPS_BACK_PARTS("platform-contoh does not give back \\d+ of \\d+ parts of message \\d+");

        private final String found;

        Lie(String found) {
            this.found = found;
        }

        String found() {
            return found;
        }
    }

    LyingProxy(String honest, SigningKey key) throws IOException {
        this.honest = honest;
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void tell(Lie next) {
        lie = next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().toString();
        var request =
                HttpRequest.newBuilder(URI.create(honest + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(asked));
        for (String header : new String[] {"Authorization", "Content-Type"}) {
            if (exchange.getRequestHeaders().containsKey(header)) {
                request.header(header, exchange.getRequestHeaders().getFirst(header));
            }
        }
        try {
            HttpResponse<byte[]> truth =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            byte[] body = truth.body();
            if (path.equals("/channel/history")) {
                body = lieAbout(TestNodes.JSON.readTree(asked), TestNodes.JSON.readTree(body));
            }
            if (path.equals("/channel/parts/fetch") && lie == Lie.KEEPS_BACK_PARTS) {
                body = new byte[0];
            }
            exchange.sendResponseHeaders(truth.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private byte[] lieAbout(JsonNode asked, JsonNode truth) throws IOException {
        boolean own = asked.path("of").asString().startsWith("platform");
        ArrayNode messages = (ArrayNode) truth.path("messages");
        if (!messages.isEmpty()) {
            ObjectNode last = (ObjectNode) messages.get(messages.size() - 1);
            switch (lie) {
                case ALTERS_A_SIGNED_MESSAGE -> {
                    if (own) {
                        alter(last, "jws");
                    }
                }
                case ALTERS_AN_OWN_MESSAGE -> {
                    if (!own) {
                        alter(last, "jws");
                    }
                }
                case LEAVES_OUT_THE_MIDDLE -> {
                    if (!own) {
                        messages.remove(messages.size() - 2);
                    }
                }
                case LEAVES_OUT_THE_END -> {
                    if (!own) {
                        shorten(truth, messages);
                    }
                }
                case LEAVES_OUT_ITS_OWN_END -> {
                    if (own) {
                        shorten(truth, messages);
                    }
                }
                case INVENTS_ANOTHER_END -> {
                    if (own) {
                        last.put("jws", another(last));
                    }
                }
                case ALTERS_A_RECEIPT_IT_GAVE -> {
                    if (!own) {
                        alter(last, "receipt");
                    }
                }
                case ALTERS_A_RECEIPT_IT_GOT -> {
                    if (own) {
                        alter(last, "receipt");
                    }
                }
                case KEEPS_BACK_PARTS -> {
                    // Here it tells the truth.
                }
            }
        }
        return TestNodes.JSON.writeValueAsBytes(truth);
    }

    private static void shorten(JsonNode truth, ArrayNode messages) {
        messages.remove(messages.size() - 1);
        ((ObjectNode) truth).put("last", truth.path("last").asLong() - 1);
    }

    /** The first sign of the signature becomes another. */
    private static void alter(ObjectNode message, String member) {
        String jws = message.path(member).asString();
        int at = jws.lastIndexOf('.') + 1;
        char other = jws.charAt(at) == 'A' ? 'B' : 'A';
        message.put(member, jws.substring(0, at) + other + jws.substring(at + 1));
    }

    /** A message in the same place, signed by the same key, that says something else. */
    private String another(ObjectNode message) throws IOException {
        Manifest said =
                Manifest.parse(
                        Jws.parse(message.path("jws").asString(), Jws.Type.MESSAGE).payload());
        var other =
                new Manifest(
                        UUID.randomUUID(),
                        said.from(),
                        said.to(),
                        said.seq(),
                        said.previous(),
                        said.kind(),
                        said.about(),
                        said.time(),
                        said.agreement(),
                        said.parts(),
                        said.keys(),
                        said.checkpoint(),
                        said.seen());
        java.util.List<Hash> leaves = new java.util.ArrayList<>();
        byte[] octets = java.util.Base64.getDecoder().decode(message.path("leaves").asString());
        for (int i = 0; i < octets.length; i += Hash.BYTES) {
            leaves.add(Hash.of(java.util.Arrays.copyOfRange(octets, i, i + Hash.BYTES)));
        }
        return Message.sign(other, leaves, key).jws().compact();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
