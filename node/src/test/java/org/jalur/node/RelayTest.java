package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jalur.channel.RelayOutcome;
import org.jalur.evidence.Cosigned.Standing;
import org.jalur.evidence.Delivery;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.TrustPolicy;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Notices that the direct way does not deliver, and what a witness of neither side adds. */
class RelayTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String STRANGER = "otoritas-lain";
    private static final String PLATFORM = "platform-contoh";
    private static final String PASSWORD = "a sample password of a test";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeWitness witness;
    private static BrokenWay way;
    private static PageVisitor officer;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY, STRANGER), List.of(PLATFORM));
        way = new BrokenWay();
        way.node = nodes.url(PLATFORM);
        witness = new HandMadeWitness(nodes.url(PLATFORM));
        Path policy = folder.resolve("policy.txt");
        Files.writeString(policy, witness.policy());
        nodes.with(AUTHORITY, "jalur.witness-policy", policy.toString())
                .with(AUTHORITY, "jalur.relay.witness", HandMadeWitness.NAME)
                .with(AUTHORITY, "jalur.relay.after", "1s")
                .with(AUTHORITY, "jalur.peers[0].url", way.url())
                .with(STRANGER, "jalur.witness-policy", policy.toString())
                .with(STRANGER, "jalur.relay.witness", "saksi-lain");
        nodes.start(AUTHORITY);
        nodes.start(PLATFORM);
        UUID account = nodes.bean(AUTHORITY, Accounts.class).open("Sample officer", Role.OFFICER);
        nodes.bean(AUTHORITY, Accounts.class).belongs(account, List.of("Otoritas Contoh"));
        nodes.bean(AUTHORITY, Passwords.class).set(account, PASSWORD);
        officer = new PageVisitor(nodes.url(AUTHORITY));
        officer.signIn("Sample officer", PASSWORD);
        awaitReceipt(send());
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        witness.close();
        way.close();
    }

    private static String send() throws Exception {
        String notice =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notices",
                                ChannelTest.form(PLATFORM, "https://social.example/a/1"))
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
        return notice;
    }

    private static JsonNode awaitReceipt(String notice) throws Exception {
        return nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
    }

    private static JsonNode awaitRelayed(String notice) throws Exception {
        return nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> !one.path("relayed").isEmpty());
    }

    private static <T> T ask(String party, String sql, String notice, Class<T> type) {
        return nodes.bean(party, JdbcClient.class)
                .sql(sql)
                .param("notice", UUID.fromString(notice))
                .query(type)
                .single();
    }

    private record Read(Summary summary, Finding.OfMessage notice) {}

    private static Read verify(String notice, Optional<TrustPolicy> policy) throws Exception {
        HttpResponse<byte[]> file = officer.download("/notices/" + notice + "/evidence?open=facts");
        assertThat(file.statusCode()).isEqualTo(200);
        List<Finding> findings = new ArrayList<>();
        Summary summary =
                new Verification(new Expectations(Map.of(), policy, false))
                        .run(new ByteArrayInputStream(file.body()), findings::add);
        return new Read(
                summary,
                findings.stream()
                        .filter(Finding.OfMessage.class::isInstance)
                        .map(Finding.OfMessage.class::cast)
                        .filter(one -> one.manifest().kind().equals("notice"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void noticeToANodeThatIsDownIsTriedThroughTheWitnessAndArrivesWhenItIsBack() throws Exception {
        nodes.stop(PLATFORM);
        String notice = send();

        JsonNode tried = awaitRelayed(notice);

        assertThat(tried.at("/relayed/0/outcome").asString()).isEqualTo("refused");
        assertThat(tried.at("/relayed/0/witness").asString()).isEqualTo("saksi");
        assertThat(tried.path("timeline").valueStream().map(one -> one.path("event").asString()))
                .contains("relayed");
        assertThat(
                        ask(
                                AUTHORITY,
                                """
                                select count(*) from tenders join messages on messages.id = tenders.message
                                join journal_entries entry on entry.digest = messages.digest and entry.kind = 'tendered'
                                join relays on relays.message = messages.id
                                where about = :notice and entry.recorded_at < relays.recorded_at
                                """,
                                notice,
                                Long.class))
                .as("journaled before it went out")
                .isPositive();
        assertThat(officer.get("/notices/" + notice).body())
                .contains("Tried through the witness saksi on", "nothing listened there")
                .contains("tried through an independent witness");
        assertThat(new String(officer.download("/notices/" + notice).body(), UTF_8))
                .contains("Dicoba melalui saksi saksi pada", "tidak ada yang menerima sambungan")
                .contains("dicoba melalui saksi independen");
        provesThatItWasTried(notice);

        nodes.start(PLATFORM);
        awaitReceipt(notice);

        assertThat(
                        ask(
                                PLATFORM,
                                "select count(*) from messages where about = :notice and kind = 'notice'",
                                notice,
                                Long.class))
                .isEqualTo(1);
        Read delivered = verify(notice, Optional.empty());
        assertThat(delivered.notice().delivery()).isInstanceOf(Delivery.Received.class);
        assertThat(delivered.notice().tries()).isNotEmpty();
        assertThat(delivered.summary().tried()).isZero();
    }

    private static void provesThatItWasTried(String notice) throws Exception {
        TrustPolicy policy = TrustPolicy.parse(witness.policy().getBytes(UTF_8));
        Read byPolicy = verify(notice, Optional.of(policy));
        assertThat(byPolicy.notice().flaws()).isEmpty();
        assertThat(byPolicy.notice().delivery()).isEqualTo(new Delivery.NotProven());
        assertThat(byPolicy.notice().tries())
                .isNotEmpty()
                .allSatisfy(one -> {
                    assertThat(one.by().standing()).isEqualTo(Standing.CHOSEN);
                    assertThat(one.outcome()).isEqualTo(new RelayOutcome.Refused());
                });
        assertThat(byPolicy.summary().tried()).isEqualTo(1);
        assertThat(byPolicy.summary().triedNamedOnly()).isZero();

        Read alone = verify(notice, Optional.empty());
        assertThat(alone.summary().tried()).isEqualTo(1);
        assertThat(alone.summary().triedNamedOnly())
                .as("only the maker names that witness")
                .isEqualTo(1);
    }

    @Test
    void receiptThatComesBackThroughTheWitnessCounts() throws Exception {
        way.messagesHeldUp = true;
        try {
            String notice = send();

            JsonNode delivered = awaitReceipt(notice);

            assertThat(delivered.at("/notice/delivery/state").asString()).isEqualTo("delivered");
            String receipt = delivered.path("receipt").asString();
            // The same message by the direct way: one message, one receipt.
            assertThat(sentAgain(notice)).contains(receipt);
            assertThat(
                            ask(
                                    PLATFORM,
                                    "select count(*) from messages where about = :notice and kind = 'notice'",
                                    notice,
                                    Long.class))
                    .isEqualTo(1);
            assertThat(
                            ask(
                                    PLATFORM,
                                    "select count(*) from cases where notice_id = :notice",
                                    notice,
                                    Long.class))
                    .isEqualTo(1);
        } finally {
            way.messagesHeldUp = false;
        }
    }

    private static String sentAgain(String notice) throws Exception {
        JdbcClient jdbc = nodes.bean(AUTHORITY, JdbcClient.class);
        UUID id = UUID.fromString(notice);
        String jws =
                jdbc.sql("select jws from messages where about = :id and kind = 'notice'")
                        .param("id", id)
                        .query(String.class)
                        .single();
        byte[] leaves =
                jdbc.sql("select leaves from messages where about = :id and kind = 'notice'")
                        .param("id", id)
                        .query((row, _) -> row.getBytes("leaves"))
                        .single();
        String body =
                TestNodes.JSON.writeValueAsString(
                        Map.of(
                                "messages",
                                List.of(
                                        Map.of(
                                                "jws",
                                                jws,
                                                "leaves",
                                                Base64.getEncoder().encodeToString(leaves)))));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(nodes.url(PLATFORM) + "/channel/messages"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void statementThatDoesNotHoldIsNotKept() throws Exception {
        for (HandMadeWitness.Mode mode :
                List.of(
                        HandMadeWitness.Mode.FORGED_KEY,
                        HandMadeWitness.Mode.ABOUT_ANOTHER,
                        HandMadeWitness.Mode.BUSY)) {
            way.messagesHeldUp = true;
            witness.mode = mode;
            int before = witness.asked.get();
            String notice = send();
            try {
                long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (witness.asked.get() == before && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(50_000_000);
                }
                LockSupport.parkNanos(500_000_000);
                assertThat(witness.asked.get()).isGreaterThan(before);
                assertThat(
                                ask(
                                        AUTHORITY,
                                        "select count(*) from relays join messages on messages.id = message where about = :notice",
                                        notice,
                                        Long.class))
                        .as(mode.name())
                        .isZero();
            } finally {
                witness.mode = HandMadeWitness.Mode.HONEST;
                way.messagesHeldUp = false;
            }
            // Not after the pause that failed tries have earned.
            nodes.bean(AUTHORITY, JdbcClient.class)
                    .sql("update channels set next_attempt_at = '-infinity', attempts = 0")
                    .update();
            awaitReceipt(notice);
        }
    }

    @Test
    void statementsAndTendersOnlyGrow() {
        JdbcClient jdbc = nodes.bean(AUTHORITY, JdbcClient.class);

        assertThatThrownBy(() -> jdbc.sql("delete from relays").update())
                .hasMessageContaining("only grows");
        assertThatThrownBy(() -> jdbc.sql("update tenders set witness = 'x'").update())
                .hasMessageContaining("only grows");
    }

    @Test
    void nodeDoesNotStartWithARelayThatItsPolicyDoesNotName() {
        assertThatThrownBy(() -> nodes.start(STRANGER))
                .hasStackTraceContaining("jalur.relay.witness is \"saksi-lain\"");
    }
}
