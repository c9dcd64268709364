package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.DraftKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the agreement wants confirmed leaves the node once a second reviewer has confirmed it. */
class SecondReviewTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final Map<String, Object> POST_AND_ACCOUNT =
            Map.of(
                    "items",
                    List.of(
                            Map.of("url", "https://social.example/w/1", "text", "Sample post A"),
                            Map.of("kind", "account", "url", "https://social.example/w")));

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

    private static Filing claimed() throws Exception {
        Filing filing = Filing.of(nodes, AUTHORITY, PLATFORM, POST_AND_ACCOUNT);
        filing.claim("reviewer");
        return filing;
    }

    private static String waiting(Filing filing) throws Exception {
        return filing.here().at("/unconfirmed/0/id").asString();
    }

    private static String type(TestNodes.Reply reply) {
        return reply.body().path("type").asString("").replaceAll(".*/", "");
    }

    @Test
    void accountIsBlockedOnceAnotherReviewerConfirmsAndThePostAtOnce() throws Exception {
        Filing filing = claimed();

        JsonNode decided = filing.decide("reviewer", Map.of("outcome", "blocked")).body();
        assertThat(decided.at("/case/undecided").asInt()).isEqualTo(1);
        assertThat(decided.at("/case/unconfirmed").asInt()).isEqualTo(1);
        filing.await("/items/0/state", "blocked");
        assertThat(filing.there().at("/items/1/state").asString()).isEqualTo("open");
        String decision = waiting(filing);
        var own = filing.say("reviewer", "unconfirmed/" + decision + "/confirmation", Map.of());
        assertThat(own.status()).isEqualTo(403);
        assertThat(type(own)).isEqualTo("own-decision");
        assertThat(filing.there().at("/notice/state").asString()).isEqualTo("sent");

        var second =
                filing.say("reviewer.2", "unconfirmed/" + decision + "/confirmation", Map.of());
        assertThat(second.status()).as(second.body().toString()).isEqualTo(200);
        JsonNode closed = filing.await("/notice/state", "closed");
        assertThat(closed.at("/items/1/state").asString()).isEqualTo("blocked");
        JsonNode reasons = closed.at("/items/1/decisions/0/reasons");
        assertThat(reasons.path("confirmedBy").asString("")).isNotEmpty();
        assertThat(reasons.path("confirmedBy").asString())
                .isNotEqualTo(reasons.path("pseudonym").asString());
        assertThat(closed.at("/items/0/decisions/0/reasons").has("confirmedBy")).isFalse();
        assertThat(
                        type(
                                filing.say(
                                        "reviewer.2",
                                        "unconfirmed/" + decision + "/confirmation",
                                        Map.of())))
                .isEqualTo("not-waiting");
        SharedLists.await(() ->
                nodes.bean(PLATFORM, DraftKeys.class)
                        .existing(UUID.fromString(decision))
                        .isEmpty());
    }

    @Test
    void whatWaitsIsNeitherHandedOutNorDecidedByAnybodyElse() throws Exception {
        Filing filing = claimed();
        filing.decide("reviewer", Map.of("outcome", "blocked"));

        assertThat(filing.here().path("case").has("claim")).as("nothing is left to do").isFalse();
        filing.claim("reviewer.2");
        assertThat(type(filing.decide("reviewer.2", Map.of("outcome", "blocked"))))
                .isEqualTo("already-decided");
        assertThat(
                        type(
                                filing.decide(
                                        "reviewer.2",
                                        Map.of(
                                                "outcome",
                                                "refused",
                                                "ground",
                                                "not_illegal",
                                                "items",
                                                List.of(2)))))
                .isEqualTo("already-decided");
        filing.say("reviewer.2", "release", Map.of());

        assertThat(nodes.text(PLATFORM, "reviewer.2", "/api/cases?limit=500"))
                .contains(filing.theCase());
        JsonNode next =
                nodes.post(PLATFORM, "reviewer.2", "/api/cases/next/claim", Map.of()).body();
        assertThat(next.at("/case/id").asString("")).isNotEqualTo(filing.theCase());
    }

    @Test
    void decisionThatWasSentBackIsThoughtOverAndMadeAgain() throws Exception {
        Filing filing = claimed();
        filing.decide("reviewer", Map.of("outcome", "blocked", "reason", "Sample first reason."));
        String decision = waiting(filing);

        assertThat(
                        filing.say(
                                        "reviewer.2",
                                        "unconfirmed/" + decision + "/return",
                                        Map.of("reason", " "))
                                .status())
                .isEqualTo(422);
        assertThat(
                        filing.say(
                                        "reviewer",
                                        "unconfirmed/" + decision + "/return",
                                        Map.of("reason", "Sample own."))
                                .status())
                .isEqualTo(403);
        assertThat(
                        filing.say(
                                        "reviewer.2",
                                        "unconfirmed/" + decision + "/return",
                                        Map.of("reason", "Sample doubt."))
                                .status())
                .isEqualTo(200);
        JsonNode back = filing.here();
        assertThat(back.at("/case/unconfirmed").asInt()).isZero();
        assertThat(back.at("/unconfirmed/0/sentBack/reason").asString()).isEqualTo("Sample doubt.");
        assertThat(
                        type(
                                filing.say(
                                        "reviewer.2",
                                        "unconfirmed/" + decision + "/confirmation",
                                        Map.of())))
                .isEqualTo("not-waiting");

        filing.claim("reviewer");
        filing.decide("reviewer", Map.of("outcome", "blocked", "reason", "Sample second reason."));
        JsonNode again = filing.here();
        assertThat(again.path("unconfirmed").size()).isEqualTo(1);
        assertThat(again.at("/unconfirmed/0/groups/0/reason").asString())
                .isEqualTo("Sample second reason.");
        filing.say("senior-reviewer", "unconfirmed/" + waiting(filing) + "/confirmation", Map.of());
        assertThat(
                        filing.await("/notice/state", "closed")
                                .at("/items/1/decisions/0/reasons/reason")
                                .asString())
                .isEqualTo("Sample second reason.");
    }

    @Test
    void withdrawnNoticeForgetsWhatWaited() throws Exception {
        Filing filing = claimed();
        filing.decide("reviewer", Map.of("outcome", "blocked"));
        String decision = waiting(filing);

        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + filing.notice() + "/withdrawal",
                Map.of("reason", "Sample mistake."));
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + filing.theCase(),
                one -> one.at("/case/state").asString().equals("withdrawn"));

        assertThat(filing.here().path("unconfirmed").size()).isZero();
        assertThat(
                        type(
                                filing.say(
                                        "reviewer.2",
                                        "unconfirmed/" + decision + "/confirmation",
                                        Map.of())))
                .isEqualTo("not-waiting");
        SharedLists.await(() ->
                nodes.bean(PLATFORM, DraftKeys.class)
                        .existing(UUID.fromString(decision))
                        .isEmpty());
    }

    @Test
    void decisionThatNoMessageCanSayIsRefusedBeforeItWaits() throws Exception {
        Filing filing = claimed();

        assertThat(
                        filing.decide(
                                        "reviewer",
                                        Map.of("outcome", "withheld", "items", List.of(2)))
                                .status())
                .isEqualTo(422);

        assertThat(filing.here().path("unconfirmed").size()).isZero();
    }

    @Test
    void whatWaitsStandsInNoTableAsText() throws Exception {
        Filing filing = claimed();
        filing.decide("reviewer", Map.of("outcome", "blocked", "reason", "sample-mark-8c1"));

        String stored =
                nodes.bean(PLATFORM, JdbcClient.class)
                        .sql(
                                "select string_agg(encode(decision, 'escape'), ' ') from unconfirmed_decisions")
                        .query(String.class)
                        .single();

        assertThat(stored).isNotEmpty().doesNotContain("sample-mark-8c1");
    }

    @Test
    void pagesShowWhatWaitsToWhoeverMayConfirmIt() throws Exception {
        Filing filing = claimed();
        filing.say("reviewer", "release", Map.of());
        PageVisitor first = nodes.signedIn(PLATFORM, Role.REVIEWER);
        PageVisitor second = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        String page = "/cases/" + filing.theCase();
        first.post(page + "/claim", Map.of());
        Map<String, String> typed =
                Map.of(
                        "which",
                        "all",
                        "outcome",
                        "blocked",
                        "policy",
                        "Sample rule 1",
                        "reason",
                        "Sample reason.");
        assertThat(first.post(page + "/preview", typed).body()).contains("a second reviewer must");
        assertThat(first.post(page + "/decisions", typed).statusCode()).isEqualTo(302);

        assertThat(first.get("/cases?list=unconfirmed").body()).contains(filing.theCase());
        assertThat(first.get(page).body())
                .contains("another reviewer confirms it")
                .doesNotContain("backReason");
        assertThat(second.get(page).body()).contains("Confirm this decision", "backReason");
        String act = page + "/unconfirmed/" + waiting(filing);
        var own = first.post(act + "/confirmation", Map.of());
        assertThat(own.statusCode()).isEqualTo(403);
        assertThat(own.body()).contains("You want this decision yourself");
        var empty = second.post(act + "/return", Map.of("backReason", ""));
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("backReason-error");
        assertThat(second.post(act + "/confirmation", Map.of()).statusCode()).isEqualTo(302);
        filing.await("/notice/state", "closed");
        assertThat(second.get("/notifications").body())
                .as("whoever may confirm was told")
                .contains("waits for a second reviewer");
    }
}
