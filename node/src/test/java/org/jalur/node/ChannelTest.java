package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.TestNodes.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole way between two authorities and two platforms, by API. */
class ChannelTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String OTHER_AUTHORITY = "otoritas-lain";
    private static final String PLATFORM = "platform-contoh";
    private static final String OTHER_PLATFORM = "platform-lain";

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes =
                new TestNodes(
                        folder,
                        List.of(AUTHORITY, OTHER_AUTHORITY),
                        List.of(PLATFORM, OTHER_PLATFORM));
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    static Map<String, Object> form(String platform, String url) {
        return Map.ofEntries(
                Map.entry("platform", platform),
                Map.entry("kind", "order"),
                Map.entry("urgency", "urgent"),
                Map.entry("category", "terrorism"),
                Map.entry(
                        "legalBasis",
                        Map.of("instrument", "Permenkominfo 5/2020", "article", "14")),
                Map.entry("issuingBody", Map.of("name", "Kementerian Contoh", "type", "ministry")),
                Map.entry("organisation", "Otoritas Contoh"),
                Map.entry("reference", "REF-" + UUID.randomUUID()),
                Map.entry("reasons", "Sample reasons for sample post A."),
                Map.entry("language", "en"),
                Map.entry("redress", "Object within 14 days at the sample court."),
                Map.entry("contact", "sample officer desk"),
                Map.entry("items", List.of(Map.of("url", url, "text", "Sample post A"))));
    }

    private static String send(String authority, String platform, String url) throws Exception {
        Reply draft = nodes.post(authority, "officer", "/api/notices", form(platform, url));
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        String id = draft.body().at("/notice/id").asString();
        Reply approved =
                nodes.post(authority, "approver", "/api/notices/" + id + "/approval", Map.of());
        assertThat(approved.status()).as(approved.body().toString()).isEqualTo(200);
        return id;
    }

    private static String caseOf(String platform, String notice) throws Exception {
        JsonNode queue =
                nodes.await(
                        platform,
                        "reviewer",
                        "/api/cases?limit=500",
                        page ->
                                page.path("cases")
                                        .valueStream()
                                        .anyMatch(one ->
                                                one.path("notice").asString().equals(notice)));
        return queue.path("cases")
                .valueStream()
                .filter(one -> one.path("notice").asString().equals(notice))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static Map<String, Object> decision(String outcome) {
        return Map.of(
                "decisions",
                List.of(
                        Map.of(
                                "outcome",
                                outcome,
                                "policy",
                                "Sample rule 1",
                                "reason",
                                "Sample reason.")));
    }

    @Test
    void noticeIsReceiptedAcknowledgedAndDecided() throws Exception {
        String notice = send(AUTHORITY, PLATFORM, "https://social.example/channels/a/posts/1");

        JsonNode delivered =
                nodes.await(
                        AUTHORITY,
                        "officer",
                        "/api/notices/" + notice,
                        one -> one.hasNonNull("receipt"));
        assertThat(delivered.at("/notice/delivery/state").asString()).isEqualTo("delivered");
        assertThat(delivered.at("/notice").has("acknowledgedAt")).isFalse();

        String id = caseOf(PLATFORM, notice);
        assertThat(
                        nodes.post(PLATFORM, "reviewer", "/api/cases/" + id + "/claim", Map.of())
                                .status())
                .isEqualTo(200);
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.path("notice").hasNonNull("acknowledgedAt"));

        Reply decided =
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + id + "/decisions",
                        decision("blocked"));
        assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
        JsonNode seen =
                nodes.await(
                        AUTHORITY,
                        "officer",
                        "/api/notices/" + notice,
                        one -> one.at("/notice/state").asString().equals("closed"));
        assertThat(seen.at("/items/0/state").asString()).isEqualTo("blocked");
        assertThat(seen.at("/items/0/decisions/0/reasons/reason").asString())
                .isEqualTo("Sample reason.");
        assertThat(seen.at("/items/0/decisions/0/role").asString()).isEqualTo("reviewer");
    }

    @Test
    void everyPairHasItsOwnStreams() throws Exception {
        for (String authority : List.of(AUTHORITY, OTHER_AUTHORITY)) {
            for (String platform : List.of(PLATFORM, OTHER_PLATFORM)) {
                String notice = send(authority, platform, "https://social.example/p/1");
                nodes.await(
                        authority,
                        "officer",
                        "/api/notices/" + notice,
                        one -> one.hasNonNull("receipt"));
                caseOf(platform, notice);
            }
        }
    }

    @Test
    void nobodyApprovesTheirOwnDraft() throws Exception {
        String id =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notices",
                                form(PLATFORM, "https://social.example/p/2"))
                        .body()
                        .at("/notice/id")
                        .asString();

        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "officer",
                                        "/api/notices/" + id + "/approval",
                                        Map.of())
                                .status())
                .isEqualTo(403);
    }

    @Test
    void noticeOutsideTheAgreementIsRefusedWithItsClause() throws Exception {
        var form = new java.util.HashMap<>(form(PLATFORM, "https://social.example/p/3"));
        form.put("category", "copyright");

        Reply refused = nodes.post(AUTHORITY, "officer", "/api/notices", form);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("detail").asString())
                .contains("categories")
                .contains("copyright");
    }

    @Test
    void csvWithErrorsNamesEveryWrongLineAndTakesNothing() throws Exception {
        var form = new java.util.HashMap<>(form(PLATFORM, "unused"));
        form.remove("items");
        form.put(
                "itemsCsv",
                "url,kind\nhttps://social.example/p/4,post\nnot an address,post\nhttps://social.example/p/5,video\n");

        Reply refused = nodes.post(AUTHORITY, "officer", "/api/notices", form);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(
                        refused.body()
                                .path("lines")
                                .valueStream()
                                .map(line -> line.path("line").asInt()))
                .containsExactly(3, 4);
    }

    @Test
    void sameIdempotencyKeyMakesOneDraft() throws Exception {
        Map<String, Object> form = form(PLATFORM, "https://social.example/p/6");
        String key = UUID.randomUUID().toString();

        Reply first =
                nodes.call(
                        AUTHORITY,
                        "officer",
                        "POST",
                        "/api/notices",
                        Optional.of(form),
                        Optional.of(key));
        Reply second =
                nodes.call(
                        AUTHORITY,
                        "officer",
                        "POST",
                        "/api/notices",
                        Optional.of(form),
                        Optional.of(key));
        Reply other =
                nodes.call(
                        AUTHORITY,
                        "officer",
                        "POST",
                        "/api/notices",
                        Optional.of(form(PLATFORM, "https://social.example/p/7")),
                        Optional.of(key));

        assertThat(first.status()).as(first.body().toString()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void claimIsExclusive() throws Exception {
        String id = caseOf(PLATFORM, send(AUTHORITY, PLATFORM, "https://social.example/p/8"));
        nodes.post(PLATFORM, "reviewer", "/api/cases/" + id + "/claim", Map.of());

        Reply second = nodes.post(PLATFORM, "reviewer.2", "/api/cases/" + id + "/claim", Map.of());
        Reply unclaimed =
                nodes.post(
                        PLATFORM,
                        "reviewer.2",
                        "/api/cases/" + id + "/decisions",
                        decision("blocked"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("detail").asString()).contains("reviewer-");
        assertThat(unclaimed.status()).isEqualTo(409);
    }

    @Test
    void clockStopsForAClarificationAndBothSidesAgreeOnTheNewDeadline() throws Exception {
        String notice = send(AUTHORITY, PLATFORM, "https://social.example/p/9");
        String id = caseOf(PLATFORM, notice);
        nodes.post(PLATFORM, "reviewer", "/api/cases/" + id + "/claim", Map.of());
        nodes.post(
                PLATFORM, "reviewer", "/api/cases/" + id + "/decisions", decision("clarification"));
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.path("notice").hasNonNull("stoppedAt"));
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + id,
                one -> one.path("case").hasNonNull("stoppedAt"));

        nodes.post(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice + "/clarifications",
                Map.of("answer", "Sample answer."));
        JsonNode onPlatform =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + id,
                        one -> !one.path("case").hasNonNull("stoppedAt"));
        JsonNode onAuthority =
                nodes.await(
                        AUTHORITY,
                        "officer",
                        "/api/notices/" + notice,
                        one -> !one.path("notice").hasNonNull("stoppedAt"));

        assertThat(onPlatform.at("/case/dueAt")).isEqualTo(onAuthority.at("/notice/dueAt"));
        assertThat(onPlatform.at("/items/0/state").asString()).isEqualTo("open");
    }

    @Test
    void withdrawnNoticeEndsTheCase() throws Exception {
        String notice = send(AUTHORITY, PLATFORM, "https://social.example/p/10");
        String id = caseOf(PLATFORM, notice);

        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + notice + "/withdrawal",
                Map.of("reason", "Sample mistake."));

        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + id,
                one -> one.at("/case/state").asString().equals("withdrawn"));
    }

    @Test
    void restartedNodeGoesOnWhereItStood() throws Exception {
        nodes.stop(OTHER_PLATFORM);
        String notice = send(OTHER_AUTHORITY, OTHER_PLATFORM, "https://social.example/p/11");
        nodes.start(OTHER_PLATFORM);

        nodes.await(
                OTHER_AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.hasNonNull("receipt"));
        caseOf(OTHER_PLATFORM, notice);
    }
}
