package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an authority asks to be left where it is: who learns of it, who may, and when it ends. */
class DeconflictionTest {
    private static final String INVESTIGATOR = "otoritas-contoh";
    private static final String OTHER = "otoritas-lain";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static MovedClock clock;

    @BeforeAll
    static void start() throws Exception {
        clock = new MovedClock();
        nodes = new TestNodes(folder, List.of(INVESTIGATOR, OTHER), List.of(PLATFORM)).at(clock);
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 299);
    }

    private static void problem(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.body().path("type").asString()).endsWith("/" + type);
    }

    private static Map<String, Object> note(String target, String value, Duration time) {
        return new LinkedHashMap<>(
                Map.of(
                        "platform",
                        PLATFORM,
                        "organisation",
                        "Otoritas Contoh",
                        "category",
                        "terrorism",
                        "target",
                        target,
                        "value",
                        value,
                        "reason",
                        "Sample reason: an investigation goes on.",
                        "until",
                        clock.instant().plus(time).toString()));
    }

    private static String draft(Map<String, Object> note) throws Exception {
        Reply reply = nodes.post(INVESTIGATOR, "officer", "/api/notes", note);
        ok(reply);
        return reply.body().path("id").asString();
    }

    private static String ask(String target, String value) throws Exception {
        String id = draft(note(target, value, Duration.ofDays(30)));
        ok(nodes.post(INVESTIGATOR, "approver", "/api/notes/" + id + "/approval", Map.of()));
        awaitNote(PLATFORM, "reviewer", id, "asked");
        return id;
    }

    private static JsonNode awaitNote(String party, String role, String id, String state)
            throws Exception {
        JsonNode notes =
                nodes.await(
                        party,
                        role,
                        "/api/notes",
                        all ->
                                all.valueStream()
                                        .anyMatch(one ->
                                                one.path("id").asString().equals(id)
                                                        && one.path("state")
                                                                .asString()
                                                                .equals(state)));
        return notes.valueStream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String caseOf(String authority, String url) throws Exception {
        Reply draft =
                nodes.post(authority, "officer", "/api/notices", ChannelTest.form(PLATFORM, url));
        ok(draft);
        String notice = draft.body().at("/notice/id").asString();
        ok(nodes.post(authority, "approver", "/api/notices/" + notice + "/approval", Map.of()));
        JsonNode queue =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases?limit=500",
                        page -> page.toString().contains(notice));
        String id =
                queue.path("cases")
                        .valueStream()
                        .filter(one -> one.path("notice").asString().equals(notice))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        ok(nodes.post(PLATFORM, "reviewer", "/api/cases/" + id + "/claim", Map.of()));
        return id;
    }

    private static Reply block(String id, Map<String, Object> more) throws Exception {
        Map<String, Object> decision =
                new LinkedHashMap<>(
                        Map.of(
                                "outcome", "blocked",
                                "policy", "Sample rule",
                                "reason", "Sample reason."));
        decision.putAll(more);
        return nodes.post(
                PLATFORM,
                "reviewer",
                "/api/cases/" + id + "/decisions",
                Map.of("decisions", List.of(decision)));
    }

    private static String url() {
        return "https://social.example/sample-" + UUID.randomUUID() + "/posts/1";
    }

    @Test
    void blockOfWhatAnAuthorityInvestigatesNeedsAReasonThatItIsTold() throws Exception {
        String url = url();
        String note = ask("address", url);
        String id = caseOf(OTHER, url);
        JsonNode seen = nodes.get(PLATFORM, "reviewer", "/api/cases/" + id).body();

        Reply without = block(id, Map.of());
        Reply blank = block(id, Map.of("despiteNote", " "));
        Reply with = block(id, Map.of("despiteNote", "Sample: a life is in danger."));

        assertThat(seen.at("/items/0/notes/0/note").asString()).isEqualTo(note);
        problem(without, 409, "under-investigation");
        problem(blank, 409, "under-investigation");
        ok(with);
        JsonNode told =
                nodes.await(
                        INVESTIGATOR,
                        "officer",
                        "/api/notes",
                        all -> all.toString().contains("a life is in danger"));
        assertThat(told.toString()).doesNotContain(OTHER).doesNotContain(id);
        assertThat(nodes.get(OTHER, "officer", "/api/notes").body()).isEmpty();
    }

    @Test
    void otherAuthorityLearnsNothingOfTheNote() throws Exception {
        String url = url();
        ask("address", url);
        String id = caseOf(OTHER, url);

        ok(
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + id + "/decisions",
                        Map.of(
                                "decisions",
                                List.of(
                                        Map.of(
                                                "outcome",
                                                "refused",
                                                "ground",
                                                "disproportionate",
                                                "policy",
                                                "Sample rule",
                                                "reason",
                                                "Sample reason.")))));
        JsonNode all =
                nodes.await(
                        OTHER,
                        "officer",
                        "/api/notices",
                        page -> page.toString().contains("closed"));

        assertThat(all.toString()).doesNotContain("investigation");
        assertThat(nodes.get(OTHER, "auditor", "/api/notes").body()).isEmpty();
    }

    @Test
    void noteAboutAChannelHoldsForItsPosts() throws Exception {
        String channel = "https://social.example/sample-" + UUID.randomUUID();
        ask("channel", channel);

        String within = caseOf(OTHER, channel + "/posts/7");
        String outside = caseOf(OTHER, url());

        problem(block(within, Map.of()), 409, "under-investigation");
        ok(block(outside, Map.of()));
    }

    @Test
    void noteEndsEarlyOrByItself() throws Exception {
        String early = url();
        String late = url();
        String ended = ask("address", early);
        String over = ask("address", late);
        String first = caseOf(OTHER, early);
        String second = caseOf(OTHER, late);

        ok(nodes.post(INVESTIGATOR, "approver", "/api/notes/" + ended + "/end", Map.of()));
        awaitNote(PLATFORM, "auditor", ended, "ended");
        ok(block(first, Map.of()));
        problem(block(second, Map.of()), 409, "under-investigation");
        clock.forward(Duration.ofDays(31));
        try {
            assertThat(awaitNote(INVESTIGATOR, "officer", over, "over").path("until").asString())
                    .isNotEmpty();
            awaitNote(PLATFORM, "reviewer", over, "over");
            ok(nodes.post(PLATFORM, "reviewer", "/api/cases/" + second + "/claim", Map.of()));
            ok(block(second, Map.of()));
        } finally {
            clock.forward(Duration.ofDays(-31));
        }
        problem(
                nodes.post(INVESTIGATOR, "approver", "/api/notes/" + ended + "/end", Map.of()),
                409,
                "wrong-state");
    }

    @Test
    void nobodyApprovesTheirOwnAndNothingIsSentBefore() throws Exception {
        String id = draft(note("address", url(), Duration.ofDays(1)));

        problem(
                nodes.post(
                        INVESTIGATOR,
                        "approver",
                        "/api/notes/" + UUID.randomUUID() + "/approval",
                        Map.of()),
                404,
                "unknown-note");
        assertThat(
                        nodes.post(
                                        INVESTIGATOR,
                                        "officer",
                                        "/api/notes/" + id + "/approval",
                                        Map.of())
                                .status())
                .isEqualTo(403);
        assertThat(nodes.get(PLATFORM, "reviewer", "/api/notes").body().toString())
                .doesNotContain(id);
    }

    @Test
    void whatTheAgreementDoesNotLetIsNotAsked() throws Exception {
        Map<String, Object> note = note("address", url(), Duration.ofDays(1));

        problem(
                sent(note, "until", clock.instant().plus(Duration.ofDays(91)).toString()),
                422,
                "note-too-long");
        problem(sent(note, "until", Instant.EPOCH.toString()), 422, "note-past");
        problem(sent(note, "organisation", "Badan Lain"), 403, "other-organisation");
        problem(sent(note, "category", "unheard_of"), 422, "note-category");
        problem(sent(note, "platform", "nobody-here"), 422, "unknown-platform");
        problem(sent(note, "value", "no address"), 422, "invalid-notice");
        problem(sent(note, "target", "file"), 422, "invalid-notice");
        problem(sent(note, "reason", " "), 422, "invalid-notice");
        note.remove("until");
        problem(nodes.post(INVESTIGATOR, "officer", "/api/notes", note), 422, "invalid-notice");
    }

    private static Reply sent(Map<String, Object> note, String field, Object value)
            throws Exception {
        Map<String, Object> changed = new LinkedHashMap<>(note);
        changed.put(field, value);
        return nodes.post(INVESTIGATOR, "officer", "/api/notes", changed);
    }

    @Test
    void pagesAskApproveListAndWarn() throws Exception {
        String url = url();
        PageVisitor officer = nodes.signedIn(INVESTIGATOR, Role.OFFICER);
        PageVisitor approver = nodes.signedIn(INVESTIGATOR, Role.APPROVER);
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        Map<String, String> typed =
                new LinkedHashMap<>(
                        Map.of(
                                "platform", PLATFORM,
                                "organisation", "Otoritas Contoh",
                                "category", "terrorism",
                                "noteTarget", "address",
                                "noteValue", "social.example",
                                "noteReason", "Sample reason.",
                                "noteUntil", "soon"));

        HttpResponse<String> wrongValue = officer.post("/notes", typed);
        typed.put("noteValue", url);
        HttpResponse<String> wrongDay = officer.post("/notes", typed);
        typed.put(
                "noteUntil",
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(10).toString());
        HttpResponse<String> drafted = officer.post("/notes", typed);

        assertThat(wrongValue.statusCode()).isEqualTo(422);
        assertThat(wrongDay.statusCode()).isEqualTo(422);
        assertThat(wrongDay.body()).contains("noteUntil-error", url);
        assertThat(PageVisitor.redirect(drafted)).endsWith("/notes?done=drafted");
        String list = approver.get("/notes").body();
        assertThat(list).contains(url, "waits for approval");
        String id = list.replaceFirst("(?s).*?/notes/([0-9a-f-]{36})/approval.*", "$1");
        assertThat(PageVisitor.redirect(approver.post("/notes/" + id + "/approval", Map.of())))
                .endsWith("/notes?done=approved");
        awaitNote(PLATFORM, "reviewer", id, "asked");
        assertThat(reviewer.get("/notes").body()).contains(url, "holds");

        String theCase = caseOf(OTHER, url);
        ok(nodes.post(PLATFORM, "reviewer", "/api/cases/" + theCase + "/release", Map.of()));
        reviewer.post("/cases/" + theCase + "/claim", Map.of());
        Map<String, String> decision =
                new LinkedHashMap<>(
                        Map.of(
                                "which", "all",
                                "outcome", "blocked",
                                "policy", "Sample rule",
                                "reason", "Sample reason."));
        HttpResponse<String> without = reviewer.post("/cases/" + theCase + "/preview", decision);
        decision.put("despiteNote", "Sample emergency.");
        HttpResponse<String> with = reviewer.post("/cases/" + theCase + "/preview", decision);

        assertThat(reviewer.get("/cases/" + theCase).body())
                .contains("leave it up until", "despiteNote");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("despiteNote-error");
        assertThat(with.body()).contains("is told: Sample emergency.");
    }

    @Test
    void contentOfANoteThatHoldsNoMoreIsErasedOnBothSides() throws Exception {
        String url = url();
        String note = ask("address", url);
        String id = caseOf(OTHER, url);
        ok(block(id, Map.of("despiteNote", "Sample: what is erased.")));
        nodes.await(
                INVESTIGATOR,
                "officer",
                "/api/notes",
                all -> all.toString().contains("what is erased"));
        String path = "/api/notes/" + note + "/erasure";
        Map<String, String> ground = Map.of("ground", "data_protection");
        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        Map<String, String> sure = Map.of("eraseGround", "DATA_PROTECTION", "eraseSure", "yes");

        problem(nodes.post(INVESTIGATOR, "approver", path, ground), 409, "note-holds");
        problem(nodes.post(PLATFORM, "senior-reviewer", path, ground), 409, "note-holds");
        problem(nodes.post(INVESTIGATOR, "approver", path, Map.of()), 422, "invalid-erasure");
        problem(
                nodes.post(
                        INVESTIGATOR,
                        "approver",
                        "/api/notes/" + UUID.randomUUID() + "/erasure",
                        ground),
                404,
                "unknown-note");
        ok(nodes.post(INVESTIGATOR, "approver", "/api/notes/" + note + "/end", Map.of()));
        awaitNote(PLATFORM, "reviewer", note, "ended");
        assertThat(senior.get("/notes").body()).contains("/notes/" + note + "/erasure");
        var unsure = senior.post("/notes/" + note + "/erasure", Map.of());
        var done = senior.post("/notes/" + note + "/erasure", sure);

        assertThat(unsure.statusCode()).isEqualTo(422);
        assertThat(unsure.body()).contains("eraseGround-error", "eraseSure-error");
        assertThat(done.statusCode()).isEqualTo(302);
        for (String party : List.of(INVESTIGATOR, PLATFORM)) {
            String role = party.equals(PLATFORM) ? "reviewer" : "officer";
            JsonNode gone =
                    nodes.await(
                            party,
                            role,
                            "/api/notes",
                            all ->
                                    all.valueStream()
                                            .filter(one -> one.path("id").asString().equals(note))
                                            .noneMatch(one -> one.hasNonNull("text")));
            assertThat(gone.toString()).doesNotContain(url).doesNotContain("what is erased");
            assertThat(
                            nodes.bean(party, org.springframework.jdbc.core.simple.JdbcClient.class)
                                    .sql(
                                            "select count(*) from notes where id = :id and digest is null")
                                    .param("id", UUID.fromString(note))
                                    .query(Integer.class)
                                    .single())
                    .as("no digest of the address is kept")
                    .isEqualTo(1);
        }
        assertThat(senior.get("/notes").body()).doesNotContain("/notes/" + note + "/erasure");
        assertThat(senior.post("/notes/" + note + "/erasure", sure).statusCode()).isEqualTo(409);
    }

    @Test
    void noteThatHoldsIsNotErasedByTheOtherSideEither() throws Exception {
        String note = ask("address", url());
        var parts =
                nodes.bean(INVESTIGATOR, org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql("select encode(leaf, 'hex') from notes where id = :id")
                        .param("id", UUID.fromString(note))
                        .query(String.class)
                        .single();
        var channel =
                nodes.bean(PLATFORM, org.jalur.node.exchange.Channels.class)
                        .with(new org.jalur.channel.PartyId(INVESTIGATOR))
                        .orElseThrow();

        nodes.bean(PLATFORM, org.springframework.transaction.support.TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        nodes.bean(PLATFORM, org.jalur.node.exchange.Exchange.class)
                                .send(
                                        channel,
                                        new org.jalur.node.exchange.Exchange.Draft(
                                                UUID.randomUUID(),
                                                org.jalur.channel.MessageKind.ERASURE,
                                                java.util.Optional.of(UUID.fromString(note)),
                                                java.util.Optional.empty(),
                                                List.of(
                                                        org.jalur.node.exchange.Parts.json(
                                                                "erasure",
                                                                new org.jalur.notice.Erasure(
                                                                        List.of(parts),
                                                                        org.jalur.notice
                                                                                .ErasureGround
                                                                                .MISTAKE))))));
        SharedLists.await(() ->
                nodes.bean(INVESTIGATOR, org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql(
                                "select count(*) from messages where kind = 'refusal' and direction = 'out' and about = :id")
                        .param("id", UUID.fromString(note))
                        .query(Integer.class)
                        .single()
                        .equals(1));

        assertThat(awaitNote(INVESTIGATOR, "officer", note, "asked").hasNonNull("text")).isTrue();
    }
}
