package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/**
 * Telegram's Bot API as far as it is used. Every request is checked against the published
 * description, a copy of which stands in {@code telegram/bot-api.json}.
 */
final class BotApi implements AutoCloseable {
    static final String TOKEN = "123456:sample-Token_of-a-bot";
    static final long CHAT = 4_242_424_242L;

    private final JsonNode description =
            TestNodes.JSON.readTree(Path.of("src/test/resources/telegram/bot-api.json").toFile());
    private final HttpServer server;
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> said = new AtomicReference<>("");

    /** What the next message is answered with; 200 until then. */
    final AtomicReference<Map<String, Object>> trouble = new AtomicReference<>(Map.of());

    BotApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What somebody writes to the bot. */
    void hear(String text) {
        said.set(text);
    }

    List<JsonNode> sent() {
        return List.copyOf(sent);
    }

    /** What broke the description. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        String prefix = "/bot" + TOKEN + "/";
        if (!path.startsWith(prefix)) {
            reply(call, 404, Map.of("ok", false, "error_code", 404, "description", "Not Found"));
            return;
        }
        String method = path.substring(prefix.length());
        JsonNode body = TestNodes.JSON.readTree(call.getRequestBody().readAllBytes());
        Optional.ofNullable(description.path("methods").get(method))
                .ifPresentOrElse(
                        one -> check(method, one, body), () -> wrong.add("no method " + method));
        switch (method) {
            case "getMe" -> ok(call, Map.of("id", 1, "is_bot", true, "username", "sample_bot"));
            case "getUpdates" -> ok(call, updates());
            case "sendMessage" -> {
                Map<String, Object> refusal = trouble.getAndSet(Map.of());
                if (refusal.isEmpty()) {
                    sent.add(body);
                    ok(call, Map.of("message_id", sent.size()));
                } else {
                    reply(
                            call,
                            TestNodes.JSON
                                    .<JsonNode>valueToTree(refusal)
                                    .path("error_code")
                                    .asInt(),
                            refusal);
                }
            }
            default -> reply(call, 404, Map.of("ok", false, "error_code", 404));
        }
    }

    /** One of a stranger in a group, and one in the private chat. */
    private List<Map<String, Object>> updates() {
        return List.of(update(1, "group", -77, said.get()), update(2, "private", CHAT, said.get()));
    }

    private static Map<String, Object> update(int id, String type, long chat, String text) {
        return Map.of(
                "update_id",
                id,
                "message",
                Map.of("message_id", id, "chat", Map.of("id", chat, "type", type), "text", text));
    }

    private void check(String where, JsonNode type, JsonNode value) {
        for (JsonNode field : type.path("fields")) {
            String name = field.path("name").asString();
            if (field.path("required").asBoolean() && !value.has(name)) {
                wrong.add(where + " lacks " + name);
            }
        }
        value.propertyNames()
                .forEach(name -> {
                    Optional<JsonNode> field =
                            type.path("fields")
                                    .valueStream()
                                    .filter(one -> one.path("name").asString().equals(name))
                                    .findFirst();
                    if (field.isEmpty()) {
                        wrong.add(where + " knows no " + name);
                    } else if (field.get()
                            .path("types")
                            .valueStream()
                            .noneMatch(one -> fits(one.asString(), value.path(name)))) {
                        wrong.add("%s.%s is %s".formatted(where, name, value.path(name)));
                    }
                });
        if (value.path("text").asString("").length() > 4096) {
            wrong.add(where + ": the text is too long");
        }
    }

    private boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "Integer" -> value.isIntegralNumber();
            case "String" -> value.isString();
            case "Boolean" -> value.isBoolean();
            default -> {
                JsonNode known = description.path("types").path(type);
                if (value.isObject() && known.isObject()) {
                    check(type, known, value);
                    yield true;
                }
                yield false;
            }
        };
    }

    private static void ok(HttpExchange call, Object result) throws IOException {
        reply(call, 200, Map.of("ok", true, "result", result));
    }

    private static void reply(HttpExchange call, int status, Object body) throws IOException {
        byte[] octets = TestNodes.JSON.writeValueAsString(body).getBytes(UTF_8);
        call.sendResponseHeaders(status, octets.length);
        call.getResponseBody().write(octets);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
