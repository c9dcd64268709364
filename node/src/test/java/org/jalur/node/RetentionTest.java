package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What closed notices hold is erased after the agreed time, unless a side holds its own copies. */
class RetentionTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static Filing closed() throws Exception {
        Filing filing = Filing.of(nodes, AUTHORITY, PLATFORM, Map.of());
        filing.claim("reviewer");
        filing.decide("reviewer", Map.of("outcome", "refused", "ground", "not_illegal"));
        filing.await("/notice/state", "closed");
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            nodes.runScheduled(party, "planRetention");
        }
        return filing;
    }

    private static PageVisitor visitor(String party, Role role) throws Exception {
        return nodes.signedIn(party, role);
    }

    private static boolean hasContent(JsonNode one) {
        return one.at("/items/0").has("item");
    }

    private static Map<String, String> hold(String reason, LocalDate until) {
        return Map.of("holdReason", reason, "holdUntil", until.toString());
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC);
    }

    @Test
    void contentGoesFirstAndReasonsLastOnBothSides() throws Exception {
        Filing filing = closed();
        nodes.runScheduled(AUTHORITY, "eraseWhatIsOver");
        assertThat(hasContent(filing.there())).as("its time is not over").isTrue();

        CLOCK.forward(Duration.ofDays(190));
        nodes.runScheduled(AUTHORITY, "eraseWhatIsOver");
        assertThat(hasContent(filing.there())).isFalse();
        assertThat(filing.there().has("reasons")).isTrue();
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + filing.theCase(),
                one -> !hasContent(one) && one.has("reasons"));
        nodes.runScheduled(PLATFORM, "eraseWhatIsOver");

        CLOCK.forward(Duration.ofDays(3 * 366));
        nodes.runScheduled(PLATFORM, "eraseWhatIsOver");
        assertThat(filing.here().has("reasons")).isFalse();
        assertThat(filing.here().has("facts")).as("facts stay").isTrue();
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + filing.notice(),
                one -> !one.has("reasons") && one.at("/notice/state").asString().equals("closed"));
    }

    @Test
    void sideThatHoldsItsCopiesKeepsThemUntilItsHoldEnds() throws Exception {
        Filing filing = closed();
        CLOCK.forward(Duration.ofDays(170));
        String path = "/cases/" + filing.theCase() + "/hold";
        PageVisitor senior = visitor(PLATFORM, Role.SENIOR_REVIEWER);
        assertThat(
                        senior.post(path, hold("Sample court case 1/2026", today().plusDays(30)))
                                .statusCode())
                .isEqualTo(302);
        assertThat(senior.get(path).body()).contains("Sample court case 1/2026");

        CLOCK.forward(Duration.ofDays(20));
        nodes.runScheduled(PLATFORM, "eraseWhatIsOver");
        assertThat(hasContent(filing.here())).isTrue();
        nodes.runScheduled(AUTHORITY, "eraseWhatIsOver");
        assertThat(hasContent(filing.there())).as("the other side has its own copies").isFalse();
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + filing.theCase(),
                one -> one.path("timeline").toString().contains("\"kept\""));
        assertThat(hasContent(filing.here())).isTrue();

        CLOCK.forward(Duration.ofDays(20));
        nodes.runScheduled(PLATFORM, "eraseWhatIsOver");
        SharedLists.await(() -> {
            try {
                return !hasContent(filing.here());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void holdHasAReasonAndAnEndAndCanBeEndedEarly() throws Exception {
        Filing filing = closed();
        String path = "/notices/" + filing.notice() + "/hold";
        PageVisitor approver = visitor(AUTHORITY, Role.APPROVER);
        for (Map<String, String> wrong :
                List.of(
                        hold("", today().plusDays(3)),
                        hold("x".repeat(501), today().plusDays(3)),
                        hold("Sample reason", today().minusDays(3)),
                        hold("Sample reason", today().plusDays(400)),
                        Map.of("holdReason", "Sample reason", "holdUntil", "soon"))) {
            var refused = approver.post(path, wrong);
            assertThat(refused.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(refused.body()).contains("-error");
        }
        assertThat(approver.post(path + "/end", Map.of()).statusCode()).isEqualTo(409);
        assertThat(
                        visitor(AUTHORITY, Role.OFFICER)
                                .post(path, hold("Sample", today()))
                                .statusCode())
                .isEqualTo(403);

        approver.post(path, hold("Sample reason", today().plusDays(300)));
        assertThat(approver.post(path + "/end", Map.of()).statusCode()).isEqualTo(302);
        CLOCK.forward(Duration.ofDays(190));
        nodes.runScheduled(AUTHORITY, "eraseWhatIsOver");

        assertThat(hasContent(filing.there())).isFalse();
    }

    @Test
    void pageAndFileSayWhatGoesWhen() throws Exception {
        Filing filing = closed();
        PageVisitor auditor = visitor(PLATFORM, Role.AUDITOR);

        assertThat(auditor.get("/retention").body())
                .contains(filing.theCase(), "items: addresses and texts");
        assertThat(auditor.get("/retention/file").body())
                .startsWith("id,reference,what,closed_at,erase_at,held_until")
                .contains(filing.theCase() + ",\"REF-", ",evidence,");
        assertThat(auditor.get("/cases/" + filing.theCase() + "/hold").body())
                .contains("kept until")
                .doesNotContain("holdReason");
    }

    @Test
    void whatIsOpenOrErasedByHandIsLeftAlone() throws Exception {
        Filing open = Filing.of(nodes, AUTHORITY, PLATFORM, Map.of());
        Filing filing = closed();
        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + filing.notice() + "/erasure",
                new HashMap<>(Map.of("everything", true, "ground", "mistake")));

        CLOCK.forward(Duration.ofDays(4 * 366));
        nodes.runScheduled(AUTHORITY, "eraseWhatIsOver");

        assertThat(hasContent(open.there())).isTrue();
        assertThat(visitor(AUTHORITY, Role.AUDITOR).get("/retention").body())
                .doesNotContain(filing.notice());
    }
}
