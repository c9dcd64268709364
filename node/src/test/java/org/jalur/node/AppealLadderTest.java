package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What comes when nobody decides an appeal in its time, on two real nodes. */
class AppealLadderTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeConnector connector;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        connector = new HandMadeConnector(folder);
        connector.serve(nodes, PLATFORM);
        nodes.startAll();
        new Agreeing(nodes, AUTHORITY, PLATFORM).conclude(AppealLadderTest::withLadder);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.close();
    }

    private static void withLadder(ObjectNode agreement) {
        ObjectNode ladder = TestNodes.JSON.createObjectNode();
        ladder.put("about", "appeal").put("climber", "authority");
        ladder.putObject("start").put("type", "received");
        ArrayNode steps = ladder.putArray("steps");
        for (String name : List.of("Reminder", "Second reminder")) {
            steps.addObject()
                    .put("name", name)
                    .put("action", "remind")
                    .put("after", steps.size() == 1 ? "PT0S" : "PT24H")
                    .put("announcedBefore", "PT10M");
        }
        // Ladders are in the order of what they are about.
        ((ArrayNode) agreement.path("escalation")).insert(0, ladder);
    }

    /** Puts the clock forward, and wakes the timer as a new step would. */
    private static void pass(Duration time) {
        CLOCK.forward(time);
        nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select pg_notify('jalur_ladders', '')")
                .query((_, _) -> true)
                .list();
    }

    /** The platform's id of an appeal. */
    private static String appeal() throws Exception {
        String url = "https://social.example/l/" + UUID.randomUUID();
        Filing filing =
                Filing.of(
                        nodes,
                        AUTHORITY,
                        PLATFORM,
                        Map.of("items", List.of(Map.of("url", url, "text", "Sample post A"))));
        filing.claim("reviewer");
        filing.decide("reviewer", Map.of("outcome", "blocked"));
        filing.await("/items/0/enforcement", "gone");
        Reply filed =
                nodes.post(
                        PLATFORM,
                        "connector",
                        "/api/appeals",
                        Map.of(
                                "action",
                                connector
                                        .last(url, "remove_post")
                                        .orElseThrow()
                                        .path("id")
                                        .asString(),
                                "appellant",
                                "author",
                                "words",
                                "Sample words of an appeal."));
        assertThat(filed.status()).as(filed.body().toString()).isEqualTo(201);
        return filed.body().path("id").asString();
    }

    private static List<String> acts(String party, String appeal) {
        return nodes.bean(party, JdbcClient.class)
                .sql(
                        "select step || ' ' || kind as act from ladder_acts where about = 'appeal' and subject = :appeal order by message")
                .param("appeal", UUID.fromString(appeal))
                .query((row, _) -> row.getString("act"))
                .list();
    }

    private static void awaitActs(String appeal, String... acts) throws Exception {
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            SharedLists.await(() -> {
                pass(Duration.ZERO);
                return acts(party, appeal).equals(List.of(acts));
            });
        }
    }

    private static String there(String appeal) {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select id::text as id from appeals where appeal = :appeal")
                .param("appeal", UUID.fromString(appeal))
                .query((row, _) -> row.getString("id"))
                .single();
    }

    @Test
    void silenceAboutAnAppealIsClimbedUntilItIsDecided() throws Exception {
        String appeal = appeal();
        JsonNode received =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/appeals/" + appeal,
                        one -> one.at("/appeal").hasNonNull("receivedAt"));
        Instant due = Instant.parse(received.at("/appeal/dueAt").asString());
        assertThat(acts(AUTHORITY, appeal)).isEmpty();

        pass(Duration.between(CLOCK.instant(), due).minusMinutes(9));
        awaitActs(appeal, "Reminder announced");
        pass(Duration.ofMinutes(11));
        awaitActs(appeal, "Reminder announced", "Reminder taken");
        assertThat(nodes.signedIn(AUTHORITY, Role.OFFICER).get("/appeals/" + there(appeal)).body())
                .contains("Second reminder");
        assertThat(nodes.signedIn(PLATFORM, Role.REVIEWER).get("/appeals/" + appeal).body())
                .contains("Second reminder");

        String clock = received.at("/appeal/reference").asString() + ",appeal,";
        assertThat(nodes.text(AUTHORITY, "officer", "/api/clocks")).contains(clock);
        assertThat(nodes.text(PLATFORM, "reviewer", "/api/clocks")).contains(clock);
        assertThat(nodes.signedIn(PLATFORM, Role.REVIEWER).get("/clocks").body())
                .contains("/appeals/" + appeal);

        nodes.post(PLATFORM, "reviewer.2", "/api/appeals/" + appeal + "/claim", Map.of());
        Reply decided =
                nodes.post(
                        PLATFORM,
                        "reviewer.2",
                        "/api/appeals/" + appeal + "/decision",
                        Map.of("result", "rejected", "reason", "Sample rejection."));
        assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
        SharedLists.await(() -> open(appeal) == 0);
        assertThat(nodes.text(AUTHORITY, "officer", "/api/clocks")).doesNotContain(clock);
        assertThat(nodes.text(PLATFORM, "reviewer", "/api/clocks")).doesNotContain(clock);
        pass(Duration.ofDays(3));
        assertThat(acts(AUTHORITY, appeal)).hasSize(2);
        assertThat(
                        nodes.get(PLATFORM, "reviewer", "/api/appeals/" + appeal)
                                .body()
                                .at("/appeal/late")
                                .asBoolean())
                .isTrue();
    }

    private static int open(String appeal) {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql(
                        "select count(*) from open_ladders where about = 'appeal' and subject = :appeal")
                .param("appeal", UUID.fromString(appeal))
                .query(Integer.class)
                .single();
    }

    @Test
    void decisionInTimeAndAWithdrawnNoticeLeaveNothingToClimb() throws Exception {
        String decided = appeal();
        SharedLists.await(() -> open(decided) == 1);
        nodes.post(PLATFORM, "reviewer.2", "/api/appeals/" + decided + "/claim", Map.of());
        nodes.post(
                PLATFORM,
                "reviewer.2",
                "/api/appeals/" + decided + "/decision",
                Map.of("result", "rejected", "reason", "Sample rejection."));
        SharedLists.await(() -> open(decided) == 0);
        String ended = appeal();
        SharedLists.await(() -> open(ended) == 1);

        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/%s/withdrawal"
                        .formatted(
                                nodes.bean(AUTHORITY, JdbcClient.class)
                                        .sql(
                                                "select notice::text as notice from appeals where appeal = :appeal")
                                        .param("appeal", UUID.fromString(ended))
                                        .query((row, _) -> row.getString("notice"))
                                        .single()),
                Map.of("reason", "Sample mistake."));

        SharedLists.await(() -> open(ended) == 0);
        assertThat(acts(AUTHORITY, ended)).isEmpty();
    }
}
