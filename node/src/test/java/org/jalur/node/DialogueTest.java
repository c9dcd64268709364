package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What is asked, answered and remarked, as both sides see it, and what it does to the clock. */
class DialogueTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final byte[] PNG =
            "\u0089PNG sample".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    private static final byte[] PDF = "%PDF-1.7 sample".getBytes(UTF_8);

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

    /** A notice of two items whose case is claimed. */
    private record Claimed(String notice, String theCase) {
        static Claimed file() throws Exception {
            String url = "https://social.example/dialogue/" + UUID.randomUUID();
            Map<String, Object> form = new LinkedHashMap<>(ChannelTest.form(PLATFORM, url));
            form.put(
                    "items",
                    List.of(
                            Map.of("url", url, "text", "Sample post A"),
                            Map.of("url", url + "/b", "text", "Sample post B")));
            Reply draft = nodes.post(AUTHORITY, "officer", "/api/notices", form);
            assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
            String notice = draft.body().at("/notice/id").asString();
            ok(nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of()));
            nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.hasNonNull("receipt"));
            JsonNode queue = nodes.get(PLATFORM, "reviewer", "/api/cases?limit=500").body();
            String theCase =
                    queue.path("cases")
                            .valueStream()
                            .filter(one -> one.path("notice").asString().equals(notice))
                            .findFirst()
                            .orElseThrow()
                            .path("id")
                            .asString();
            ok(nodes.post(PLATFORM, "reviewer", "/api/cases/" + theCase + "/claim", Map.of()));
            return new Claimed(notice, theCase);
        }

        Reply ask(Map<String, Object> question) throws Exception {
            return nodes.post(
                    PLATFORM, "reviewer", "/api/cases/" + theCase + "/questions", question);
        }

        Reply answer(Map<String, Object> answer) throws Exception {
            return nodes.post(
                    AUTHORITY, "officer", "/api/notices/" + notice + "/clarifications", answer);
        }

        JsonNode awaitSaid(int count) throws Exception {
            nodes.await(
                    PLATFORM,
                    "reviewer",
                    "/api/cases/" + theCase + "/dialogue",
                    said -> said.size() == count && allReceived(said));
            return nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + notice + "/dialogue",
                    said -> said.size() == count && allReceived(said));
        }

        private static boolean allReceived(JsonNode said) {
            return said.valueStream().allMatch(one -> one.hasNonNull("receivedAt"));
        }

        JsonNode awaitClock(boolean stands) throws Exception {
            JsonNode ofNotice =
                    nodes.await(
                            AUTHORITY,
                            "officer",
                            "/api/notices/" + notice,
                            one -> one.path("notice").hasNonNull("stoppedAt") == stands);
            JsonNode ofCase =
                    nodes.await(
                            PLATFORM,
                            "reviewer",
                            "/api/cases/" + theCase,
                            one -> one.path("case").hasNonNull("stoppedAt") == stands);
            assertThat(ofCase.at("/case/dueAt")).isEqualTo(ofNotice.at("/notice/dueAt"));
            assertThat(ofCase.at("/case/stoppedAt")).isEqualTo(ofNotice.at("/notice/stoppedAt"));
            return ofCase;
        }

        String item(int no) throws Exception {
            String there =
                    nodes.get(AUTHORITY, "officer", "/api/notices/" + notice)
                            .body()
                            .at("/items/%d/state".formatted(no - 1))
                            .asString();
            String here =
                    nodes.get(PLATFORM, "reviewer", "/api/cases/" + theCase)
                            .body()
                            .at("/items/%d/state".formatted(no - 1))
                            .asString();
            assertThat(here).isEqualTo(there);
            return here;
        }

        void refuse(int no) throws Exception {
            ok(
                    nodes.post(
                            PLATFORM,
                            "reviewer",
                            "/api/cases/" + theCase + "/decisions",
                            Map.of(
                                    "decisions",
                                    List.of(
                                            Map.of(
                                                    "items",
                                                    List.of(no),
                                                    "outcome",
                                                    "refused",
                                                    "ground",
                                                    "not_found",
                                                    "policy",
                                                    "Sample rule",
                                                    "reason",
                                                    "Sample reason.")))));
        }
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 299);
    }

    private static void problem(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.body().path("type").asString()).endsWith("/" + type);
    }

    private static Map<String, Object> file(String name, byte[] data) {
        return Map.of("name", name, "data", Base64.getEncoder().encodeToString(data));
    }

    @Test
    void questionWithAFileStopsTheClockAndItsAnswerLetsItGoOn() throws Exception {
        Claimed claimed = Claimed.file();

        ok(
                claimed.ask(
                        Map.of(
                                "text",
                                "Which of the two posts is meant?",
                                "items",
                                List.of(1),
                                "files",
                                List.of(file("page.png", PNG)))));
        JsonNode standing = claimed.awaitClock(true);
        JsonNode asked = claimed.awaitSaid(1).path(0);

        assertThat(standing.at("/case/state").asString()).isEqualTo("open");
        assertThat(claimed.item(1)).isEqualTo("clarification");
        assertThat(claimed.item(2)).isEqualTo("open");
        assertThat(asked.path("kind").asString()).isEqualTo("question");
        assertThat(asked.path("number").asInt()).isEqualTo(1);
        assertThat(asked.path("open").asBoolean()).isTrue();
        assertThat(asked.path("role").asString()).isEqualTo("reviewer");
        assertThat(asked.at("/texts/0/text").asString()).contains("Which of the two");
        assertThat(standing.at("/case/stoppedAt").asString())
                .as("the clock stands from the receipt of the question")
                .isEqualTo(asked.path("receivedAt").asString());

        ok(
                claimed.answer(
                        Map.of("answer", "The first one.", "files", List.of(file("a.pdf", PDF)))));
        claimed.awaitClock(false);
        JsonNode said = claimed.awaitSaid(2);

        assertThat(claimed.item(1)).isEqualTo("open");
        assertThat(said.at("/0/open").asBoolean()).isFalse();
        assertThat(said.at("/1/kind").asString()).isEqualTo("answer");
        assertThat(said.at("/1/number").asInt()).isEqualTo(1);
        assertThat(said.at("/1/files/0/type").asString()).isEqualTo("application/pdf");
    }

    @Test
    void filesAreServedAsWhatTheyAreAndNeverRun() throws Exception {
        Claimed claimed = Claimed.file();
        ok(
                claimed.ask(
                        Map.of(
                                "text",
                                "Sample question?",
                                "files",
                                List.of(file("page.png", PNG), file("letter.pdf", PDF)))));
        JsonNode files = claimed.awaitSaid(1).at("/0/files");
        String path = "/notices/" + claimed.notice() + "/dialogue/files/";
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);

        HttpResponse<byte[]> picture = officer.download(path + files.at("/0/leaf").asString());
        HttpResponse<byte[]> letter = officer.download(path + files.at("/1/leaf").asString());

        assertThat(picture.body()).isEqualTo(PNG);
        assertThat(letter.body()).isEqualTo(PDF);
        for (HttpResponse<byte[]> served : List.of(picture, letter)) {
            assertThat(served.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(served.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("sandbox");
        }
        assertThat(letter.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        Claimed other = Claimed.file();
        assertThat(
                        officer.download(
                                        "/notices/"
                                                + other.notice()
                                                + "/dialogue/files/"
                                                + files.at("/0/leaf").asString())
                                .statusCode())
                .as("a file of another notice")
                .isEqualTo(404);
    }

    @Test
    void clockStandsUntilTheLastQuestionIsAnswered() throws Exception {
        Claimed claimed = Claimed.file();
        ok(claimed.ask(Map.of("text", "First sample question?", "items", List.of(1))));
        ok(claimed.ask(Map.of("text", "Second sample question?", "items", List.of(1, 2))));
        JsonNode asked = claimed.awaitSaid(2);
        String first = asked.at("/0/id").asString();
        String second = asked.at("/1/id").asString();

        Reply unnamed = claimed.answer(Map.of("answer", "Sample answer."));
        ok(claimed.answer(Map.of("answer", "To the second.", "question", second)));
        claimed.awaitSaid(3);
        claimed.awaitClock(true);

        problem(unnamed, 422, "which-question");
        assertThat(claimed.item(1)).as("the first question holds it").isEqualTo("clarification");
        assertThat(claimed.item(2)).isEqualTo("open");

        ok(claimed.answer(Map.of("answer", "To the first.", "question", first)));
        claimed.awaitSaid(4);
        claimed.awaitClock(false);

        assertThat(claimed.item(1)).isEqualTo("open");
        problem(
                claimed.answer(Map.of("answer", "Again.", "question", first)),
                409,
                "nothing-asked");
    }

    @Test
    void questionAboutTheWholeNoticeHoldsAllItemsAndADecisionEndsIt() throws Exception {
        Claimed claimed = Claimed.file();
        ok(claimed.ask(Map.of("text", "Where is the official letter?")));
        JsonNode standing = claimed.awaitClock(true);
        assertThat(standing.at("/case/state").asString()).isEqualTo("waiting");
        assertThat(claimed.item(2)).isEqualTo("clarification");

        ok(
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + claimed.theCase() + "/claim",
                        Map.of()));
        claimed.refuse(1);
        claimed.awaitClock(true);
        ok(
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + claimed.theCase() + "/claim",
                        Map.of()));
        claimed.refuse(2);
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + claimed.notice(),
                one -> one.at("/notice/state").asString().equals("closed"));
        claimed.awaitClock(false);

        assertThat(claimed.awaitSaid(1).at("/0/open").asBoolean()).isFalse();
    }

    @Test
    void questionOfADecisionStandsInTheDialogueToo() throws Exception {
        Claimed claimed = Claimed.file();
        ok(
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + claimed.theCase() + "/decisions",
                        Map.of(
                                "decisions",
                                List.of(
                                        Map.of(
                                                "outcome",
                                                "clarification",
                                                "policy",
                                                "Sample rule",
                                                "reason",
                                                "Sample question of a decision?")))));
        JsonNode asked = claimed.awaitSaid(1).path(0);
        claimed.awaitClock(true);

        ok(claimed.answer(Map.of("answer", "Sample answer.")));
        claimed.awaitClock(false);

        assertThat(asked.path("texts").size()).isEqualTo(2);
        assertThat(asked.at("/texts/1/item").asInt()).isEqualTo(2);
        assertThat(asked.at("/texts/1/text").asString()).contains("of a decision");
        assertThat(claimed.item(1)).isEqualTo("open");
    }

    @Test
    void remarksGoEitherWayAndStopNothing() throws Exception {
        Claimed claimed = Claimed.file();

        ok(
                nodes.post(
                        PLATFORM,
                        "senior-reviewer",
                        "/api/cases/" + claimed.theCase() + "/remarks",
                        Map.of("text", "Sample remark of the platform.")));
        ok(
                nodes.post(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + claimed.notice() + "/remarks",
                        Map.of("text", "Sample remark of the authority.")));
        JsonNode said = claimed.awaitSaid(2);
        claimed.awaitClock(false);

        assertThat(said.findValuesAsString("kind")).containsOnly("remark");
        assertThat(said.findValuesAsString("role"))
                .containsExactlyInAnyOrder("senior-reviewer", "approver");
        assertThat(
                        said.valueStream()
                                .filter(one -> one.path("own").asBoolean())
                                .map(one -> one.at("/delivery/state").asString()))
                .containsExactly("delivered");
    }

    @Test
    void whatBreaksARuleIsNotAsked() throws Exception {
        Claimed claimed = Claimed.file();
        ok(
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + claimed.theCase() + "/release",
                        Map.of()));

        problem(claimed.ask(Map.of("text", "Sample question?")), 409, "not-claimed");
        ok(
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + claimed.theCase() + "/claim",
                        Map.of()));
        problem(claimed.ask(Map.of("text", " ")), 422, "invalid-notice");
        problem(claimed.ask(Map.of()), 422, "invalid-notice");
        problem(claimed.ask(Map.of("text", "x".repeat(20_001))), 422, "invalid-notice");
        problem(
                claimed.ask(Map.of("text", "Sample question?", "items", List.of(3))),
                409,
                "already-decided");
        problem(
                claimed.ask(Map.of("text", "Sample question?", "items", List.of(0))),
                422,
                "invalid-notice");
        problem(
                claimed.ask(
                        Map.of(
                                "text",
                                "Sample question?",
                                "files",
                                List.of(file("a.html", "<html>".getBytes(UTF_8))))),
                422,
                "invalid-notice");
        problem(
                claimed.ask(
                        Map.of(
                                "text",
                                "Sample question?",
                                "files",
                                List.of(
                                        file("1.png", PNG),
                                        file("2.png", PNG),
                                        file("3.png", PNG),
                                        file("4.png", PNG),
                                        file("5.png", PNG),
                                        file("6.png", PNG)))),
                422,
                "invalid-notice");
        problem(
                claimed.ask(
                        Map.of(
                                "text",
                                "Sample question?",
                                "files",
                                List.of(file("1.png", PNG), file("1.png", PNG)))),
                422,
                "invalid-notice");
        problem(claimed.answer(Map.of("answer", "Sample answer.")), 409, "nothing-asked");
        problem(claimed.answer(Map.of()), 422, "invalid-notice");
        problem(
                nodes.post(
                        AUTHORITY,
                        "officer",
                        "/api/notices/" + UUID.randomUUID() + "/remarks",
                        Map.of("text", "Sample remark.")),
                404,
                "unknown-notice");
        assertThat(claimed.awaitSaid(0)).isEmpty();
    }

    @Test
    void remarkThatIsNotWholeIsRefusedAndTheNoticeStaysAsItIs() throws Exception {
        Claimed claimed = Claimed.file();
        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        nodes.bean(AUTHORITY, Exchange.class)
                                .send(
                                        nodes.bean(AUTHORITY, Channels.class).all().getFirst(),
                                        new Exchange.Draft(
                                                UUID.randomUUID(),
                                                MessageKind.REMARK,
                                                Optional.of(UUID.fromString(claimed.notice())),
                                                Optional.empty(),
                                                List.of(Part.of("turn", "{}".getBytes(UTF_8))))));

        JsonNode notice =
                nodes.await(
                        AUTHORITY,
                        "officer",
                        "/api/notices/" + claimed.notice(),
                        one -> one.path("timeline").toString().contains("unheard"));

        assertThat(notice.at("/notice/state").asString()).isEqualTo("sent");
        assertThat(
                        nodes.get(
                                        PLATFORM,
                                        "reviewer",
                                        "/api/cases/" + claimed.theCase() + "/dialogue")
                                .body())
                .isEmpty();
    }

    @Test
    void whatWasSaidAboutAnItemIsErasedWithItOnBothSides() throws Exception {
        Claimed claimed = Claimed.file();
        ok(
                claimed.ask(
                        Map.of(
                                "text",
                                "Sample question about the first?",
                                "items",
                                List.of(1),
                                "files",
                                List.of(file("page.png", PNG)))));
        ok(claimed.ask(Map.of("text", "Sample question about the second?", "items", List.of(2))));
        JsonNode before = claimed.awaitSaid(2);
        String leaf = before.at("/0/files/0/leaf").asString();

        ok(
                nodes.post(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + claimed.notice() + "/erasure",
                        Map.of("items", List.of(1), "ground", "data_protection")));
        for (String[] side :
                List.of(
                        new String[] {AUTHORITY, "officer", "/api/notices/" + claimed.notice()},
                        new String[] {PLATFORM, "reviewer", "/api/cases/" + claimed.theCase()})) {
            JsonNode after =
                    nodes.await(
                            side[0],
                            side[1],
                            side[2] + "/dialogue",
                            said -> !said.at("/0/texts/0").hasNonNull("text"));
            assertThat(after.at("/1/texts/0/text").asString()).contains("about the second");
            assertThat(after.at("/0/open").asBoolean()).as("it is still a question").isTrue();
            assertThat(nodes.get(side[0], side[1], side[2] + "/dialogue/files/" + leaf).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void pagesOfferTemplatesInBothLanguagesAndSayWhyTheClockStands() throws Exception {
        Claimed claimed = Claimed.file();
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        String path = "/cases/" + claimed.theCase();
        ok(nodes.post(PLATFORM, "reviewer", "/api" + path + "/release", Map.of()));

        String unclaimed = reviewer.get(path + "/dialogue").body();
        reviewer.post(path + "/claim", Map.of());
        String indonesian =
                reviewer.get(path + "/dialogue?template=which-post&templateLanguage=id").body();
        String english =
                reviewer.get(path + "/dialogue?template=which-post&templateLanguage=en").body();
        HttpResponse<String> wrong =
                new Multipart(
                                Map.of("questionText", "", "aboutItems", "1"),
                                "attachments",
                                "page.png",
                                PNG)
                        .send(reviewer, nodes.url(PLATFORM) + path + "/questions");
        HttpResponse<String> noPicture =
                new Multipart(
                                Map.of("questionText", "Sample question?", "aboutItems", "1"),
                                "attachments",
                                "page.html",
                                "<html>".getBytes(UTF_8))
                        .send(reviewer, nodes.url(PLATFORM) + path + "/questions");
        HttpResponse<String> asked =
                new Multipart(
                                Map.of("questionText", "Sample question?", "aboutItems", "1-2"),
                                "attachments",
                                "page.png",
                                PNG)
                        .send(reviewer, nodes.url(PLATFORM) + path + "/questions");
        claimed.awaitClock(true);

        assertThat(unclaimed).contains("Claim the case first").doesNotContain("questionText");
        assertThat(indonesian).contains("Kiriman mana yang dimaksud?");
        assertThat(english).contains("Which of them is meant?");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("govuk-error-summary", "value=\"1\"");
        assertThat(noPicture.statusCode()).isEqualTo(422);
        assertThat(noPicture.body()).contains("attachments-error", "Sample question?");
        assertThat(PageVisitor.redirect(asked)).endsWith("/dialogue?done=asked");
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        String notice = officer.get("/notices/" + claimed.notice()).body();
        assertThat(notice)
                .contains("The clock stands since", "answer to question 1", "Sample question?")
                .contains("/dialogue/files/");
        assertThat(reviewer.get(path).body())
                .contains("The clock stands since", "answer to question 1");
        HttpResponse<String> answered =
                officer.post(
                        "/notices/" + claimed.notice() + "/clarifications",
                        Map.of("answer", "Sample answer."));
        assertThat(PageVisitor.redirect(answered)).endsWith("/dialogue?done=answered");
        claimed.awaitClock(false);
        assertThat(officer.get("/notices/" + claimed.notice() + "/dialogue").body())
                .contains("Answer to question 1", "Sample answer.");
    }
}
