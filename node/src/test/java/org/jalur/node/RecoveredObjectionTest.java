package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.access.order.OrderEvent;
import org.jalur.node.access.OrderActs;
import org.jalur.node.accounts.Role;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Objections that the platform was told of come back to a database that lost them. */
class RecoveredObjectionTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);
    private static final String TOLD =
            """
            select concat_ws(' ', objections.reference, filed_at, answer_by, told, upheld, at)
            from objections left join objection_answers on objection = objections.id order by 1
            """;

    @TempDir private Path folder;

    @Test
    void objectionsComeBackWithTheirClocksAndAnswers() throws Exception {
        try (var nodes = new TestNodes(folder, BOTH.subList(0, 1), BOTH.subList(1, 2));
                var processes = new NodeProcesses(nodes)) {
            nodes.startAll();
            var databases = new NodeDatabases(nodes);
            var blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, new MovedClock());
            new Agreeing(nodes, AUTHORITY, PLATFORM)
                    .conclude(text ->
                            ((ObjectNode) text.path("accessBlocks")).put("afterLadder", false));
            Map<String, Object> form = blocks.form("BLOK-1", List.of());
            form.put("otherGround", "Sample ground.");
            String id = blocks.send(form);
            databases.settle(BOTH);
            nodes.stop(AUTHORITY);
            String database = AUTHORITY.replace('-', '_');
            databases.copy(database, database + "_backup");
            nodes.start(AUTHORITY);
            say(nodes, id, "KB-ONE");
            say(nodes, id, "KB-TWO");
            nodes.bean(AUTHORITY, TransactionTemplate.class)
                    .executeWithoutResult(_ -> {
                        OrderActs acts = nodes.bean(AUTHORITY, OrderActs.class);
                        UUID block = UUID.fromString(id);
                        acts.record(
                                block,
                                new OrderEvent.ObjectionAnswered(
                                        "KB-ONE", false, "Sample refusal.", acts.hold(block)));
                    });
            databases.settle(BOTH);
            List<String> told = databases.strings(AUTHORITY, TOLD);
            assertThat(told).hasSize(2);
            assertThat(told.getFirst()).startsWith("KB-ONE");
            nodes.stop(AUTHORITY);
            databases.copy(database + "_backup", database);

            var recovered =
                    processes.run(
                            Recover.class, processes.configuration(AUTHORITY, false, Map.of()));
            assertThat(recovered.code()).as(recovered.output()).isZero();
            nodes.start(AUTHORITY);

            for (int i = 0; i < 200 && databases.strings(AUTHORITY, TOLD).size() < 2; i++) {
                Thread.sleep(100);
            }
            assertThat(databases.strings(AUTHORITY, TOLD)).isEqualTo(told);
            var officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
            assertThat(officer.get("/objections").body()).contains("KB-TWO");
            String one =
                    databases
                            .strings(
                                    AUTHORITY,
                                    "select id::text from objections where reference = 'KB-ONE'")
                            .getFirst();
            assertThat(officer.get("/objections/" + one).body())
                    .contains("Sample refusal.", "It was lost with");
        }
    }

    private static void say(TestNodes nodes, String id, String reference) {
        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(_ -> {
                    OrderActs acts = nodes.bean(AUTHORITY, OrderActs.class);
                    UUID block = UUID.fromString(id);
                    var at = acts.hold(block);
                    acts.record(
                            block,
                            new OrderEvent.Objected(reference, at.plus(Duration.ofDays(1)), at));
                });
    }
}
