package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Way;
import org.jalur.access.text.ProbeRequest;
import org.jalur.access.text.ProbeResult;
import org.jalur.access.text.ProbeTask;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.dns.resolvers.InventedNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A probe as a process of its own, and a node that tests what it believes. */
class ProbeTest {
    private static final UUID PROBE = UUID.randomUUID();
    private static final DomainName NAME = new DomainName("sample.example");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;
    private final SigningKey identity = SigningKey.generate();
    private final SigningKey message = SigningKey.generate();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> results = Collections.synchronizedList(new ArrayList<>());
    private volatile SigningKey taskKey = message;
    private volatile UUID taskFor = PROBE;
    private volatile int answer = 204;
    private final AtomicInteger busyCalls = new AtomicInteger();
    private HttpServer node;
    private InventedNames internet;
    private Path key;
    private String registered = "";

    @BeforeEach
    void start() throws Exception {
        internet = new InventedNames();
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        node.createContext("/probe/tasks", this::give);
        node.createContext("/probe/results", this::take);
        node.start();
        key = folder.resolve("probe.key");
        Launcher.Ended made = Launcher.run("probe", "key", key.toString());
        assertThat(made.code()).as(made.output()).isZero();
        registered = made.output().strip();
    }

    @AfterEach
    void stop() throws Exception {
        node.stop(0);
        internet.close();
    }

    private String statement() {
        Map<KeyStatement.Use, PublicSigningKey> keys = new EnumMap<>(KeyStatement.Use.class);
        for (KeyStatement.Use use : KeyStatement.Use.values()) {
            keys.put(use, message.publicKey());
        }
        return new KeyStatement(
                        new PartyId("otoritas-contoh"),
                        1,
                        Clock.systemUTC()
                                .instant()
                                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                        "otoritas-contoh.example/journal",
                        identity.publicKey(),
                        keys,
                        Optional.empty(),
                        Optional.empty())
                .sign(identity);
    }

    private void give(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        var task =
                new ProbeTask(
                        UUID.randomUUID(),
                        taskFor,
                        internet.address().getAddress(),
                        internet.address().getPort(),
                        List.of(NAME),
                        Optional.of(new DomainName("canary.example")),
                        Clock.systemUTC().instant().plusSeconds(60));
        reply(
                exchange,
                200,
                JSON.writeValueAsBytes(
                        Map.of(
                                "statement", statement(),
                                "tasks",
                                        List.of(
                                                Jws.sign(
                                                                Jws.Type.PROBE_TASK,
                                                                task.octets(),
                                                                taskKey)
                                                        .compact()),
                                "pauseSeconds", 1)));
    }

    private void take(HttpExchange exchange) throws IOException {
        if (isBusy(exchange)) {
            return;
        }
        results.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        reply(exchange, answer, new byte[0]);
    }

    private boolean isBusy(HttpExchange exchange) throws IOException {
        if (busyCalls.getAndDecrement() <= 0) {
            return false;
        }
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Retry-After", "1");
        reply(exchange, 429, "{\"detail\":\"too often\"}".getBytes(UTF_8));
        return true;
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Launcher.Ended run(String resolver, String fingerprint) throws Exception {
        return Launcher.run(
                "probe",
                "run",
                "--node",
                "http://127.0.0.1:" + node.getAddress().getPort(),
                "--party",
                "otoritas-contoh",
                "--identity",
                fingerprint,
                "--probe",
                PROBE.toString(),
                "--key",
                key.toString(),
                "--resolver",
                resolver,
                "--questions-per-second",
                "200",
                "--once");
    }

    private String resolver() {
        return "127.0.0.1:" + internet.address().getPort();
    }

    private String fingerprint() {
        return identity.publicKey().fingerprint().hex();
    }

    private PublicSigningKey registeredKey() {
        return PublicSigningKey.of(Base64.getUrlDecoder().decode(registered));
    }

    @Test
    void fetchesATaskAsksAndReportsWhatItHeard() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");

        Launcher.Ended ended = run(resolver(), fingerprint());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("1 tasks, 1 results").doesNotContain("SLF4J");
        Jws request = Jws.parse(requests.getFirst(), Jws.Type.PROBE_REQUEST);
        assertThat(request.isSignedBy(registeredKey())).isTrue();
        assertThat(ProbeRequest.read(request.payload()).probe()).isEqualTo(PROBE);
        Jws signed = Jws.parse(results.getFirst(), Jws.Type.PROBE_RESULT);
        assertThat(signed.isSignedBy(registeredKey())).isTrue();
        ProbeResult result = ProbeResult.read(signed.payload());
        assertThat(result.name()).isEqualTo(NAME);
        assertThat(result.testimony().heard()).containsOnlyKeys(Way.ALL);
        assertThat(result.testimony().canary().orElseThrow()).isInstanceOf(Heard.Answer.class);
    }

    @Test
    void asksOnlyResolversThatItsOwnerNamed() throws Exception {
        Launcher.Ended ended = run("127.0.0.1:1", fingerprint());

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("is not named here");
        assertThat(results).isEmpty();
    }

    @Test
    void believesNobodyElse() throws Exception {
        Launcher.Ended other =
                run(resolver(), SigningKey.generate().publicKey().fingerprint().hex());
        assertThat(other.code()).as(other.output()).isEqualTo(1);

        taskKey = SigningKey.generate();
        assertThat(run(resolver(), fingerprint()).code()).as("a task of another").isEqualTo(1);

        taskKey = message;
        taskFor = UUID.randomUUID();
        assertThat(run(resolver(), fingerprint()).code()).as("a task for another").isEqualTo(1);
        assertThat(results).isEmpty();
    }

    @Test
    void resultThatIsKnownIsNoFaultAndOneThatIsRefusedIs() throws Exception {
        answer = 409;
        Launcher.Ended known = run(resolver(), fingerprint());
        assertThat(known.code()).isZero();
        assertThat(known.output()).contains("1 tasks, 0 results");

        answer = 403;
        assertThat(run(resolver(), fingerprint()).code()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsABusyNodeSaysAndLosesNoResult() throws Exception {
        busyCalls.set(2);
        long begin = System.nanoTime();

        Launcher.Ended ended = run(resolver(), fingerprint());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("reporting again in 1 s", "1 tasks, 1 results");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofSeconds(2));
        assertThat(results).hasSize(1);
    }

    @Test
    void keyIsNeverReplacedAndWrongSettingsAreNamed() throws Exception {
        Launcher.Ended again = Launcher.run("probe", "key", key.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.output()).contains("exists");

        assertThat(run("resolver.example:53", fingerprint()).output())
                .contains("resolver.example:53");
        Launcher.Ended plain =
                Launcher.run(
                        "probe",
                        "run",
                        "--node",
                        "http://node.example",
                        "--party",
                        "x",
                        "--identity",
                        fingerprint(),
                        "--probe",
                        PROBE.toString(),
                        "--key",
                        key.toString(),
                        "--resolver",
                        resolver(),
                        "--once");
        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.output()).contains("use https");
    }
}
