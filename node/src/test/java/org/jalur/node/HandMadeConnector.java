package org.jalur.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A platform in memory that hides and shows what it is asked to, and remembers in which order; what
 * hides a target in a country hides it in all others not.
 */
final class HandMadeConnector implements AutoCloseable {
    private final HttpServer server;
    private final Path secret;
    private final List<JsonNode> acts = new ArrayList<>();

    /** By action id, what it hides: the address, and the countries or none for everywhere. */
    private final Map<String, Hidden> hidden = new HashMap<>();

    private volatile boolean delivers = true;
    private volatile boolean away;
    private volatile List<String> served = List.of("remove_post", "withhold", "restore", "tell");

    private record Hidden(String url, List<String> countries) {}

    HandMadeConnector(Path folder) throws IOException {
        secret = Files.writeString(folder.resolve("connector-secret"), "sample-secret-of-a-test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/capabilities", this::capabilities);
        server.createContext("/actions", this::act);
        server.createContext("/probe", this::probe);
        server.start();
    }

    void serve(TestNodes nodes, String platform) {
        nodes.with(
                platform,
                "jalur.connector.url",
                "http://127.0.0.1:" + server.getAddress().getPort());
        nodes.with(platform, "jalur.connector.secret-file", secret.toString());
    }

    /** The actions that it says it has. */
    void serves(List<String> actions) {
        served = actions;
    }

    /** Answers 503 to what it is asked to do, and does nothing. */
    void goesAway(boolean really) {
        away = really;
    }

    /** Whether statements reach users. */
    void delivers(boolean really) {
        delivers = really;
    }

    private void capabilities(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                Map.of(
                        "contract",
                        "jalur-connector/1",
                        "actions",
                        served,
                        "routes",
                        List.of("page"),
                        "countries",
                        true));
    }

    private void act(HttpExchange exchange) throws IOException {
        JsonNode action = TestNodes.JSON.readTree(exchange.getRequestBody().readAllBytes());
        String url = action.at("/target/url").asString();
        if (away) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        synchronized (acts) {
            acts.add(action);
            switch (action.path("action").asString()) {
                case "restore" -> hidden.remove(action.path("undo").asString());
                case "tell" -> {}
                default ->
                        hidden.put(
                                action.path("id").asString(),
                                new Hidden(
                                        url,
                                        action.path("countries")
                                                .valueStream()
                                                .map(JsonNode::asString)
                                                .toList()));
            }
        }
        answer(
                exchange,
                Map.of("result", "done", "told", delivers && action.hasNonNull("statement")));
    }

    private void probe(HttpExchange exchange) throws IOException {
        JsonNode asked = TestNodes.JSON.readTree(exchange.getRequestBody().readAllBytes());
        String url = asked.at("/target/url").asString();
        var countries = new ArrayList<>(List.of("*"));
        asked.path("countries").valueStream().map(JsonNode::asString).forEach(countries::add);
        answer(
                exchange,
                Map.of(
                        "routes",
                        countries.stream()
                                .map(country ->
                                        Map.of(
                                                "route",
                                                "page",
                                                "country",
                                                country,
                                                "state",
                                                isVisible(url, country) ? "visible" : "gone"))
                                .toList()));
    }

    /**
     * @param country ISO 3166-1 alpha-2, or {@code *} for one that nothing is withheld in
     */
    boolean isVisible(String url, String country) {
        synchronized (acts) {
            return hidden.values().stream()
                    .noneMatch(one ->
                            one.url().equals(url)
                                    && (one.countries().isEmpty()
                                            || one.countries().contains(country)));
        }
    }

    /** What was asked about an address, in order. */
    List<JsonNode> about(String url) {
        synchronized (acts) {
            return acts.stream()
                    .filter(one -> one.at("/target/url").asString().equals(url))
                    .toList();
        }
    }

    Optional<JsonNode> last(String url, String action) {
        return about(url).stream()
                .filter(one -> one.path("action").asString().equals(action))
                .reduce((_, later) -> later);
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] octets = TestNodes.JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
