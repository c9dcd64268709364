package org.jalur.tools;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.log.TrustPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A witness as its operator starts it: a process of its own. */
final class RunningWitness implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private Process process;

    /**
     * @param settings besides name, home and port
     */
    RunningWitness(Path folder, Map<String, String> settings) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.port = FreePort.find();
        var text = new StringBuilder();
        text.append("name=saksi.example/w1\n");
        text.append("home=").append(home()).append('\n');
        text.append("port=").append(port).append('\n');
        settings.forEach((name, value) -> text.append(name).append("=").append(value).append("\n"));
        Files.writeString(folder.resolve("witness.properties"), text);
        process = begin();
    }

    private Process begin() throws Exception {
        Process started =
                Launcher.command(
                                "witness",
                                "--config",
                                folder.resolve("witness.properties").toString(),
                                "--relay-seconds",
                                "1")
                        .redirectOutput(log().toFile())
                        .start();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!Files.readString(log()).contains("READY")) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(Files.readString(log()));
            }
            LockSupport.parkNanos(50_000_000);
        }
        return started;
    }

    Path home() {
        return folder.resolve("home");
    }

    Path log() {
        return folder.resolve("witness.log");
    }

    /** As a power failure ends it, and then it is started again. */
    void killAndStart() throws Exception {
        process.destroyForcibly().waitFor();
        process = begin();
    }

    TrustPolicy policy() throws Exception {
        return TrustPolicy.parse(get("/").body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    record Reply(int status, JsonNode body) {
        String problem() {
            String type = body.path("type").asString("");
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    Reply relay(Map<String, ?> request) throws Exception {
        HttpResponse<String> answer = post("/relay", JSON.writeValueAsString(request));
        return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    }

    List<HttpResponse<String>> getOften(String path, int times) throws Exception {
        var answers = new java.util.ArrayList<HttpResponse<String>>();
        for (int i = 0; i < times; i++) {
            answers.add(get(path));
        }
        return answers;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the witness does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
