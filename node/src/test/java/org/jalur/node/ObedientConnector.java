package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform's own systems that do what they are told, whatever the clock says. */
final class ObedientConnector implements AutoCloseable {
    private final HttpServer server;
    final AtomicInteger acted = new AtomicInteger();

    ObedientConnector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/connector/actions", this::act);
        server.createContext("/connector/probe", this::probe);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/connector";
    }

    private void act(HttpExchange exchange) throws IOException {
        acted.incrementAndGet();
        answer(exchange, Map.of("result", "done", "told", true));
    }

    private void probe(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                Map.of(
                        "routes",
                        List.of(
                                Map.of("route", "page", "country", "*", "state", "gone"),
                                Map.of("route", "archive", "country", "*", "state", "gone"))));
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] octets = TestNodes.JSON.writeValueAsString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
