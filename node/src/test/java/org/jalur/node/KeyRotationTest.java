package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys are replaced while notices flow, wait, or have long been evidence. */
class KeyRotationTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private String send(String url) throws Exception {
        String id =
                nodes.post(AUTHORITY, "officer", "/api/notices", ChannelTest.form(PLATFORM, url))
                        .body()
                        .at("/notice/id")
                        .asString();
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "approver",
                                        "/api/notices/" + id + "/approval",
                                        Map.of())
                                .status())
                .isEqualTo(200);
        return id;
    }

    private void awaitReceipt(String notice) throws Exception {
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not come about");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private long inForce(String party) {
        return nodes.bean(party, OwnKeys.class).current().serial();
    }

    private long replace(String party, Reason reason) throws Exception {
        long serial = nodes.replaceKeys(party, reason).serial();
        await("keys of " + party, () -> inForce(party) == serial);
        return serial;
    }

    private long known(String party, String peer) {
        return nodes.bean(party, PeerKeys.class)
                .of(new PartyId(peer))
                .map(KeyStatement::serial)
                .orElse(0L);
    }

    private String signedBy(String notice) {
        String jws =
                nodes.bean(AUTHORITY, JdbcClient.class)
                        .sql("select jws from messages where message_id = :id")
                        .param("id", UUID.fromString(notice))
                        .query(String.class)
                        .single();
        return Jws.parse(jws, Jws.Type.MESSAGE).kid();
    }

    private byte[] evidence(String notice) throws Exception {
        HttpResponse<byte[]> answer =
                nodes.signedIn(AUTHORITY, Role.OFFICER)
                        .download("/notices/" + notice + "/evidence?open=facts,content");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Summary verify(byte[] file, List<Finding> findings) throws Exception {
        return new Verification(Expectations.none())
                .run(new ByteArrayInputStream(file), findings::add);
    }

    private static void assertGenuine(byte[] file) throws Exception {
        var findings = new ArrayList<Finding>();
        Summary summary = verify(file, findings);
        assertThat(findings).allMatch(Finding::isGenuine);
        assertThat(summary.received()).isEqualTo(summary.messages());
    }

    @Test
    void messagesThatWaitedThroughAnOutageVerifyWithTheKeysOfTheirPlace() throws Exception {
        String early = send("https://social.example/a/1");
        awaitReceipt(early);
        byte[] old = evidence(early);
        String first = nodes.bean(AUTHORITY, OwnKeys.class).current().message().publicKey().kid();

        nodes.stop(PLATFORM);
        String queued = send("https://social.example/a/2");
        long serial = replace(AUTHORITY, Reason.ROTATION);
        String later = send("https://social.example/a/3");
        String second = nodes.bean(AUTHORITY, OwnKeys.class).current().message().publicKey().kid();
        nodes.start(PLATFORM);
        awaitReceipt(queued);
        awaitReceipt(later);

        assertThat(signedBy(queued)).isEqualTo(first);
        assertThat(signedBy(later)).isEqualTo(second).isNotEqualTo(first);
        assertThat(known(PLATFORM, AUTHORITY)).isEqualTo(serial);
        assertGenuine(old);
        for (String notice : List.of(early, queued, later)) {
            assertGenuine(evidence(notice));
        }
    }

    @Test
    void receiverThatReplacesItsKeysReceiptsWithTheNewOnes() throws Exception {
        long serial = replace(PLATFORM, Reason.ROTATION);
        String notice = send("https://social.example/a/4");

        awaitReceipt(notice);

        await("keys of the platform", () -> known(AUTHORITY, PLATFORM) == serial);
        assertGenuine(evidence(notice));
    }

    @Test
    void journalGoesOnUnderTheNewKeysAndRecordsTheChange() throws Exception {
        awaitReceipt(send("https://social.example/a/5"));
        KeyStatement before = nodes.bean(AUTHORITY, OwnKeys.class).statement();

        long serial = replace(AUTHORITY, Reason.COMPROMISE);

        KeyStatement now = nodes.bean(AUTHORITY, OwnKeys.class).statement();
        NoteVerifier checkpoint = now.checkpointVerifiers().getFirst();
        await(
                "a checkpoint by the new keys",
                () ->
                        nodes.bean(AUTHORITY, PublishedLog.class)
                                .checkpoint()
                                .filter(note ->
                                        SignedNote.parse(note).signatures().stream()
                                                .anyMatch(line -> line.isBy(checkpoint)))
                                .isPresent());
        assertThat(now.origin()).isEqualTo(before.origin());
        assertThat(count("journal_entries where kind = 'keys'"))
                .as("an entry for each change")
                .isEqualTo((int) serial);
        assertThat(count("own_keys")).isEqualTo((int) serial);
        Path keys = nodes.home(AUTHORITY).resolve("keys");
        assertThat(keys.resolve("working-%d.p12".formatted(serial))).exists();
        assertThat(keys.resolve("working-%d.p12".formatted(serial - 1))).doesNotExist();
        await("the keys message", () -> known(PLATFORM, AUTHORITY) == serial);

        nodes.stop(AUTHORITY);
        nodes.start(AUTHORITY);
        assertThat(inForce(AUTHORITY)).isEqualTo(serial);
        awaitReceipt(send("https://social.example/a/6"));
    }

    private int count(String table) {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    @Test
    void revocationStandsInTheEvidenceOfWhatWasSignedBefore() throws Exception {
        String notice = send("https://social.example/a/7");
        awaitReceipt(notice);
        replace(AUTHORITY, Reason.COMPROMISE);
        var findings = new ArrayList<Finding>();

        Summary summary = verify(evidence(notice), findings);

        assertThat(findings).allMatch(Finding::isGenuine);
        assertThat(summary.revoked()).contains(new PartyId(AUTHORITY));
        assertThat(summary.doubtful()).as("its receipt bounds it").isZero();
    }

    /** Everything was ready when the process died: the next start changes over. */
    @Test
    void statementInstalledWhileTheNodeIsOffComesIntoForceAtItsStart() throws Exception {
        awaitReceipt(send("https://social.example/a/8"));
        nodes.stop(AUTHORITY);
        nodes.replaceKeys(AUTHORITY, Reason.COMPROMISE);
        long serial = nodes.replaceKeys(AUTHORITY, Reason.ROTATION).serial();

        nodes.start(AUTHORITY);

        await("the newest keys", () -> inForce(AUTHORITY) == serial);
        await("both announcements", () -> known(PLATFORM, AUTHORITY) == serial);
        assertThat(
                        nodes
                                .bean(PLATFORM, PeerKeys.class)
                                .history(new PartyId(AUTHORITY))
                                .reversed()
                                .stream()
                                .limit(2)
                                .map(since -> since.statement().reason().orElseThrow())
                                .toList())
                .containsExactly(Reason.ROTATION, Reason.COMPROMISE);
        awaitReceipt(send("https://social.example/a/9"));
    }

    @Test
    void everyProcessOnTheDatabaseTakesTheNewKeys() throws Exception {
        var other = new SpringApplication(JalurNode.class);
        other.setRegisterShutdownHook(false);
        Map<String, Object> settings = nodes.settings(AUTHORITY);
        settings.put("server.port", FreePort.find());
        other.setDefaultProperties(settings);
        try (ConfigurableApplicationContext second = other.run()) {
            long serial = replace(AUTHORITY, Reason.ROTATION);
            OwnKeys ofTheSecond = second.getBean(OwnKeys.class);
            await("the keys of the second", () -> ofTheSecond.current().serial() == serial);

            nodes.stop(AUTHORITY);

            assertThat(ofTheSecond.checkpointSigners()).hasSize(2);
            assertThat(
                            second.getBean(JdbcClient.class)
                                    .sql("select count(*) from key_sets where direction = 'out'")
                                    .query(Long.class)
                                    .single())
                    .as("announced once")
                    .isEqualTo(serial);
        }
        nodes.start(AUTHORITY);
        awaitReceipt(send("https://social.example/a/10"));
    }

    @Test
    void adminPreparesKeysAndTheSignedStatementBringsThemIntoForceAtOnce() throws Exception {
        PageVisitor admin = nodes.signedIn(AUTHORITY, Role.ADMIN);
        long before = inForce(AUTHORITY);
        long serial = before + 1;
        assertThat(admin.get("/keys/request").statusCode()).isEqualTo(404);
        assertThat(admin.post("/keys/preparation", Map.of()).body())
                .contains("Choose why the keys are replaced");

        HttpResponse<String> prepared =
                admin.post("/keys/preparation", Map.of("change", "compromise"));
        HttpResponse<byte[]> request = admin.download("/keys/request");
        assertThat(prepared.body())
                .contains("Keys no. %d wait for their signature".formatted(serial));
        assertThat(request.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment", "request-%d.json".formatted(serial));
        KeyRequest asked = KeyRequest.parse(request.body());
        assertThat(asked.reason()).contains(Reason.COMPROMISE);
        SigningKey identity = nodes.identityOf(AUTHORITY);
        SigningKey stolen = nodes.bean(AUTHORITY, OwnKeys.class).current().message();

        HttpResponse<String> forged =
                upload(admin, asked.statement(stolen.publicKey(), Instant.now()).sign(stolen));
        assertThat(forged.statusCode()).isEqualTo(422);
        assertThat(forged.body()).contains("pinned identity key of this party did not sign");
        assertThat(inForce(AUTHORITY)).isEqualTo(before);

        HttpResponse<String> installed =
                upload(admin, asked.statement(identity.publicKey(), Instant.now()).sign(identity));

        assertThat(installed.body())
                .contains("Keys no. %d are in force".formatted(serial), "revoked");
        assertThat(inForce(AUTHORITY)).isEqualTo(serial);
        assertThat(nodes.bean(AUTHORITY, OwnKeys.class).statement().key(Use.MESSAGE))
                .isEqualTo(messageKey(asked));
        await("the keys message", () -> known(PLATFORM, AUTHORITY) == serial);
        assertThat(nodes.signedIn(PLATFORM, Role.ADMIN).get("/keys").body())
                .contains("Keys of " + AUTHORITY, "revoked", "its message")
                .contains(messageKey(asked).fingerprint().hex());
    }

    private static PublicSigningKey messageKey(KeyRequest request) {
        return Optional.ofNullable(request.keys().get(Use.MESSAGE)).orElseThrow();
    }

    private HttpResponse<String> upload(PageVisitor admin, String statement) throws Exception {
        return new Multipart(Map.of(), "statement", "statement.jws", statement.getBytes(UTF_8))
                .send(admin, nodes.url(AUTHORITY) + "/keys/statement");
    }

    @Test
    void emptyUploadIsToldWhatIsMissing() throws Exception {
        PageVisitor admin = nodes.signedIn(AUTHORITY, Role.ADMIN);

        HttpResponse<String> empty = upload(admin, "");

        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("Choose the file with the signed statement");
    }
}
