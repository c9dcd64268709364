package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One item in the notices of two authorities, one of which wants every decision confirmed by a
 * second reviewer; and what is withheld for one while it is blocked for the other.
 */
class TwinsAsAgreedTest {
    /** One reviewer decides its posts alone. */
    private static final String PLAIN = "otoritas-contoh";

    private static final String STRICT = "otoritas-lain";
    private static final String PLATFORM = "platform-contoh";
    private static final Map<String, Object> WHY =
            Map.of("policy", "Sample rule 1", "reason", "Sample interim reason.");

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;
    private static HandMadeConnector connector;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(PLAIN, STRICT), List.of(PLATFORM)).at(CLOCK);
        connector = new HandMadeConnector(folder);
        connector.serve(nodes, PLATFORM);
        nodes.startAll();
        new Agreeing(nodes, STRICT, PLATFORM)
                .conclude(next ->
                        ((ObjectNode) next.path("secondReview"))
                                .putArray("categories")
                                .add("terrorism"));
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.close();
    }

    private record Pair(String url, Filing plain, Filing strict) {
        static Pair filed() throws Exception {
            String url = "https://social.example/pair/" + UUID.randomUUID();
            Map<String, Object> items =
                    Map.of("items", List.of(Map.of("url", url, "text", "Sample post A")));
            return new Pair(
                    url,
                    Filing.of(nodes, PLAIN, PLATFORM, items),
                    Filing.of(nodes, STRICT, PLATFORM, items));
        }

        long removals() {
            return connector.about(url).stream()
                    .filter(act -> act.path("action").asString().equals("remove_post"))
                    .count();
        }

        boolean isVisible() {
            return connector.isVisible(url, "*");
        }
    }

    private static TestNodes.Reply block(Filing filing, boolean twins, Map<String, Object> more)
            throws Exception {
        Map<String, Object> group =
                new HashMap<>(
                        Map.of(
                                "outcome", "blocked",
                                "policy", "Sample rule 1",
                                "reason", "Sample reason."));
        group.putAll(more);
        return filing.say(
                "reviewer", "decisions", Map.of("decisions", List.of(group), "twins", twins));
    }

    private static void ok(TestNodes.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    }

    private static String waiting(Filing filing) throws Exception {
        return filing.here().at("/unconfirmed/0/id").asString();
    }

    private static TestNodes.Reply confirm(Filing filing, String role) throws Exception {
        return filing.say(role, "unconfirmed/" + waiting(filing) + "/confirmation", Map.of());
    }

    private static void withdraw(Filing filing) throws Exception {
        nodes.post(
                filing.authority(),
                "approver",
                "/api/notices/" + filing.notice() + "/withdrawal",
                Map.of("reason", "Sample mistake."));
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + filing.theCase(),
                one -> one.at("/case/state").asString().equals("withdrawn"));
    }

    @Test
    void twinWaitsInItsOwnCaseWhereItsOwnAgreementWantsASecondReviewer() throws Exception {
        Pair pair = Pair.filed();
        pair.plain().claim("reviewer");

        ok(block(pair.plain(), true, Map.of()));

        pair.plain().await("/items/0/enforcement", "gone");
        assertThat(pair.plain().here().path("unconfirmed")).isEmpty();
        assertThat(pair.plain().here().at("/items/0/twins/0/unconfirmed").asBoolean()).isTrue();
        assertThat(pair.strict().here().at("/case/unconfirmed").asInt()).isEqualTo(1);
        assertThat(pair.strict().await("/items/0/state", "open").at("/items/0/decisions"))
                .as("nothing of it has left the node")
                .isEmpty();
        assertThat(confirm(pair.strict(), "reviewer").status())
                .as("nobody confirms what they wanted themselves")
                .isEqualTo(403);

        ok(confirm(pair.strict(), "reviewer.2"));

        JsonNode told = pair.strict().await("/items/0/enforcement", "gone");
        JsonNode reasons = told.at("/items/0/decisions/0/reasons");
        assertThat(reasons.path("confirmedBy").asString("")).isNotEmpty();
        assertThat(reasons.path("pseudonym").asString())
                .isNotEqualTo(reasons.path("confirmedBy").asString());
        assertThat(told.at("/notice").hasNonNull("acknowledgedAt")).isTrue();
        assertThat(pair.removals()).as("measures at the platform").isEqualTo(1);
    }

    @Test
    void decisionThatWaitsItselfIsCarriedToATwinThatNeedsNobodyElse() throws Exception {
        Pair pair = Pair.filed();
        pair.strict().claim("reviewer");

        ok(block(pair.strict(), true, Map.of()));
        pair.plain().await("/items/0/enforcement", "gone");
        assertThat(pair.strict().there().at("/items/0/state").asString()).isEqualTo("open");

        ok(
                pair.strict()
                        .say(
                                "reviewer.2",
                                "unconfirmed/" + waiting(pair.strict()) + "/return",
                                Map.of("reason", "Sample doubt.")));
        assertThat(pair.strict().there().at("/items/0/state").asString()).isEqualTo("open");
        assertThat(pair.plain().there().at("/items/0/state").asString()).isEqualTo("blocked");
    }

    @Test
    void twinThatWaitsIsLeftByWhoeverDecidesNext() throws Exception {
        Pair pair = Pair.filed();
        pair.strict().claim("reviewer");
        ok(block(pair.strict(), false, Map.of()));
        String wanted = waiting(pair.strict());
        pair.plain().claim("reviewer");

        ok(block(pair.plain(), true, Map.of()));

        pair.plain().await("/items/0/state", "blocked");
        assertThat(pair.strict().here().path("unconfirmed").size()).isEqualTo(1);
        assertThat(waiting(pair.strict())).isEqualTo(wanted);
    }

    @Test
    void noteIsExplainedOnceWhatWaitsIsConfirmed() throws Exception {
        Pair pair = Pair.filed();
        ask(pair.url());
        pair.strict().claim("reviewer");

        assertThat(pair.strict().say("reviewer", "interim", WHY).status())
                .as("nor is it withheld before it is decided")
                .isEqualTo(409);
        assertThat(block(pair.strict(), false, Map.of()).status())
                .as("asked for when the decision is wanted")
                .isEqualTo(409);
        assertThat(
                        block(pair.strict(), false, Map.of("despiteNote", "Sample ".repeat(300)))
                                .status())
                .as("longer than a message can say")
                .isEqualTo(422);
        ok(block(pair.strict(), false, Map.of("despiteNote", "Sample: a life is in danger.")));
        assertThat(nodes.get(PLAIN, "officer", "/api/notes").body().toString())
                .doesNotContain("a life is in danger");

        assertThat(
                        nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER)
                                .get("/cases/" + pair.strict().theCase())
                                .body())
                .as("whoever confirms it sees what is told")
                .contains("a life is in danger");
        ok(confirm(pair.strict(), "reviewer.2"));

        nodes.await(
                PLAIN,
                "officer",
                "/api/notes",
                all -> all.toString().contains("a life is in danger"));
        pair.strict().await("/items/0/state", "blocked");
    }

    private static void ask(String url) throws Exception {
        Map<String, Object> note =
                Map.of(
                        "platform", PLATFORM,
                        "organisation", "Otoritas Contoh",
                        "category", "terrorism",
                        "target", "address",
                        "value", url,
                        "reason", "Sample reason.",
                        "until", CLOCK.instant().plus(Duration.ofDays(30)).toString());
        String id = nodes.post(PLAIN, "officer", "/api/notes", note).body().path("id").asString();
        ok(nodes.post(PLAIN, "approver", "/api/notes/" + id + "/approval", Map.of()));
        nodes.await(PLATFORM, "reviewer", "/api/notes", all -> all.toString().contains(id));
    }

    private static Filing withheld(Pair pair) throws Exception {
        pair.strict().claim("reviewer");
        ok(pair.strict().say("reviewer", "interim", WHY));
        pair.strict().await("/items/0/enforcement", "gone");
        return pair.strict();
    }

    private static Filing blocked(Pair pair) throws Exception {
        pair.plain().claim("reviewer");
        ok(block(pair.plain(), false, Map.of()));
        pair.plain().await("/items/0/enforcement", "gone");
        return pair.plain();
    }

    @Test
    void interimThatEndsByItselfShowsNothingThatIsBlockedForAnother() throws Exception {
        Pair pair = Pair.filed();
        Filing interim = withheld(pair);
        Filing block = blocked(pair);

        CLOCK.forward(Duration.ofHours(13));
        interim.await("/items/0/interim/ending", "time");
        SharedLists.await(() -> connector.last(pair.url(), "restore").isPresent());

        assertThat(pair.isVisible()).isFalse();
        interim.await("/items/0/enforcement", "gone");
        withdraw(block);
        SharedLists.await(pair::isVisible);
    }

    @Test
    void withdrawnBlockShowsNothingThatIsStillWithheldForAnother() throws Exception {
        Pair pair = Pair.filed();
        Filing block = blocked(pair);
        Filing interim = withheld(pair);

        withdraw(block);
        SharedLists.await(() -> connector.last(pair.url(), "restore").isPresent());
        assertThat(pair.isVisible()).isFalse();

        interim.claim("reviewer");
        ok(interim.say("reviewer", "interim/end", Map.of()));
        interim.await("/items/0/interim/ending", "given_up");
        SharedLists.await(pair::isVisible);
    }
}
