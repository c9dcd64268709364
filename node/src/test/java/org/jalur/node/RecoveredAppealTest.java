package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appeals come back to a database that lost them, on either side; what never left is lost. */
class RecoveredAppealTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);
    private static final String STATES =
            """
            select concat_ws(' ', reference, appellant, no, received_at, due_at, outcome, decided_at, answered_at,
                restores, restore_by)
            from appeals order by 1
            """;

    @TempDir private Path folder;

    private static String blocked(TestNodes nodes, HandMadeConnector connector, String url)
            throws Exception {
        var form = new HashMap<String, Object>();
        form.put("items", List.of(Map.of("url", url, "text", "Sample post A")));
        Filing filing = Filing.of(nodes, AUTHORITY, PLATFORM, form);
        filing.claim("reviewer");
        filing.decide("reviewer", Map.of("outcome", "blocked"));
        filing.await("/items/0/enforcement", "gone");
        return connector.last(url, "remove_post").orElseThrow().path("id").asString();
    }

    private static String appeal(TestNodes nodes, String action, boolean share) throws Exception {
        Reply filed =
                nodes.post(
                        PLATFORM,
                        "connector",
                        "/api/appeals",
                        Map.of(
                                "action", action,
                                "appellant", "author",
                                "words", "Sample words of an appeal.",
                                "contact", "sample.person@mail.example",
                                "share", share));
        assertThat(filed.status()).as(filed.body().toString()).isEqualTo(201);
        return filed.body().path("id").asString();
    }

    private static void decide(TestNodes nodes, String id, Map<String, Object> decision)
            throws Exception {
        nodes.post(PLATFORM, "reviewer.2", "/api/appeals/" + id + "/claim", Map.of());
        Reply decided =
                nodes.post(PLATFORM, "reviewer.2", "/api/appeals/" + id + "/decision", decision);
        assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
    }

    @Test
    void appealsComeBackWithClockAndOutcomeOnBothSides() throws Exception {
        try (var nodes = new TestNodes(folder, BOTH.subList(0, 1), BOTH.subList(1, 2));
                var connector = new HandMadeConnector(folder);
                var processes = new NodeProcesses(nodes)) {
            connector.serve(nodes, PLATFORM);
            nodes.startAll();
            var databases = new NodeDatabases(nodes);
            databases.settle(BOTH);
            for (String party : BOTH) {
                nodes.stop(party);
                databases.copy(database(party), database(party) + "_backup");
                nodes.start(party);
            }
            String granted = "https://social.example/r/" + UUID.randomUUID();
            String first = appeal(nodes, blocked(nodes, connector, granted), true);
            String second =
                    appeal(
                            nodes,
                            blocked(
                                    nodes,
                                    connector,
                                    "https://social.example/r/" + UUID.randomUUID()),
                            false);
            String third =
                    appeal(
                            nodes,
                            blocked(
                                    nodes,
                                    connector,
                                    "https://social.example/r/" + UUID.randomUUID()),
                            false);
            decide(
                    nodes,
                    first,
                    Map.of(
                            "result", "granted",
                            "ground", "not_illegal",
                            "policy", "Sample rule 2",
                            "reason", "Sample grant."));
            decide(nodes, second, Map.of("result", "rejected", "reason", "Sample rejection."));
            nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/appeals?which=decided",
                    all -> all.toString().contains("\"restored\""));
            nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/appeals?which=decided",
                    all -> all.path("appeals").size() == 2);
            databases.settle(BOTH);
            List<String> before = databases.strings(PLATFORM, STATES);
            assertThat(before).hasSize(3).isEqualTo(databases.strings(AUTHORITY, STATES));
            int acts = connector.about(granted).size();

            for (String party : BOTH) {
                nodes.stop(party);
                databases.copy(database(party) + "_backup", database(party));
                var recovered =
                        processes.run(
                                Recover.class, processes.configuration(party, false, Map.of()));
                assertThat(recovered.code()).as(recovered.output()).isZero();
                nodes.start(party);
                databases.settle(BOTH);
                assertThat(databases.strings(party, STATES)).as(party).isEqualTo(before);
            }

            assertThat(connector.about(granted)).as("nothing is done twice").hasSize(acts);
            assertThat(connector.isVisible(granted, "*")).isTrue();
            var reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
            assertThat(reviewer.get("/appeals/" + first).body())
                    .contains("Sample words of an appeal.", "Sample grant.", "shown again");
            assertThat(reviewer.get("/appeals/" + second).body())
                    .contains("They cannot be read any more", "Sample rejection.");
            assertThat(
                            nodes.post(
                                            PLATFORM,
                                            "reviewer",
                                            "/api/appeals/" + third + "/claim",
                                            Map.of())
                                    .body()
                                    .path("type")
                                    .asString())
                    .as("the reasons still say who decided")
                    .endsWith("appeal-own-decision");
        }
    }

    private static String database(String party) {
        return party.replace('-', '_');
    }
}
