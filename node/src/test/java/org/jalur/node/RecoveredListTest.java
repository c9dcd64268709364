package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.screening.ListImports;
import org.jalur.node.screening.SignatureLists;
import org.jalur.node.serve.Recover;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lists, agreements and steps of ladders that an old backup does not know come back from the other
 * side, once.
 */
class RecoveredListTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);
    private static final String CSV = SharedLists.HEAD + "phrase,sample words to recover,s-1,,,,\n";

    @TempDir private Path folder;

    @Test
    void bothSidesGetListsAndRefusalsBackAndAnswerNothingTwice() throws Exception {
        try (var nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
                var processes = new NodeProcesses(nodes)) {
            nodes.startAll();
            var databases = new NodeDatabases(nodes);
            var shared = new SharedLists(nodes, AUTHORITY, PLATFORM);
            nodes.bean(PLATFORM, SignatureLists.class)
                    .create(shared.there("taken"), "Own", new Source.OwnPlatform(), "somebody");
            UUID draft = shared.draft(nodes.signedIn(AUTHORITY, Role.OFFICER), "kept", CSV);
            databases.settle(BOTH);
            for (String party : BOTH) {
                nodes.stop(party);
                databases.copy(party.replace('-', '_'), party.replace('-', '_') + "_backup");
                nodes.start(party);
            }
            var agreeing = new Agreeing(nodes, AUTHORITY, PLATFORM);
            String version = agreeing.conclude(text -> text.put("title", "Sample to recover"));
            PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
            PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
            assertThat(shared.approve(approver, draft).statusCode()).isEqualTo(302);
            UUID refused = shared.send(officer, approver, "taken", CSV);
            SharedLists.await(() -> SharedLists.page(officer, refused).contains("Refused by"));
            assertThat(shared.values("kept")).containsExactly("sample words to recover");
            String notice = noticeWithStoppedReminder(nodes);
            databases.settle(BOTH);
            long messages = databases.count(PLATFORM, "select count(*) from messages");

            recover(nodes, processes, databases, PLATFORM);

            assertThat(shared.entries("kept"))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.authority()).contains(AUTHORITY);
                        assertThat(entry.agreement())
                                .as("the version that came back as well")
                                .contains(agreeing.inForce(PLATFORM).path("digest").asString());
                        assertThat(entry.sourceId()).contains("s-1");
                    });
            assertThat(
                            nodes.bean(PLATFORM, SignatureLists.class)
                                    .require(shared.there("kept"))
                                    .list()
                                    .mode())
                    .isEqualTo(Mode.REVIEW);
            assertThat(nodes.bean(PLATFORM, ListImports.class).of(shared.there("kept"))).hasSize(1);
            assertThat(shared.entries("taken")).isEmpty();
            assertThat(databases.count(PLATFORM, "select count(*) from messages"))
                    .isEqualTo(messages);

            assertThat(agreeing.inForce(PLATFORM).path("id").asString()).isEqualTo(version);
            assertThat(reminderAtPlatform(nodes, databases, notice))
                    .contains("stopped", "Sample reason to stop");

            recover(nodes, processes, databases, AUTHORITY);

            assertThat(reminder(nodes, AUTHORITY, "officer", "/api/notices/" + notice))
                    .contains("stopped", "Sample reason to stop");
            SharedLists.await(() ->
                    nodes.bean(AUTHORITY, JdbcClient.class)
                                    .sql(
                                            "select count(*) from open_ladders where subject = :notice")
                                    .param("notice", UUID.fromString(notice))
                                    .query(Integer.class)
                                    .single()
                            == 1);

            assertThat(agreeing.inForce(AUTHORITY).path("id").asString()).isEqualTo(version);
            assertThat(agreeing.text(AUTHORITY, version))
                    .isEqualTo(agreeing.text(PLATFORM, version));
            PageVisitor later = nodes.signedIn(AUTHORITY, Role.OFFICER);
            assertThat(SharedLists.page(later, draft))
                    .contains("delivered", "Sample reason of kept")
                    .doesNotContain("Approve and send");
            assertThat(SharedLists.page(later, refused)).contains("Refused by");
            SharedLists.await(
                    () -> nodes.bean(AUTHORITY, DraftKeys.class).existing(draft).isEmpty());
            assertThat(databases.count(AUTHORITY, "select count(*) from sent_list_drafts"))
                    .isZero();
        }
    }

    private static String noticeWithStoppedReminder(TestNodes nodes) throws Exception {
        String notice =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notices",
                                ChannelTest.form(PLATFORM, "https://social.example/a/1"))
                        .body()
                        .at("/notice/id")
                        .asString();
        String path = "/api/notices/" + notice;
        nodes.post(AUTHORITY, "approver", path + "/approval", Map.of());
        nodes.await(AUTHORITY, "officer", path, one -> one.hasNonNull("receipt"));
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "officer",
                                        path + "/ladder/stop",
                                        Map.of(
                                                "step",
                                                "Reminder",
                                                "reason",
                                                "Sample reason to stop"))
                                .status())
                .isEqualTo(200);
        nodes.await(
                AUTHORITY,
                "officer",
                path + "/ladder",
                one -> one.at("/steps/0/state").asString().equals("stopped"));
        return notice;
    }

    private static String reminderAtPlatform(
            TestNodes nodes, NodeDatabases databases, String notice) throws Exception {
        String one =
                databases
                        .strings(
                                PLATFORM,
                                "select id from cases where notice_id = '%s'".formatted(notice))
                        .getFirst();
        return reminder(nodes, PLATFORM, "reviewer", "/api/cases/" + one);
    }

    private static String reminder(TestNodes nodes, String party, String role, String path)
            throws Exception {
        return nodes.get(party, role, path + "/ladder").body().at("/steps/0").toString();
    }

    private static void recover(
            TestNodes nodes, NodeProcesses processes, NodeDatabases databases, String party)
            throws Exception {
        nodes.stop(party);
        databases.copy(party.replace('-', '_') + "_backup", party.replace('-', '_'));
        var recovered =
                processes.run(Recover.class, processes.configuration(party, false, Map.of()));
        assertThat(recovered.code()).as(recovered.output()).isZero();
        nodes.start(party);
    }
}
