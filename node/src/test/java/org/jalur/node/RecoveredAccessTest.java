package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders and what was said about them come back to a database that lost them, on either side. */
class RecoveredAccessTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);
    private static final List<String> TOLD =
            List.of(
                    """
                    select concat_ws(' ', 'order', orders.id, orders.direction, order_id, reference, encode(agreement, 'hex'),
                        encode(leaf, 'hex'), encode(approvals_leaf, 'hex'), orders.sent_at, encode(messages.digest, 'hex'))
                    from access_orders orders join messages on messages.id = message order by order_id
                    """,
                    """
                    select concat_ws(' ', 'said', block, events.kind, encode(leaf, 'hex'), encode(messages.digest, 'hex'))
                    from access_events events join messages on messages.id = message order by 1
                    """,
                    """
                    select concat_ws(' ', 'step', ladder_acts.about, subject, act, ladder_acts.kind, step, role, encode(leaf, 'hex'),
                        encode(messages.digest, 'hex'))
                    from ladder_acts join messages on messages.id = message order by 1
                    """,
                    "select 'draft ' || id from access_drafts order by id");

    @TempDir private Path folder;

    @Test
    void bothSidesGetOrdersBackAndCountThemAsBefore() throws Exception {
        try (var nodes = new TestNodes(folder, BOTH.subList(0, 1), BOTH.subList(1, 2));
                var processes = new NodeProcesses(nodes)) {
            nodes.startAll();
            var databases = new NodeDatabases(nodes);
            var blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, new MovedClock());
            new Agreeing(nodes, AUTHORITY, PLATFORM)
                    .conclude(text ->
                            ((ObjectNode) text.path("accessBlocks"))
                                    .put("afterLadder", false)
                                    .put("announcedBefore", "PT1M"));
            JsonNode early = blocks.draft(form(blocks, "BLOK-1")).body();
            databases.settle(BOTH);
            for (String party : BOTH) {
                nodes.stop(party);
                databases.copy(party.replace('-', '_'), party.replace('-', '_') + "_backup");
                nodes.start(party);
            }
            blocks.approve("approver", early);
            blocks.approve("approver.2", early);
            String id = AccessBlocks.id(early);
            blocks.await(id, one -> AccessBlocks.state(one).equals("announced"));
            nodes.post(
                    PLATFORM,
                    "senior-reviewer",
                    "/api/access-blocks/" + blocks.there("BLOK-1") + "/answers",
                    Map.of("text", "Sample answer."));
            // One after the other: of two at once either may be the first in the journal.
            blocks.await(id, one -> one.path("events").size() == 1);
            blocks.say(
                    "officer", id, "conditions", Map.of("condition", 1, "words", "Sample call."));
            blocks.await(id, one -> one.path("events").size() == 2);
            String withdrawn = blocks.send(form(blocks, "BLOK-2"));
            blocks.say("approver", withdrawn, "withdrawal", Map.of("reason", "Sample"));
            blocks.await(withdrawn, one -> AccessBlocks.state(one).equals("ended"));
            String lift = lateLift(nodes, blocks);
            databases.settle(BOTH);
            List<String> before = shown(blocks, id, withdrawn);

            for (String party : BOTH) {
                List<String> told = tell(databases, party);
                assertThat(told).hasSize(10);
                nodes.stop(party);
                databases.copy(party.replace('-', '_') + "_backup", party.replace('-', '_'));
                var recovered =
                        processes.run(
                                Recover.class, processes.configuration(party, false, Map.of()));
                assertThat(recovered.code()).as(recovered.output()).isZero();
                nodes.start(party);

                assertThat(tell(databases, party)).isEqualTo(told);
            }

            assertThat(shown(blocks, id, withdrawn)).isEqualTo(before);
            assertStopped(nodes, AUTHORITY, "officer", lift);
            assertStopped(nodes, PLATFORM, "reviewer", blocks.there("BLOK-3"));
            for (String party : BOTH) {
                awaitRow(databases, party, "other_clocks where reference = 'BLOK-3'");
            }
            awaitRow(databases, PLATFORM, "open_ladders where about = 'lift'");
            assertThat(
                            nodes.bean(AUTHORITY, JdbcClient.class)
                                    .sql("select count(*) from access_looks")
                                    .query(Integer.class)
                                    .single())
                    .as("each is looked at again")
                    .isEqualTo(3);
            blocks.say("approver", id, "withdrawal", Map.of("reason", "Sample"));
            blocks.await(id, one -> AccessBlocks.state(one).equals("ended"));
        }
    }

    /** Its lift is ordered and waits; the platform has stopped a step of the ladder about it. */
    private static String lateLift(TestNodes nodes, AccessBlocks blocks) throws Exception {
        Map<String, Object> form = form(blocks, "BLOK-3");
        Instant effect = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(75);
        form.put("names", List.of(AccessBlocks.name("late.platform.example", false)));
        form.put("reasons", List.of());
        form.put("takesEffectAt", effect.toString());
        form.put("reviewAt", effect.plus(Duration.ofDays(6)).toString());
        form.put("endsAt", effect.plus(Duration.ofDays(20)).toString());
        String id = blocks.send(form);
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!blocks.here(id).toString().contains("block_published")
                && System.nanoTime() < deadline) {
            Thread.sleep(500);
        }
        blocks.say("officer", id, "lift", Map.of("reason", "Sample"));
        blocks.await(id, one -> AccessBlocks.state(one).equals("lifting"));
        String path = "/api/access-blocks/" + blocks.there("BLOK-3") + "/ladders";
        String lift =
                nodes.await(PLATFORM, "reviewer", path, one -> one.size() == 1)
                        .at("/0/subject")
                        .asString();
        nodes.post(
                PLATFORM,
                "reviewer",
                path + "/" + lift + "/stop",
                Map.of("step", "Deputy", "reason", "Sample reason"));
        assertStopped(nodes, AUTHORITY, "officer", id);
        return id;
    }

    private static void assertStopped(TestNodes nodes, String party, String role, String id)
            throws Exception {
        nodes.await(
                party,
                role,
                "/api/access-blocks/" + id + "/ladders",
                one -> one.toString().contains("Sample reason"));
    }

    private static void awaitRow(NodeDatabases databases, String party, String from)
            throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (databases.count(party, "select count(*) from " + from) == 0
                && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertThat(databases.count(party, "select count(*) from " + from)).isPositive();
    }

    private static Map<String, Object> form(AccessBlocks blocks, String reference) {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground.");
        return form;
    }

    private static List<String> tell(NodeDatabases databases, String party) throws Exception {
        var told = new ArrayList<String>();
        for (String sql : TOLD) {
            told.addAll(databases.strings(party, sql));
        }
        return told;
    }

    /** What people see on both sides; not which way the receipt came. */
    private static List<String> shown(AccessBlocks blocks, String... ids) throws Exception {
        var shown = new ArrayList<String>();
        for (String id : ids) {
            JsonNode block = blocks.await(id, _ -> true);
            shown.add(block.path("block").toString() + block.path("events") + block.path("unmet"));
        }
        return shown;
    }
}
