package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jalur.channel.Message;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.log.Cosignature;
import org.jalur.log.Hash;
import org.jalur.log.NoteVerifier;
import org.jalur.log.TrustPolicy.NamedWitness;
import org.jalur.tools.RunningWitness.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a witness hands on, what it signs about it, and what it never does. */
class WitnessRelayTest {
    private static final String ANSWER = "{\"results\":[{\"status\":202,\"state\":\"pending\"}]}";
    private static final SampleSender AUTHORITY = new SampleSender("otoritas-contoh");

    @TempDir private static Path folder;
    private static RunningWitness witness;
    private static HttpServer node;
    private static HttpServer elsewhere;
    private static ServerSocket frozen;
    private static final List<String> BODIES = Collections.synchronizedList(new ArrayList<>());
    private static final AtomicInteger CALLED_ELSEWHERE = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        elsewhere = HttpServer.create(any, 8);
        elsewhere.createContext(
                "/",
                exchange -> {
                    CALLED_ELSEWHERE.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        elsewhere.start();
        node = HttpServer.create(any, 8);
        node.createContext(
                "/good/channel/messages",
                exchange -> {
                    BODIES.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(202, ANSWER.length());
                    exchange.getResponseBody().write(ANSWER.getBytes(UTF_8));
                    exchange.close();
                });
        node.createContext(
                "/redirecting/channel/messages",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", address(elsewhere));
                    exchange.sendResponseHeaders(307, -1);
                    exchange.close();
                });
        node.createContext(
                "/endless/channel/messages",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] chunk = new byte[64 * 1024];
                    for (int i = 0; i < 64; i++) {
                        exchange.getResponseBody().write(chunk);
                    }
                    exchange.close();
                });
        node.start();
        frozen = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Map<String, String> settings = new HashMap<>();
        settings.put("relays-per-minute", "60");
        settings.put(
                "party.otoritas-contoh.identity",
                AUTHORITY.identity.publicKey().fingerprint().hex());
        settings.put("party.platform-contoh.url", address(node) + "/good");
        settings.put("party.platform-mengalihkan.url", address(node) + "/redirecting");
        settings.put("party.platform-panjang.url", address(node) + "/endless");
        settings.put("party.platform-beku.url", "http://127.0.0.1:" + frozen.getLocalPort());
        settings.put("party.platform-absen.url", "http://127.0.0.1:" + FreePort.find());
        witness = new RunningWitness(folder.resolve("witness"), settings);
    }

    @AfterAll
    static void stop() throws Exception {
        witness.close();
        node.stop(0);
        elsewhere.stop(0);
        frozen.close();
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The statement of an answer, after its signatures were checked with the policy's keys. */
    private static RelayStatement statement(Reply reply, Message message) throws Exception {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        SignedRelay signed = SignedRelay.parse(reply.body().path("statement").asString());
        NoteVerifier[] keys =
                witness.policy().witnesses().stream()
                        .map(NamedWitness::key)
                        .toArray(NoteVerifier[]::new);
        assertThat(Cosignature.on(signed.note(), keys)).hasSize(2);
        assertThat(signed.statement().isAbout(message.jws(), message.manifest())).isTrue();
        return signed.statement();
    }

    @Test
    void messageIsHandedOnAndTheAnswerGivenBack() throws Exception {
        Message message = AUTHORITY.message("platform-contoh");

        Reply reply = witness.relay(AUTHORITY.request(message));

        RelayStatement statement = statement(reply, message);
        assertThat(statement.outcome())
                .isEqualTo(new RelayOutcome.Answered(202, Hash.sha256(ANSWER.getBytes(UTF_8))));
        assertThat(statement.at()).isEqualTo(address(node) + "/good/channel/messages");
        assertThat(Base64.getDecoder().decode(reply.body().path("answer").asString()))
                .isEqualTo(ANSWER.getBytes(UTF_8));
        assertThat(BODIES).anyMatch(body -> body.contains(message.jws().compact()));
    }

    @Test
    void frozenNodeIsATimeout() throws Exception {
        Message message = AUTHORITY.message("platform-beku");

        RelayStatement statement = statement(witness.relay(AUTHORITY.request(message)), message);

        assertThat(statement.outcome()).isEqualTo(new RelayOutcome.TimedOut());
        assertThat(statement.ended()).isAfter(statement.began().plusMillis(900));
    }

    @Test
    void absentNodeRefuses() throws Exception {
        Message message = AUTHORITY.message("platform-absen");

        Reply reply = witness.relay(AUTHORITY.request(message));

        assertThat(statement(reply, message).outcome()).isEqualTo(new RelayOutcome.Refused());
        assertThat(reply.body().has("answer")).isFalse();
    }

    @Test
    void redirectIsAnAnswerAndIsNotFollowed() throws Exception {
        Message message = AUTHORITY.message("platform-mengalihkan");

        Reply reply = witness.relay(AUTHORITY.request(message));

        assertThat(statement(reply, message).outcome())
                .isEqualTo(new RelayOutcome.Answered(307, Hash.sha256()));
        assertThat(CALLED_ELSEWHERE).hasValue(0);
    }

    @Test
    void answerWithoutEndIsNotKept() throws Exception {
        Message message = AUTHORITY.message("platform-panjang");

        assertThat(statement(witness.relay(AUTHORITY.request(message)), message).outcome())
                .isEqualTo(new RelayOutcome.Broken());
    }

    @Test
    void receiverThatTheOperatorDidNotNameIsNotCalled() throws Exception {
        Reply reply = witness.relay(AUTHORITY.request(AUTHORITY.message("platform-lain")));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("unknown-receiver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "at", "to", "address"})
    void requestCannotNameAnAddress(String member) throws Exception {
        Map<String, String> request =
                new LinkedHashMap<>(AUTHORITY.request(AUTHORITY.message("platform-contoh")));
        request.put(member, address(elsewhere));

        Reply reply = witness.relay(request);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(CALLED_ELSEWHERE).hasValue(0);
    }

    @Test
    void senderWhomTheOperatorDidNotPinIsRefused() throws Exception {
        var stranger = new SampleSender("otoritas-lain");

        Reply reply = witness.relay(stranger.request(stranger.message("platform-contoh")));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.problem()).isEqualTo("unknown-party");
    }

    @Test
    void senderUnderAPinnedNameWithAnotherIdentityIsRefused() throws Exception {
        var impostor = new SampleSender("otoritas-contoh");

        Reply reply = witness.relay(impostor.request(impostor.message("platform-contoh")));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.problem()).isEqualTo("unknown-key");
    }

    @Test
    void messageOfAnotherKeyIsRefused() throws Exception {
        var impostor = new SampleSender("otoritas-contoh");
        Map<String, String> request =
                new LinkedHashMap<>(impostor.request(impostor.message("platform-contoh")));
        request.put("keys", AUTHORITY.statement());

        Reply reply = witness.relay(request);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.problem()).isEqualTo("bad-signature");
    }

    @Test
    void leavesOfAnotherMessageAreRefused() throws Exception {
        Map<String, String> request =
                new LinkedHashMap<>(AUTHORITY.request(AUTHORITY.message("platform-contoh")));
        request.put("leaves", Base64.getEncoder().encodeToString(new byte[32]));

        assertThat(witness.relay(request).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "[]",
                "{\"keys\":\"a\",\"jws\":\"b\",\"leaves\":\"c\"}",
                "{\"keys\":\"a\",\"keys\":\"a\",\"jws\":\"b\",\"leaves\":\"\"}",
                "{\"keys\":null,\"jws\":\"b\",\"leaves\":\"\"}",
                "{\"keys\":\"a\",\"jws\":\"b\",\"leaves\":\"\"} x"
            })
    void whatIsNoRequestIsRefused(String body) throws Exception {
        assertThat(witness.post("/relay", body).statusCode()).isEqualTo(400);
    }

    @Test
    void requestThatIsTooLargeIsRefused() throws Exception {
        String body = "{\"keys\":\"%s\"}".formatted("x".repeat(2 * 1024 * 1024));

        assertThat(witness.post("/relay", body).statusCode()).isEqualTo(413);
    }

    @Test
    void oneMessageIsHandedOnOnlySoOften() throws Exception {
        Message message = AUTHORITY.message("platform-contoh");
        for (int i = 0; i < 6; i++) {
            statement(witness.relay(AUTHORITY.request(message)), message);
        }

        Reply reply = witness.relay(AUTHORITY.request(message));

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.problem()).isEqualTo("too-many-repeats");
    }

    @Test
    void oneSenderHandsInOnlySoMany() throws Exception {
        try (var slow = witnessWithAShareOf(3, "slow")) {
            for (int i = 0; i < 3; i++) {
                assertThat(slow.relay(request()).status()).isEqualTo(200);
            }

            Reply reply = slow.relay(request());

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.problem()).isEqualTo("too-many-relays");
        }
    }

    @Test
    void whoHandsInAMessageOfSomebodyElseAgainUsesUpNothingOfTheSenders() throws Exception {
        Map<String, String> repeated = request();
        try (var slow = witnessWithAShareOf(7, "repeated")) {
            for (int i = 0; i < 10; i++) {
                slow.relay(repeated);
            }

            assertThat(slow.relay(request()).status()).isEqualTo(200);
        }
    }

    private static Map<String, String> request() {
        return AUTHORITY.request(AUTHORITY.message("platform-contoh"));
    }

    private static RunningWitness witnessWithAShareOf(int relaysPerMinute, String home)
            throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("relays-per-minute", Integer.toString(relaysPerMinute));
        settings.put(
                "party.otoritas-contoh.identity",
                AUTHORITY.identity.publicKey().fingerprint().hex());
        settings.put("party.platform-contoh.url", address(node) + "/good");
        return new RunningWitness(folder.resolve(home), settings);
    }

    @Test
    void nothingOfAMessageIsLoggedOrKept() throws Exception {
        Message message = AUTHORITY.message("platform-contoh");
        witness.relay(AUTHORITY.request(message));

        assertThat(Files.readString(witness.log()))
                .doesNotContain(message.jws().compact(), message.manifest().id().toString());
        try (var files = Files.walk(witness.home())) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".pem") || name.equals(".lock"));
        }
    }
}
