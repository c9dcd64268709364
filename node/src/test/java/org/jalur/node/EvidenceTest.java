package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Role;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.witness.CosignedCheckpoints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Evidence files of two real nodes: what they hold, and what they keep closed. */
class EvidenceTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static String notice;
    private static String theCase;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.startAll();
        Map<String, Object> form =
                new LinkedHashMap<>(ChannelTest.form(PLATFORM, "https://social.example/a/1"));
        form.put(
                "items",
                List.of(
                        Map.of("url", "https://social.example/a/1", "text", "Sample post A"),
                        Map.of("url", "https://social.example/a/2", "text", "Sample post B")));
        notice =
                nodes.post(AUTHORITY, "officer", "/api/notices", form)
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        theCase =
                nodes.await(
                                PLATFORM,
                                "reviewer",
                                "/api/cases",
                                page -> !page.path("cases").isEmpty())
                        .at("/cases/0/id")
                        .asString();
        nodes.post(PLATFORM, "reviewer", "/api/cases/" + theCase + "/claim", Map.of());
        nodes.post(
                PLATFORM,
                "reviewer",
                "/api/cases/" + theCase + "/decisions",
                Map.of(
                        "decisions",
                        List.of(
                                Map.of(
                                        "outcome",
                                        "refused",
                                        "ground",
                                        "not_illegal",
                                        "policy",
                                        "Sample rule",
                                        "reason",
                                        "Sample reason."))));
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.at("/notice/state").asString().equals("closed"));
        awaitCosigned(AUTHORITY);
        awaitCosigned(PLATFORM);
    }

    /** Until the other side has cosigned all that stands in the journal now. */
    private static void awaitCosigned(String party) {
        long size = nodes.bean(party, PublishedLog.class).head().size();
        for (int i = 0; i < 400; i++) {
            if (nodes.bean(party, CosignedCheckpoints.class)
                    .newest()
                    .filter(one -> one.size() >= size)
                    .isPresent()) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("nobody cosigns the journal of " + party);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static Map<String, byte[]> entries(byte[] zip) throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static Map<String, byte[]> evidence(String party, String role, String path)
            throws Exception {
        HttpResponse<byte[]> answer =
                nodes.signedIn(party, Role.of(role).orElseThrow()).download(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment", ".zip");
        return entries(answer.body());
    }

    private static JsonNode json(Map<String, byte[]> entries, String name) {
        return TestNodes.JSON.readTree(
                java.util.Optional.ofNullable(entries.get(name)).orElseThrow());
    }

    private static String text(Map<String, byte[]> entries) {
        var all = new StringBuilder();
        entries.forEach((name, bytes) -> all.append(new String(bytes, UTF_8)));
        return all.toString();
    }

    @Test
    void bothSidesHoldTheSameMessagesWithReceiptsAndProofs() throws Exception {
        Map<String, byte[]> ofAuthority =
                evidence(AUTHORITY, "officer", "/notices/" + notice + "/evidence?open=facts");
        Map<String, byte[]> ofPlatform =
                evidence(PLATFORM, "reviewer", "/cases/" + theCase + "/evidence?open=facts");

        List<String> messages = new ArrayList<>();
        for (String name : ofAuthority.keySet()) {
            if (name.startsWith("messages/")) {
                messages.add(name);
                assertThat(json(ofPlatform, name).path("jws"))
                        .isEqualTo(json(ofAuthority, name).path("jws"));
                assertThat(json(ofAuthority, name).at("/entry/proof").asString())
                        .contains("platform-contoh.example/journal/witness");
            }
        }
        assertThat(messages).as("notice, acknowledgement, decision").hasSizeGreaterThanOrEqualTo(3);
        assertThat(json(ofAuthority, messages.getFirst()).hasNonNull("receipt")).isTrue();
        assertThat(ofAuthority.keySet()).anyMatch(name -> name.startsWith("keys/" + PLATFORM));
    }

    @Test
    void everyFileIsGenuineForWhoeverKnowsTheIdentities() throws Exception {
        var expected =
                new Expectations(
                        Map.of(
                                new PartyId(AUTHORITY),
                                nodes.identityOf(AUTHORITY).publicKey().fingerprint(),
                                new PartyId(PLATFORM),
                                nodes.identityOf(PLATFORM).publicKey().fingerprint()),
                        Optional.empty(),
                        false);
        for (String query :
                List.of("", "?open=facts", "?open=facts&open=content&open=files&item=2")) {
            for (byte[] file :
                    List.of(
                            nodes.signedIn(AUTHORITY, Role.OFFICER)
                                    .download("/notices/" + notice + "/evidence" + query)
                                    .body(),
                            nodes.signedIn(PLATFORM, Role.REVIEWER)
                                    .download("/cases/" + theCase + "/evidence" + query)
                                    .body())) {
                List<Finding> findings = new ArrayList<>();
                Summary summary =
                        new Verification(expected)
                                .run(new ByteArrayInputStream(file), findings::add);

                assertThat(summary.verdict())
                        .as(findings.toString())
                        .isEqualTo(Summary.Verdict.GENUINE);
                assertThat(summary.genuine()).isGreaterThanOrEqualTo(3);
                assertThat(summary.received()).isGreaterThanOrEqualTo(2);
                assertThat(summary.bounded()).as("cosigned by the other side").isPositive();
            }
        }
    }

    @Test
    void fileOfAnotherIdentityIsNotGenuine() throws Exception {
        byte[] file =
                nodes.signedIn(AUTHORITY, Role.OFFICER)
                        .download("/notices/" + notice + "/evidence?open=content")
                        .body();
        String wrong = "0".repeat(64);
        var expected =
                new Expectations(
                        Map.of(new PartyId(PLATFORM), Hash.parseHex(wrong)),
                        Optional.empty(),
                        false);

        Summary summary = new Verification(expected).run(new ByteArrayInputStream(file), _ -> {});

        assertThat(summary.verdict()).isEqualTo(Summary.Verdict.NOT_GENUINE);
    }

    @Test
    void whatWasNotChosenStaysClosedAndIsNamed() throws Exception {
        Map<String, byte[]> facts =
                evidence(AUTHORITY, "officer", "/notices/" + notice + "/evidence?open=facts");
        Map<String, byte[]> all =
                evidence(
                        AUTHORITY,
                        "officer",
                        "/notices/" + notice + "/evidence?open=facts&open=content");

        assertThat(text(facts)).doesNotContain("Sample post A", "Sample reason.");
        assertThat(json(facts, "evidence.json").path("withheld").isEmpty()).isFalse();
        assertThat(text(all)).contains("Sample post A", "Sample reason.");
        assertThat(json(all, "evidence.json").path("withheld").isEmpty()).isTrue();
    }

    @Test
    void evidenceForOneItemSaysNothingOfTheOther() throws Exception {
        Map<String, byte[]> one =
                evidence(
                        AUTHORITY,
                        "officer",
                        "/notices/" + notice + "/evidence?open=facts&open=content&item=2");

        assertThat(text(one)).contains("Sample post B").doesNotContain("Sample post A");
        assertThat(one.keySet().stream().filter(name -> name.startsWith("messages/")))
                .allSatisfy(name -> assertThat(json(one, name).has("leaves")).isFalse());
    }

    @Test
    void noticeWhoseContentIsGoneIsStillAPage() throws Exception {
        JdbcClient jdbc = nodes.bean(AUTHORITY, JdbcClient.class);
        byte[] leaf =
                jdbc.sql("select facts_leaf from notices")
                        .query((row, _) -> row.getBytes(1))
                        .single();
        jdbc.sql("update notices set facts_leaf = null").update();

        HttpResponse<byte[]> page =
                nodes.signedIn(AUTHORITY, Role.OFFICER).download("/notices/" + notice);
        jdbc.sql("update notices set facts_leaf = :leaf").param("leaf", leaf).update();

        assertThat(page.statusCode()).isEqualTo(200);
    }

    @Test
    void unknownNoticeAndUnknownChoiceAreRefused() throws Exception {
        assertThat(
                        nodes.signedIn(AUTHORITY, Role.OFFICER)
                                .download("/notices/" + UUID.randomUUID() + "/evidence")
                                .statusCode())
                .isEqualTo(404);
        assertThat(
                        nodes.signedIn(AUTHORITY, Role.OFFICER)
                                .download("/notices/" + notice + "/evidence?open=everything")
                                .statusCode())
                .isEqualTo(400);
    }
}
