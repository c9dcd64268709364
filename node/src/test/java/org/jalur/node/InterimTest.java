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
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What is withheld before it is decided, and when users are told, on two real nodes whose clock is
 * put forward.
 */
class InterimTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final Map<String, Object> WHY =
            Map.of("policy", "Sample rule 1", "reason", "Sample interim reason.");

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;
    private static HandMadeConnector connector;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        connector = new HandMadeConnector(folder);
        connector.serve(nodes, PLATFORM);
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.close();
    }

    private record Withheld(Filing filing, String url) {}

    private static Withheld claimed(Map<String, Object> more) throws Exception {
        String url = "https://social.example/i/" + UUID.randomUUID();
        var form = new HashMap<>(more);
        form.put("items", List.of(Map.of("url", url, "text", "Sample post A")));
        Filing filing = Filing.of(nodes, AUTHORITY, PLATFORM, form);
        filing.claim("reviewer");
        return new Withheld(filing, url);
    }

    private static Withheld withheld() throws Exception {
        Withheld one = claimed(Map.of());
        assertThat(one.filing().say("reviewer", "interim", WHY).status()).isEqualTo(200);
        one.filing().await("/items/0/enforcement", "gone");
        return one;
    }

    private static String type(TestNodes.Reply reply) {
        return reply.body().path("type").asString("").replaceAll(".*/", "");
    }

    @Test
    void itemIsHiddenAtOnceAndShownAgainByItselfWhenNobodyDecides() throws Exception {
        Withheld one = withheld();
        assertThat(connector.isVisible(one.url(), "*")).isFalse();
        JsonNode there = one.filing().there();
        assertThat(there.at("/items/0/state").asString())
                .as("nothing is decided")
                .isEqualTo("open");
        assertThat(there.at("/items/0/interim").hasNonNull("until")).isTrue();
        assertThat(there.at("/notice").has("stoppedAt")).as("the clock runs on").isFalse();
        JsonNode told = connector.last(one.url(), "remove_post").orElseThrow().path("statement");
        assertThat(told.path("reason").asString()).isEqualTo("Sample interim reason.");
        assertThat(told.hasNonNull("interimUntil")).isTrue();

        nodes.stop(PLATFORM);
        CLOCK.forward(Duration.ofHours(13));
        nodes.start(PLATFORM);

        JsonNode shown = one.filing().await("/items/0/interim/ending", "time");
        assertThat(shown.at("/items/0/state").asString()).isEqualTo("open");
        one.filing().await("/items/0/enforcement", "visible");
        assertThat(connector.isVisible(one.url(), "*")).isTrue();
        JsonNode restored = connector.last(one.url(), "restore").orElseThrow();
        assertThat(restored.hasNonNull("statement")).as("the user is told of that too").isTrue();
        one.filing().claim("reviewer");
        assertThat(type(one.filing().say("reviewer", "interim", WHY)))
                .as("once for each item")
                .isEqualTo("withheld-before");
    }

    @Test
    void platformThatComesBackTooLateHidesNothing() throws Exception {
        connector.goesAway(true);
        Withheld one = claimed(Map.of());
        one.filing().say("reviewer", "interim", WHY);
        CLOCK.forward(Duration.ofHours(13));
        one.filing().await("/items/0/interim/ending", "time");

        connector.goesAway(false);
        CLOCK.forward(Duration.ofMinutes(11));

        one.filing().await("/items/0/enforcement", "visible");
        CLOCK.forward(Duration.ofMinutes(11));
        assertThat(connector.about(one.url()).stream().map(act -> act.path("action").asString()))
                .containsOnly("restore");
    }

    @Test
    void refusalShowsItAgainAndABlockLeavesItHidden() throws Exception {
        Withheld refused = withheld();
        refused.filing().decide("reviewer", Map.of("outcome", "refused", "ground", "not_illegal"));
        refused.filing().await("/items/0/enforcement", "visible");
        assertThat(refused.filing().there().at("/items/0/interim/ending").asString())
                .isEqualTo("decided");

        Withheld blocked = withheld();
        blocked.filing().decide("reviewer", Map.of("outcome", "blocked"));
        blocked.filing().await("/notice/state", "closed");
        CLOCK.forward(Duration.ofHours(13));
        nodes.runScheduled(PLATFORM, "endInterims");
        SharedLists.await(() -> connector.about(blocked.url()).size() == 2);
        assertThat(connector.isVisible(blocked.url(), "*")).isFalse();
        assertThat(connector.last(blocked.url(), "restore")).isEmpty();
    }

    @Test
    void withholdingInACountryShowsItElsewhereOnlyAfterThat() throws Exception {
        Withheld one = withheld();

        one.filing().decide("reviewer", Map.of("outcome", "withheld", "countries", List.of("ID")));
        SharedLists.await(() -> connector.last(one.url(), "restore").isPresent());

        assertThat(connector.about(one.url()).stream().map(act -> act.path("action").asString()))
                .containsExactly("remove_post", "withhold", "restore");
        SharedLists.await(() -> connector.isVisible(one.url(), "SG"));
        assertThat(connector.isVisible(one.url(), "ID")).isFalse();
    }

    @Test
    void questionLetsItRunOnAndAWithdrawalEndsIt() throws Exception {
        Withheld one = withheld();
        one.filing().decide("reviewer", Map.of("outcome", "clarification"));
        one.filing().await("/items/0/state", "clarification");
        assertThat(one.filing().there().at("/items/0/interim").has("ending")).isFalse();

        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + one.filing().notice() + "/withdrawal",
                Map.of("reason", "Sample mistake."));

        SharedLists.await(() -> connector.isVisible(one.url(), "*"));
        assertThat(one.filing().here().at("/items/0/interim/ending").asString())
                .isEqualTo("withdrawn");
        assertThat(one.filing().there().at("/items/0/interim/ending").asString())
                .isEqualTo("withdrawn");
    }

    @Test
    void reviewerEndsItEarlyAndNobodyElseBeginsIt() throws Exception {
        Withheld one = claimed(Map.of());
        assertThat(type(one.filing().say("reviewer.2", "interim", WHY))).isEqualTo("claimed");
        assertThat(type(one.filing().say("reviewer", "interim/end", Map.of())))
                .isEqualTo("nothing-withheld");
        assertThat(
                        one.filing()
                                .say("reviewer", "interim", Map.of("policy", "Sample rule 1"))
                                .status())
                .isEqualTo(422);
        one.filing().say("reviewer", "interim", WHY);
        one.filing().await("/items/0/enforcement", "gone");

        assertThat(one.filing().say("reviewer", "interim/end", Map.of()).status()).isEqualTo(200);

        one.filing().await("/items/0/enforcement", "visible");
        assertThat(one.filing().there().at("/items/0/interim/ending").asString())
                .isEqualTo("given_up");
    }

    @Test
    void nothingIsWithheldWhereTheAgreementDoesNotAllowIt() throws Exception {
        Withheld one = claimed(Map.of("urgency", "normal"));

        assertThat(type(one.filing().say("reviewer", "interim", WHY)))
                .isEqualTo("interim-not-agreed");

        assertThat(connector.about(one.url())).isEmpty();
    }

    @Test
    void pagesOfBothSidesShowItWithItsCountdown() throws Exception {
        Withheld one = claimed(Map.of());
        one.filing().say("reviewer", "release", Map.of());
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        String page = "/cases/" + one.filing().theCase();
        reviewer.post(page + "/claim", Map.of());
        assertThat(reviewer.get(page).body()).contains("Withhold for now");

        var wrong = reviewer.post(page + "/interim", Map.of("which", "all", "policy", ""));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("policy-error");
        var done =
                reviewer.post(
                        page + "/interim",
                        Map.of("which", "all", "policy", "Sample rule 1", "reason", "Sample."));
        assertThat(done.statusCode()).isEqualTo(302);

        one.filing().await("/items/0/enforcement", "gone");
        assertThat(reviewer.get(page).body())
                .contains("withheld for now", "data-clock", "End the interim withholding")
                .doesNotContain("/interim\"");
        assertThat(officer.get("/notices/" + one.filing().notice()).body())
                .contains("withheld for now", "Not decided yet");
        assertThat(reviewer.post(page + "/interim/end", Map.of()).statusCode()).isEqualTo(302);
        one.filing().await("/items/0/interim/ending", "given_up");
    }

    @Test
    void userIsToldWhenTheNonDisclosureEndsAndNeitherLaterNorBefore() throws Exception {
        var until = CLOCK.instant().plus(Duration.ofDays(30)).toString();
        Withheld one =
                claimed(Map.of("nonDisclosure", Map.of("ground", "Sample ground", "until", until)));
        one.filing().decide("reviewer", Map.of("outcome", "blocked"));
        one.filing().await("/items/0/enforcement", "gone");
        assertThat(connector.last(one.url(), "remove_post").orElseThrow().hasNonNull("statement"))
                .isFalse();

        CLOCK.forward(Duration.ofDays(31));

        SharedLists.await(() -> connector.last(one.url(), "tell").isPresent());
        JsonNode told = connector.last(one.url(), "tell").orElseThrow().path("statement");
        assertThat(told.path("authority").asString()).isEqualTo("Kementerian Contoh");
        assertThat(told.path("reason").asString()).isEqualTo("Sample reason.");
        assertThat(told.path("appeal").asString()).contains("sample court");
        one.filing().await("/items/0/measures/1/told", "true");
    }

    @Test
    void platformIsAskedAgainToTellTheUserUntilTheAgreedTimeIsOver() throws Exception {
        connector.delivers(false);
        Withheld late = claimed(Map.of());
        late.filing().decide("reviewer", Map.of("outcome", "blocked"));
        late.filing().await("/items/0/enforcement", "gone");
        CLOCK.forward(Duration.ofMinutes(16));
        late.filing().await("/items/0/measures/1/kind", "tell");
        connector.delivers(true);
        CLOCK.forward(Duration.ofMinutes(16));
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + late.filing().notice(),
                one -> one.at("/items/0/measures").toString().contains("\"told\":true"));
        int asked = connector.about(late.url()).size();

        connector.delivers(false);
        Withheld never = claimed(Map.of());
        never.filing().decide("reviewer", Map.of("outcome", "blocked"));
        never.filing().await("/items/0/enforcement", "gone");
        CLOCK.forward(Duration.ofHours(25));
        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        SharedLists.await(() ->
                nodes.bean(PLATFORM, JdbcClient.class)
                        .sql(
                                "select count(*) from notification_events where kind = 'user-not-told' and subject = :case")
                        .param("case", never.filing().theCase())
                        .query(Integer.class)
                        .single()
                        .equals(1));
        connector.delivers(true);

        assertThat(senior.get("/notifications").body())
                .contains("the affected user was not told in the agreed time");
        assertThat(connector.about(late.url())).as("who was told is left alone").hasSize(asked);
    }

    @Test
    void platformThatCannotTellAloneIsNotAskedAndTheAuthoritySeesIt() throws Exception {
        var until = CLOCK.instant().plus(Duration.ofDays(30)).toString();
        Withheld one =
                claimed(Map.of("nonDisclosure", Map.of("ground", "Sample ground", "until", until)));
        one.filing().decide("reviewer", Map.of("outcome", "blocked"));
        one.filing().await("/items/0/enforcement", "gone");
        connector.serves(List.of("remove_post", "withhold", "restore"));

        CLOCK.forward(Duration.ofDays(31));

        one.filing().await("/items/0/measures/1/result", "failed");
        assertThat(connector.last(one.url(), "tell")).isEmpty();
        connector.serves(List.of("remove_post", "withhold", "restore", "tell"));
    }

    @Test
    void nonDisclosureLongerThanAgreedIsNotFiled() throws Exception {
        var form = new HashMap<>(ChannelTest.form(PLATFORM, "https://social.example/i/1"));
        form.put(
                "nonDisclosure",
                Map.of(
                        "ground",
                        "Sample ground",
                        "until",
                        CLOCK.instant().plus(Duration.ofDays(43)).toString()));

        var refused = nodes.post(AUTHORITY, "officer", "/api/notices", form);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().toString()).contains("userNotice.nonDisclosure.longest");
    }
}
