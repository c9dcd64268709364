package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registers, drills and call-backs that an old backup does not know come back from the peer. */
class RecoveredRegisterTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);

    @TempDir private Path folder;

    @Test
    void bothSidesGetRegisterDrillAndCallBackBack() throws Exception {
        try (var nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
                var processes = new NodeProcesses(nodes)) {
            nodes.startAll();
            var databases = new NodeDatabases(nodes);
            databases.settle(BOTH);
            for (String party : BOTH) {
                nodes.stop(party);
                databases.copy(party.replace('-', '_'), party.replace('-', '_') + "_backup");
                nodes.start(party);
            }
            PageVisitor admin = nodes.signedIn(AUTHORITY, Role.ADMIN);
            PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
            PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
            var register = new Registers(nodes, AUTHORITY, admin);
            UUID desk = register.organisation("Otoritas Contoh");
            UUID person = register.contact(desk, Registers.PERSON, Map.of());
            UUID erased = register.contact(desk, "Sample Leaver", Map.of());
            register.send(reviewer, "Sample Leaver");
            SharedLists.await(() -> isErased(admin, erased));
            Emergency emergency = Emergency.file(nodes, AUTHORITY, PLATFORM, desk);
            emergency.record(reviewer, "confirmed");
            emergency.answer(officer, "yes");
            SharedLists.await(() -> emergency.dueThere().equals(emergency.dueHere()));
            PageVisitor platformAdmin = nodes.signedIn(PLATFORM, Role.ADMIN);
            platformAdmin.post("/drills", Map.of("drillParty", AUTHORITY, "answerHours", "24"));
            nodes.runScheduled(PLATFORM, "startDue");
            SharedLists.await(() ->
                    facts(nodes, AUTHORITY).stream().anyMatch(one -> one.startsWith("drill in")));
            assertThat(
                            officer.post("/drills/1/answers", Map.of("contact", person.toString()))
                                    .statusCode())
                    .isEqualTo(302);
            databases.settle(BOTH);
            Map<String, List<String>> then =
                    Map.of(AUTHORITY, facts(nodes, AUTHORITY), PLATFORM, facts(nodes, PLATFORM));

            assertThat(then)
                    .allSatisfy((_, facts) ->
                            assertThat(String.join(" ", facts))
                                    .contains("answer ", "call ", "true", "emergency confirmed"));

            for (String party : BOTH) {
                nodes.stop(party);
                databases.copy(party.replace('-', '_') + "_backup", party.replace('-', '_'));
                var recovered =
                        processes.run(
                                Recover.class, processes.configuration(party, false, Map.of()));
                assertThat(recovered.code()).as(recovered.output()).isZero();
                nodes.start(party);
                assertThat(facts(nodes, party)).as(party).isEqualTo(then.get(party));
            }

            PageVisitor later = nodes.signedIn(AUTHORITY, Role.ADMIN);
            assertThat(Registers.page(later, "/register").text())
                    .contains("Otoritas Contoh", Registers.PERSON)
                    .doesNotContain("Sample Leaver", "were not sent yet");
        }
    }

    private static boolean isErased(PageVisitor admin, UUID entry) {
        try {
            return admin.post(
                                    "/register/entries/" + entry + "/erasure",
                                    Map.of("eraseGround", "mistake"))
                            .statusCode()
                    == 302;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What both sides rest on: versions, drills, call-backs and the clock. */
    private static List<String> facts(TestNodes nodes, String party) {
        String subject = party.equals(AUTHORITY) ? "notices" : "cases";
        return nodes.bean(party, JdbcClient.class)
                .sql(
                        """
                        select 'version ' || direction || ' ' || issued_at || ' ' || count(entry) from register_versions
                            left join register_parts using (message)
                            where not exists (select 1 from erased_parts where erased_parts.leaf = register_parts.leaf)
                            group by message
                        union all select 'entry ' || id from register_entries
                        union all select 'drill ' || direction || ' ' || id || ' ' || answer_by from drills
                        union all select 'answer ' || contact || ' ' || by || ' ' || received_at from drill_answers
                        union all select 'emergency ' || state || ' ' || confirmed_at from emergencies
                        union all select 'call ' || id || ' ' || outcome || ' ' || confirmed from call_backs
                            join call_back_answers on call_back = call_backs.message
                        union all select 'due ' || due_at from %s
                        order by 1
                        """
                                .formatted(subject))
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }
}
