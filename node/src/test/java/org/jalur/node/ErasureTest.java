package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Role;
import org.jalur.node.screening.SignatureModes;
import org.jalur.node.screening.Signatures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is erased is gone on both nodes, and everything that was signed can still be proven. */
class ErasureTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    /** Found nowhere but in what is erased. */
    private static final String MARK = "sample-mark-7d1f0c2b9a";

    @TempDir private static Path folder;
    private static TestNodes nodes;

    private record Sent(String notice, String theCase) {}

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    /** A notice of two items that was decided; the second holds the mark. */
    private static Sent decided(String mark) throws Exception {
        Map<String, Object> form =
                new LinkedHashMap<>(ChannelTest.form(PLATFORM, "https://social.example/a/1"));
        form.put("reasons", "Sample reasons " + mark);
        form.put(
                "items",
                List.of(
                        Map.of("url", "https://social.example/a/1", "text", "Sample post A"),
                        Map.of(
                                "url",
                                "https://social.example/a/" + mark,
                                "text",
                                "Sample post B that is long enough to be looked for " + mark)));
        String notice =
                nodes.post(AUTHORITY, "officer", "/api/notices", form)
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        String theCase =
                nodes.context(PLATFORM)
                        .getBean(JdbcClient.class)
                        .sql("select id from cases where notice_id = :notice")
                        .param("notice", UUID.fromString(notice))
                        .query(UUID.class)
                        .single()
                        .toString();
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
                                        "Sample reason " + mark))));
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.at("/notice/state").asString().equals("closed"));
        return new Sent(notice, theCase);
    }

    /** Once everything about it has its receipt. */
    private static TestNodes.Reply erase(
            String party, String role, String path, Map<String, Object> what) throws Exception {
        TestNodes.Reply reply = nodes.post(party, role, path + "/erasure", what);
        for (int i = 0;
                i < 100 && reply.body().path("type").asString().endsWith("not-delivered-yet");
                i++) {
            LockSupport.parkNanos(100_000_000);
            reply = nodes.post(party, role, path + "/erasure", what);
        }
        return reply;
    }

    private static JsonNode item(String party, String role, String path, int no) throws Exception {
        return nodes.get(party, role, path).body().path("items").get(no - 1);
    }

    @Test
    void erasedItemIsGoneOnBothNodesAndTheOtherStays() throws Exception {
        Sent sent = decided("one");

        var answer =
                erase(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + sent.notice(),
                        Map.of("items", List.of(2), "ground", "data_protection"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("parts").asInt())
                .as("the item and its decision")
                .isEqualTo(2);
        assertThat(item(AUTHORITY, "officer", "/api/notices/" + sent.notice(), 2).has("item"))
                .isFalse();
        assertThat(item(AUTHORITY, "officer", "/api/notices/" + sent.notice(), 1).has("item"))
                .isTrue();
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + sent.theCase(),
                one -> !one.path("items").get(1).has("item"));
        assertThat(item(PLATFORM, "reviewer", "/api/cases/" + sent.theCase(), 1).has("item"))
                .isTrue();
        JsonNode erased = nodes.get(PLATFORM, "reviewer", "/api/cases/" + sent.theCase()).body();
        assertThat(erased.path("timeline").toString()).contains("\"erased\"");
    }

    @Test
    void looksOfAGoodPictureAreKeptUntilTheItemIsErasedAndDigestsOfFilesStay() throws Exception {
        Sent sent = decided("looks");
        UUID theCase = UUID.fromString(sent.theCase());
        String sha256 = "0c".repeat(32);
        String pdq = "3a".repeat(32);
        nodes.bean(PLATFORM, Signatures.class)
                .create(
                        new Signatures.Origin(
                                theCase, 2, AUTHORITY, Hash.sha256(new byte[0]), List.of()),
                        new Signatures.Blocked(
                                Optional.empty(),
                                List.of(),
                                List.of(sha256),
                                List.of(
                                        new Signatures.Picture(pdq, Optional.of(50)),
                                        new Signatures.Picture("1b".repeat(32), Optional.of(49)),
                                        new Signatures.Picture("2c".repeat(32), Optional.of(101)),
                                        new Signatures.Picture("4d".repeat(32), Optional.empty()),
                                        new Signatures.Picture("no hash", Optional.of(90)))),
                        SignatureModes.DEFAULT);
        assertThat(signatures(theCase))
                .containsExactly("decisions.block " + sha256, "decisions.review " + pdq);

        erase(
                PLATFORM,
                "senior-reviewer",
                "/api/cases/" + theCase,
                Map.of("items", List.of(2), "ground", "data_protection"));

        assertThat(signatures(theCase)).containsExactly("decisions.block " + sha256);
    }

    private static List<String> signatures(UUID theCase) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql(
                        """
                        select list || ' ' || value from entries
                        where case_id = :case and value <> '' and removed_at is null order by 1
                        """)
                .param("case", theCase)
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Test
    void evidenceOfWhatWasErasedIsGenuineAndNamesIt() throws Exception {
        Sent sent = decided("two");
        erase(
                PLATFORM,
                "senior-reviewer",
                "/api/cases/" + sent.theCase(),
                Map.of("everything", true, "ground", "court_order"));
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + sent.notice(), one -> !one.has("reasons"));

        for (String query : List.of("?open=facts,content,files", "?open=content&item=1")) {
            HttpResponse<byte[]> file =
                    nodes.signedIn(AUTHORITY, Role.OFFICER)
                            .download("/notices/" + sent.notice() + "/evidence" + query);
            var findings = new ArrayList<Finding>();
            var expected =
                    new Expectations(
                            Map.of(
                                    new PartyId(AUTHORITY),
                                    nodes.identityOf(AUTHORITY).publicKey().fingerprint()),
                            Optional.empty(),
                            false);
            Summary summary =
                    new Verification(expected)
                            .run(new ByteArrayInputStream(file.body()), findings::add);

            assertThat(summary.verdict()).as(query + findings).isEqualTo(Summary.Verdict.GENUINE);
        }
    }

    @Test
    void erasedBytesStandInNoDatabaseOnNoDiskAndInNoBackup() throws Exception {
        Sent sent = decided(MARK);
        Path backup = folder.resolve("backup");
        copy(folder.resolve("postgres"), backup);
        assertThat(
                        nodes.get(AUTHORITY, "officer", "/api/notices/" + sent.notice())
                                .body()
                                .toString())
                .contains(MARK);

        erase(
                AUTHORITY,
                "approver",
                "/api/notices/" + sent.notice(),
                Map.of("everything", true, "ground", "mistake"));
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + sent.theCase(),
                one -> !one.toString().contains(MARK));
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            JdbcClient jdbc = nodes.context(party).getBean(JdbcClient.class);
            jdbc.sql("checkpoint").update();
        }

        assertThat(containing(MARK)).as("files that hold the erased bytes").isEmpty();
    }

    @Test
    void erasedPartDoesNotComeBackWhenItIsUploadedAgain() throws Exception {
        Sent sent = decided("three");
        erase(
                AUTHORITY,
                "approver",
                "/api/notices/" + sent.notice(),
                Map.of("items", List.of(1), "ground", "mistake"));

        var again =
                erase(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + sent.notice(),
                        Map.of("items", List.of(1), "ground", "mistake"));
        var unknown =
                erase(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + sent.notice(),
                        Map.of("items", List.of(77), "ground", "mistake"));
        var contradictory =
                erase(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + sent.notice(),
                        Map.of("items", List.of(1), "everything", true, "ground", "mistake"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("type").asString()).endsWith("nothing-to-erase");
        assertThat(unknown.status()).isEqualTo(409);
        assertThat(contradictory.status()).isEqualTo(422);
        for (String nothing : List.of("[]", "[null]")) {
            var refused =
                    nodes.callRaw(
                            AUTHORITY,
                            "approver",
                            "POST",
                            "/api/notices/" + sent.notice() + "/erasure",
                            "{\"items\": %s, \"ground\": \"mistake\"}".formatted(nothing));
            assertThat(refused).as(nothing).isEqualTo(422);
        }
    }

    @Test
    void pageAsksBeforeItErasesAndKeepsWhatWasTyped() throws Exception {
        Sent sent = decided("four");
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        String page = "/notices/" + sent.notice() + "/erasure";

        var unsure = approver.post(page, Map.of("eraseWhat", "items", "eraseItems", "1-x"));
        var done =
                approver.post(
                        page,
                        Map.of(
                                "eraseWhat",
                                "items",
                                "eraseItems",
                                "1-2",
                                "eraseGround",
                                "MISTAKE",
                                "eraseSure",
                                "yes"));

        assertThat(unsure.statusCode()).isEqualTo(422);
        assertThat(unsure.body()).contains("eraseSure-error", "1-x", "href=\"#eraseGround\"");
        assertThat(PageVisitor.redirect(done)).endsWith("?done=erased");
        assertThat(approver.get("/notices/" + sent.notice()).body())
                .doesNotContain("social.example/a/1");
    }

    @Test
    void decisionHasEvidenceOfItsOwn() throws Exception {
        Sent sent = decided("five");
        JsonNode notice = nodes.get(AUTHORITY, "officer", "/api/notices/" + sent.notice()).body();
        String decision = notice.at("/items/0/decisions/0/message").asString();

        HttpResponse<byte[]> file =
                nodes.signedIn(AUTHORITY, Role.OFFICER)
                        .download(
                                "/notices/%s/evidence?open=facts&decision=%s"
                                        .formatted(sent.notice(), decision));
        HttpResponse<byte[]> none =
                nodes.signedIn(AUTHORITY, Role.OFFICER)
                        .download(
                                "/notices/%s/evidence?decision=%s"
                                        .formatted(sent.notice(), sent.notice()));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(new String(file.body(), UTF_8)).contains("evidence.json", "messages/");
        Summary summary =
                new Verification(new Expectations(Map.of(), Optional.empty(), false))
                        .run(new ByteArrayInputStream(file.body()), _ -> {});
        assertThat(summary.verdict()).isEqualTo(Summary.Verdict.GENUINE);
        assertThat(none.statusCode()).isEqualTo(404);
    }

    private static List<Path> containing(String mark) throws IOException {
        byte[] wanted = mark.getBytes(UTF_8);
        byte[] encoded = Base64.getEncoder().withoutPadding().encode(wanted);
        var found = new ArrayList<Path>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isRegularFile()) {
                            byte[] octets = Files.readAllBytes(file);
                            if (contains(octets, wanted) || contains(octets, encoded)) {
                                found.add(folder.relativize(file));
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    private static boolean contains(byte[] octets, byte[] wanted) {
        return new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains(new String(wanted, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Path target = to.resolve(from.relativize(file));
                        Files.createDirectories(target.getParent());
                        if (attributes.isRegularFile()) {
                            Files.copy(file, target);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
