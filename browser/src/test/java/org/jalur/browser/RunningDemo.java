package org.jalur.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo, started as a newcomer starts it. */
final class RunningDemo implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Optional<RunningDemo> shared = Optional.empty();

    private final Optional<Process> process;
    private final Path data;
    private final JsonNode facts;

    private RunningDemo(Optional<Process> process, Path data) {
        this.process = process;
        this.data = data;
        facts = JSON.readTree(data.resolve("demo.json"));
    }

    /**
     * One for all tests that leave it as usable as they found it; it ends with the last of them.
     */
    static synchronized RunningDemo shared() throws IOException {
        if (shared.isEmpty()) {
            Path folder = Files.createTempDirectory("jalur-demo");
            RunningDemo demo = start(folder);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                demo.close();
                                delete(folder);
                            }));
            shared = Optional.of(demo);
        }
        return shared.get();
    }

    /** Starts one, or uses the one whose demo.json the property {@code jalur.demo.json} names. */
    static RunningDemo start(Path folder) throws IOException {
        return beginning(folder);
    }

    /** Starts one that tells the story, which goes on for minutes after that. */
    static RunningDemo telling(Path folder) throws IOException {
        return beginning(folder, "--story");
    }

    private static RunningDemo beginning(Path folder, String... options) throws IOException {
        String running = System.getProperty("jalur.demo.json");
        if (running != null) {
            return new RunningDemo(Optional.empty(), Path.of(running).resolve("..").normalize());
        }
        return awaiting(begin(folder, options), folder);
    }

    private static Process begin(Path folder, String... more) throws IOException {
        var command =
                new ProcessBuilder(
                                ROOT.resolve("jalur").toString(),
                                "demo",
                                "--headless",
                                "--ports",
                                Integer.toString(freePorts()),
                                "--data",
                                folder.resolve("data").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("demo.log").toFile());
        command.command().addAll(List.of(more));
        command.environment().put("JALUR_JDK", System.getProperty("java.home"));
        // It lives for minutes: little of its code is worth compiling well.
        command.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        return command.start();
    }

    private static RunningDemo awaiting(Process process, Path folder) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!Files.readString(folder.resolve("demo.log")).contains("READY")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new AssertionError(Files.readString(folder.resolve("demo.log")));
            }
            LockSupport.parkNanos(100_000_000);
        }
        return new RunningDemo(Optional.of(process), folder.resolve("data"));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Five free ports in a row; processes that start at once begin to look in different places. */
    private static int freePorts() throws IOException {
        int begin = 21_000 + (int) (ProcessHandle.current().pid() % 400) * 28;
        for (int first = begin; first < 60_000; first += 7) {
            try (var _ = listen(first);
                    var _ = listen(first + 1);
                    var _ = listen(first + 2);
                    var _ = listen(first + 3);
                    var _ = listen(first + 4)) {
                return first;
            } catch (IOException _) {
                // Somebody else listens there.
            }
        }
        throw new IOException("no five free ports in a row");
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    String url(String side) {
        return facts.path(side).path("url").asString();
    }

    String password(String side) {
        return facts.at("/" + side + "/signIn/password").asString();
    }

    String name(String side, String role) {
        return facts.at("/" + side + "/signIn/names/" + role).asString();
    }

    /** Publishes on the sample platform and returns the answer. */
    HttpResponse<String> publish(String channel, String text)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        url("samplePlatform") + "/channels/" + channel + "/posts"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("text", text))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Address of a new post. */
    String post(String channel, String text) throws IOException, InterruptedException {
        return JSON.readTree(publish(channel, text).body()).path("url").asString();
    }

    int status(String url) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Lets time pass for one side: what a test cannot wait for. Answers how many rows changed. */
    int change(String side, String statement) throws IOException, SQLException {
        try (Connection database = database(side);
                Statement changing = database.createStatement()) {
            return changing.executeUpdate(statement);
        }
    }

    /** Root over the parts that the signed message of a notice commits to, in hexadecimal. */
    String signedRoot(String notice) throws IOException, SQLException {
        try (Connection database = database("authority");
                Statement asking = database.createStatement();
                ResultSet row =
                        asking.executeQuery(
                                "select jws from messages where message_id = '%s'"
                                        .formatted(notice))) {
            row.next();
            String payload = row.getString("jws").split("\\.", -1)[1];
            return JSON.readTree(Base64.getUrlDecoder().decode(payload))
                    .at("/parts/root")
                    .asString();
        }
    }

    /** One side's node stops answering, without closing a connection. */
    void freeze(String side) throws IOException, InterruptedException {
        signal("-STOP", side);
    }

    void thaw(String side) throws IOException, InterruptedException {
        signal("-CONT", side);
    }

    private void signal(String name, String side) throws IOException, InterruptedException {
        ProcessHandle node =
                process.orElseThrow(() -> new AssertionError("only a demo of its own is frozen"))
                        .descendants()
                        .filter(child -> isNode(child, side))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no process of " + side));
        new ProcessBuilder("kill", name, Long.toString(node.pid())).start().waitFor();
    }

    private static boolean isNode(ProcessHandle child, String side) {
        return child.info().command().filter(path -> path.endsWith("java")).isPresent()
                && child.info()
                        .arguments()
                        .filter(all ->
                                Arrays.stream(all)
                                        .anyMatch(one ->
                                                one.contains("/" + side + ".")
                                                        || one.endsWith("/" + side)))
                        .isPresent();
    }

    private Connection database(String side) throws IOException, SQLException {
        Path postgres = data.resolve("postgres");
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid")).get(3).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port, side),
                "jalur",
                Files.readString(postgres.resolve("password")).strip());
    }

    /** A call of the API by the sample account of a role. */
    JsonNode call(String side, String role, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(url(side) + path))
                                .header("Content-Type", "application/json")
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + facts.at("/" + side + "/tokens/" + role)
                                                        .asString())
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        process.ifPresent(own -> {
            own.destroy();
            own.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        });
    }
}
