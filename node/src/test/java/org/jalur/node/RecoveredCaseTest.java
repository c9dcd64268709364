package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jalur.node.accounts.Role;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Cases after a lost database: what stands in no message, and until when users are not told. */
class RecoveredCaseTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);
    private static final Map<String, Object> ACCOUNT =
            Map.of(
                    "items",
                    List.of(
                            Map.of("url", "https://social.example/r/1", "kind", "post"),
                            Map.of("url", "https://social.example/r", "kind", "account")));

    @TempDir private Path folder;

    private static String database(String party) {
        return party.replace('-', '_');
    }

    @Test
    void casesSayThatAWaitingDecisionMayBeLostAndRenewalsHoldOn() throws Exception {
        try (var connector = new HandMadeConnector(folder);
                var nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
                var processes = new NodeProcesses(nodes)) {
            connector.serve(nodes, PLATFORM);
            nodes.startAll();
            var databases = new NodeDatabases(nodes);
            Filing confirmed = Filing.of(nodes, AUTHORITY, PLATFORM, ACCOUNT);
            confirmed.claim("reviewer");
            confirmed.decide("reviewer", Map.of("outcome", "blocked"));
            String decision = confirmed.here().at("/unconfirmed/0/id").asString();
            databases.settle(BOTH);
            nodes.stop(PLATFORM);
            databases.copy(database(PLATFORM), database(PLATFORM) + "_backup");
            nodes.start(PLATFORM);
            confirmed.say("reviewer.2", "unconfirmed/" + decision + "/confirmation", Map.of());
            confirmed.await("/notice/state", "closed");
            Filing waiting = Filing.of(nodes, AUTHORITY, PLATFORM, ACCOUNT);
            waiting.claim("reviewer");
            waiting.decide("reviewer", Map.of("outcome", "blocked"));
            waiting.await("/items/0/state", "blocked");
            assertThat(waiting.here().path("unconfirmed").size()).isEqualTo(1);
            Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Filing silent =
                    Filing.of(
                            nodes,
                            AUTHORITY,
                            PLATFORM,
                            Map.of(
                                    "nonDisclosure",
                                    Map.of(
                                            "ground",
                                            "Sample ground",
                                            "until",
                                            until.plus(Duration.ofDays(30)).toString())));
            String renewals = "/api/notices/" + silent.notice() + "/renewals";
            String renewal =
                    nodes.post(
                                    AUTHORITY,
                                    "officer",
                                    renewals,
                                    Map.of(
                                            "until",
                                            until.plus(Duration.ofDays(60)).toString(),
                                            "reason",
                                            "Sample reason to renew."))
                            .body()
                            .path("id")
                            .asString();
            nodes.post(AUTHORITY, "approver", renewals + "/" + renewal + "/approval", Map.of());
            silent.claim("reviewer");
            nodes.await(
                    PLATFORM,
                    "reviewer",
                    "/api/cases/" + silent.theCase(),
                    one -> one.at("/nonDisclosure/renewals").size() == 1);
            databases.settle(BOTH);

            nodes.stop(PLATFORM);
            databases.copy(database(PLATFORM) + "_backup", database(PLATFORM));
            String said = recover(nodes, processes, PLATFORM);

            assertThat(said).contains("may have waited for a second reviewer");
            JsonNode closed = confirmed.here();
            assertThat(closed.at("/case/state").asString()).isEqualTo("closed");
            assertThat(closed.path("unconfirmed").size()).isZero();
            assertThat(closed.at("/case/unconfirmed").asInt()).isZero();
            assertThat(closed.has("recoveredAt")).isFalse();
            Filing again = refound(nodes, waiting);
            JsonNode open = again.here();
            assertThat(open.at("/case/state").asString()).isEqualTo("open");
            assertThat(open.path("case").has("claim")).isFalse();
            assertThat(open.hasNonNull("recoveredAt")).isTrue();
            assertThat(
                            nodes.signedIn(PLATFORM, Role.REVIEWER)
                                    .get("/cases/" + again.theCase())
                                    .body())
                    .contains("waited for a second reviewer, it was lost: decide again");
            again.claim("reviewer");
            assertThat(again.decide("reviewer", Map.of("outcome", "blocked")).status())
                    .isEqualTo(200);
            JsonNode asked = again.here();
            assertThat(asked.path("unconfirmed").size()).isEqualTo(1);
            assertThat(asked.has("recoveredAt")).as("asked anew").isFalse();
            JsonNode renewed = refound(nodes, silent).here().path("nonDisclosure");
            assertThat(renewed.path("until").asString())
                    .isEqualTo(until.plus(Duration.ofDays(60)).toString());
            assertThat(
                            databases.strings(
                                    PLATFORM,
                                    "select (tell_from = '%s')::text from cases where notice_id = '%s'"
                                            .formatted(
                                                    until.plus(Duration.ofDays(60)),
                                                    silent.notice())))
                    .containsExactly("true");

            nodes.stop(AUTHORITY);
            databases.drop(database(AUTHORITY));
            recover(nodes, processes, AUTHORITY);

            JsonNode there = silent.there().at("/nonDisclosure/renewals/0");
            assertThat(there.path("state").asString()).isEqualTo("renewed");
            assertThat(there.at("/why/reason").asString()).isEqualTo("Sample reason to renew.");
        }
    }

    private static String recover(TestNodes nodes, NodeProcesses processes, String party)
            throws Exception {
        var recovered =
                processes.run(Recover.class, processes.configuration(party, false, Map.of()));
        assertThat(recovered.code()).as(recovered.output()).isZero();
        nodes.start(party);
        return recovered.output();
    }

    /** A case that came back has another id. */
    private static Filing refound(TestNodes nodes, Filing filing) {
        return new Filing(
                nodes,
                filing.authority(),
                filing.platform(),
                filing.notice(),
                nodes.bean(PLATFORM, org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql("select id from cases where notice_id = :notice")
                        .param("notice", java.util.UUID.fromString(filing.notice()))
                        .query(java.util.UUID.class)
                        .single()
                        .toString());
    }
}
