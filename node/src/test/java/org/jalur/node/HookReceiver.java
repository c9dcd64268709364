package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** Receives webhooks and checks their signatures as Standard Webhooks says. */
final class HookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger status = new AtomicInteger(204);

    record Call(String path, String id, String time, String signature, byte[] body) {
        JsonNode json() {
            return TestNodes.JSON.readTree(body);
        }

        boolean isSignedWith(String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            Base64.getDecoder().decode(secret.replace("whsec_", "")),
                            "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(UTF_8));
            return signature.equals("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        }
    }

    HookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void take(HttpExchange call) {
        try (call) {
            var headers = call.getRequestHeaders();
            calls.add(
                    new Call(
                            call.getRequestURI().getPath(),
                            headers.getFirst("webhook-id"),
                            headers.getFirst("webhook-timestamp"),
                            headers.getFirst("webhook-signature"),
                            call.getRequestBody().readAllBytes()));
            int answer = status.get();
            if (answer == 302) {
                call.getResponseHeaders().set("Location", "/elsewhere");
            }
            call.sendResponseHeaders(answer, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    /** The first call that fits, for at most 30 seconds. */
    Call await(String path, Predicate<JsonNode> wanted) {
        for (long end = System.nanoTime() + 30_000_000_000L; System.nanoTime() < end; ) {
            for (Call call : calls(path)) {
                if (wanted.test(call.json())) {
                    return call;
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("%s got %s".formatted(path, calls(path)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
