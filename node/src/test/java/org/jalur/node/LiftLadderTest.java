package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.name;
import static org.jalur.node.AccessBlocks.state;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jalur.access.DomainName;
import org.jalur.access.order.OrderEvent;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.Hash;
import org.jalur.node.access.OrderActs;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What comes when an access block should be lifted and nobody confirms that it is. */
class LiftLadderTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeWitness witness;
    private static AccessBlocks blocks;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        witness = new HandMadeWitness(nodes.url(AUTHORITY));
        Path policy = Files.writeString(folder.resolve("policy.txt"), witness.policy());
        for (String party : BOTH) {
            nodes.with(party, "jalur.witness-policy", policy.toString());
            nodes.start(party);
        }
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        new Agreeing(nodes, AUTHORITY, PLATFORM)
                .conclude(text -> {
                    ((ObjectNode) text.path("accessBlocks")).put("afterLadder", false);
                    ((ArrayNode) liftLadder(text).path("steps"))
                            .addObject()
                            .put("name", "Formal warning")
                            .put("action", "warning")
                            .put("after", "PT1H")
                            .put("announcedBefore", "PT1H")
                            .put("approval", "senior-reviewer")
                            .put("provenSilence", "PT12H");
                });
    }

    private static JsonNode liftLadder(JsonNode text) {
        return text.path("escalation")
                .valueStream()
                .filter(one -> one.path("about").asString().equals("lift"))
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        witness.close();
    }

    private static void pass(Duration time) {
        CLOCK.forward(time);
        for (String party : BOTH) {
            for (String bell : List.of("jalur_ladders", "jalur_access")) {
                nodes.bean(party, JdbcClient.class)
                        .sql("select pg_notify(:bell, '')")
                        .param("bell", bell)
                        .query((_, _) -> true)
                        .list();
            }
        }
    }

    /** An order in force for two names of its own. */
    private static String inForce(String reference) throws Exception {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground.");
        form.put(
                "names",
                List.of(
                        name("a." + reference.toLowerCase(Locale.ROOT) + ".example", false),
                        name("b." + reference.toLowerCase(Locale.ROOT) + ".example", false)));
        form.put("reasons", List.of());
        String id = blocks.send(form);
        pass(Duration.ofHours(74));
        blocks.await(
                id,
                one -> state(one).equals("in_force") && one.toString().contains("block_published"));
        return id;
    }

    private static JsonNode ladders(String party, String block) throws Exception {
        return nodes.get(party, reader(party), path(block)).body();
    }

    private static String reader(String party) {
        return party.equals(AUTHORITY) ? "officer" : "reviewer";
    }

    private static String path(String block) {
        return "/api/access-blocks/" + block + "/ladders";
    }

    private static JsonNode step(JsonNode ladder, String name) {
        return ladder.path("steps")
                .valueStream()
                .filter(one -> one.path("step").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> states(JsonNode ladders) {
        Map<String, String> states = new TreeMap<>();
        ladders.valueStream()
                .forEach(ladder -> {
                    String lift = ladder.path("subject").asString();
                    states.put(
                            lift,
                            ladder.path("since").asString()
                                    + " "
                                    + ladder.path("dueAt").asString()
                                    + " "
                                    + ladder.path("answeredAt").asString(""));
                    ladder.path("steps")
                            .valueStream()
                            .forEach(one ->
                                    states.put(
                                            lift + " " + one.path("step").asString(),
                                            one.path("state").asString()
                                                    + " "
                                                    + one.path("at").asString("")));
                });
        return states;
    }

    /** An order's id on either side. */
    private record Block(String here, String there) {
        static Block inForce(String reference) throws Exception {
            String here = LiftLadderTest.inForce(reference);
            return new Block(here, blocks.there(reference));
        }

        /** Until both nodes show the same ladders, and what is wanted of them. */
        JsonNode await(Predicate<JsonNode> wanted) throws Exception {
            JsonNode shown = nodes.await(AUTHORITY, "officer", path(here), wanted);
            JsonNode told =
                    nodes.await(
                            PLATFORM,
                            "reviewer",
                            path(there),
                            one -> wanted.test(one) && states(one).equals(states(shown)));
            assertThat(states(told)).isEqualTo(states(shown));
            return told;
        }

        JsonNode await(String step, String state) throws Exception {
            return await(ladders ->
                            ladders.size() > 0
                                    && step(ladders.get(0), step)
                                            .path("state")
                                            .asString()
                                            .equals(state))
                    .get(0);
        }

        TestNodes.Reply say(String role, String lift, String what, Map<String, Object> body)
                throws Exception {
            return nodes.post(PLATFORM, role, path(there) + "/" + lift + "/" + what, body);
        }

        void lift() throws Exception {
            assertThat(blocks.say("officer", here, "lift", Map.of("reason", "Sample.")).status())
                    .isEqualTo(200);
            blocks.await(here, one -> state(one).equals("lifting"));
        }

        /** As the measuring of resolvers records it. */
        void measured() throws Exception {
            JsonNode block = blocks.here(here);
            Set<DomainName> names = new HashSet<>();
            block.path("names")
                    .valueStream()
                    .forEach(one -> names.add(DomainName.read(one.path("name").asString())));
            nodes.bean(AUTHORITY, TransactionTemplate.class)
                    .executeWithoutResult(_ ->
                            nodes.bean(AUTHORITY, OrderActs.class)
                                    .record(
                                            UUID.fromString(here),
                                            new OrderEvent.LiftMeasured(
                                                    names,
                                                    Set.of(),
                                                    CLOCK.instant()
                                                            .truncatedTo(ChronoUnit.MILLIS))));
        }
    }

    private static Map<String, Object> call(String step) {
        return Map.of(
                "step",
                step,
                "number",
                "+62215550100",
                "at",
                CLOCK.instant().toString(),
                "outcome",
                "no_answer");
    }

    private static int notified(String party, String kind, String subject) {
        return nodes.bean(party, JdbcClient.class)
                .sql(
                        """
                        select count(*) from notification_events
                        where kind = :kind and subject like :subject || '%' and settled_at is null
                        """)
                .param("kind", kind)
                .param("subject", subject)
                .query(Integer.class)
                .single();
    }

    private static String clocks(String party) throws Exception {
        return nodes.text(party, reader(party), "/api/clocks");
    }

    @Test
    void liftThatNobodyConfirmsIsClimbedStepByStepUntilItIsMeasured() throws Exception {
        Block block = Block.inForce("NORMAL-1");
        for (String party : BOTH) {
            assertThat(ladders(party, party.equals(AUTHORITY) ? block.here() : block.there()))
                    .as("nothing is due yet")
                    .isEmpty();
            assertThat(clocks(party)).doesNotContain("NORMAL-1");
        }

        assertThat(
                        nodes.get(PLATFORM, "reviewer", path(UUID.randomUUID().toString()))
                                .body()
                                .toString())
                .contains("unknown-access-block");

        block.lift();
        JsonNode begun = block.await("Reminder", "ahead");
        String lift = begun.path("subject").asString();
        assertThat(begun.path("climber").asString()).isEqualTo("platform");
        assertThat(Duration.between(time(begun, "since"), time(begun, "dueAt")))
                .isEqualTo(Duration.ofHours(24));
        for (String party : BOTH) {
            assertThat(clocks(party)).contains("NORMAL-1,lift,");
        }
        assertThat(notified(AUTHORITY, "lift-step", block.here())).isZero();

        pass(Duration.ofMinutes(24 * 60 - 4));
        block.await("Reminder", "announced");
        assertThat(notified(AUTHORITY, "lift-step", block.here())).isPositive();
        assertThat(block.say("reviewer", lift, "call", call("Duty contact")).status())
                .isEqualTo(409);
        assertThat(
                        block.say(
                                        "auditor",
                                        lift,
                                        "stop",
                                        Map.of("step", "Reminder", "reason", "Sample"))
                                .status())
                .isEqualTo(403);
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "approver",
                                        path(block.here()) + "/" + lift + "/stop",
                                        Map.of("step", "Reminder", "reason", "Sample"))
                                .status())
                .as("the authority stops nothing that is held against it")
                .isEqualTo(403);
        pass(Duration.ofMinutes(6));
        block.await("Reminder", "done");
        assertThat(clocks(AUTHORITY)).contains("NORMAL-1,lift,").contains(",-");

        pass(Duration.ofMinutes(26));
        block.await("Duty contact", "announced");
        pass(Duration.ofMinutes(6));
        block.await("Duty contact", "due");
        assertThat(notified(PLATFORM, "lift-call", block.there() + "/ladders/" + lift))
                .isEqualTo(1);
        assertThat(
                        block.say("reviewer", UUID.randomUUID().toString(), "call", call("Deputy"))
                                .status())
                .isEqualTo(404);
        assertThat(block.say("reviewer", lift, "call", call("Duty contact")).status())
                .isEqualTo(200);
        JsonNode called = step(block.await("Duty contact", "done"), "Duty contact");
        assertThat(called.findValue("call").path("number").asString()).isEqualTo("+62215550100");

        assertThat(
                        block.say("reviewer", lift, "stop", Map.of("step", "Deputy", "reason", ""))
                                .status())
                .isEqualTo(422);
        for (String step : List.of("Deputy", "Representative")) {
            block.say(
                    "senior-reviewer",
                    lift,
                    "stop",
                    Map.of("step", step, "reason", "Sample reason"));
            JsonNode stopped = step(block.await(step, "stopped"), step);
            assertThat(stopped.findValue("reason").asString()).isEqualTo("Sample reason");
        }

        pass(Duration.ofMinutes(3));
        block.await("Formal warning", "announced");
        assertThat(
                        block.say("reviewer", lift, "approval", Map.of("step", "Formal warning"))
                                .status())
                .isEqualTo(409);
        assertThat(
                        block.say(
                                        "senior-reviewer",
                                        lift,
                                        "approval",
                                        Map.of("step", "Formal warning"))
                                .status())
                .isEqualTo(200);
        for (int i = 0; i < 40 && !isDone(block, "Formal warning"); i++) {
            pass(Duration.ofHours(1));
            Thread.sleep(200);
        }
        JsonNode warned = block.await("Formal warning", "done");
        assertThat(step(warned, "Formal warning").toString()).contains("cosigned", "seenAt");

        block.measured();
        JsonNode over = block.await(ladders -> ladders.get(0).path("answeredAt").isString()).get(0);
        assertThat(step(over, "Formal warning").path("state").asString()).isEqualTo("done");
        assertThat(
                        block.say(
                                        "reviewer",
                                        lift,
                                        "stop",
                                        Map.of("step", "Representative", "reason", "Sample"))
                                .status())
                .isEqualTo(409);
        for (String party : BOTH) {
            assertThat(clocks(party)).doesNotContain("NORMAL-1");
        }
        assertThat(notified(AUTHORITY, "lift-step", block.here())).isZero();
        assertThat(refusal(PLATFORM, act(lift, "Formal warning", "taken"), block))
                .isEqualTo("escalation.lift.answered");
        assertEvidenceHoldsTheLadder(block);
    }

    private static Instant time(JsonNode ladder, String member) {
        return Instant.parse(ladder.path(member).asString());
    }

    private static boolean isDone(Block block, String step) throws Exception {
        return step(ladders(PLATFORM, block.there()).get(0), step)
                .path("state")
                .asString()
                .equals("done");
    }

    /** What a court is shown: all acts on the ladder are among the messages about the order. */
    private static void assertEvidenceHoldsTheLadder(Block block) throws Exception {
        var expected =
                new Expectations(
                        Map.of(
                                new PartyId(AUTHORITY),
                                nodes.identityOf(AUTHORITY).publicKey().fingerprint(),
                                new PartyId(PLATFORM),
                                nodes.identityOf(PLATFORM).publicKey().fingerprint()),
                        Optional.empty(),
                        false);
        byte[] file =
                nodes.signedIn(PLATFORM, Role.AUDITOR)
                        .download(
                                "/access-blocks/" + block.there() + "/evidence?open=facts,content")
                        .body();
        List<Finding> findings = new ArrayList<>();
        Summary summary =
                new Verification(expected).run(new ByteArrayInputStream(file), findings::add);
        assertThat(summary.verdict()).as(findings.toString()).isEqualTo(Summary.Verdict.GENUINE);
        int messages =
                nodes.bean(PLATFORM, JdbcClient.class)
                        .sql(
                                """
                                select count(*) from messages where about = :order
                                """)
                        .param("order", UUID.fromString(block.here()))
                        .query(Integer.class)
                        .single();
        int acts =
                nodes.bean(PLATFORM, JdbcClient.class)
                        .sql(
                                """
                                select count(*) from ladder_acts where about = 'lift'
                                    and subject in (select message_id from messages where about = :order)
                                """)
                        .param("order", UUID.fromString(block.here()))
                        .query(Integer.class)
                        .single();
        assertThat(acts).isGreaterThan(8);
        assertThat(summary.genuine()).isGreaterThanOrEqualTo(messages + acts);
    }

    @Test
    void promisedTimeMakesItDueAndALaterPromiseOrARestartChangesNothing() throws Exception {
        Block block = Block.inForce("NORMAL-2");
        Instant promised =
                CLOCK.instant().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofHours(30));
        blocks.say("approver", block.here(), "promise", Map.of("liftAt", promised.toString()));
        blocks.await(block.here(), one -> one.at("/block/promisedLift").isString());

        pass(Duration.ofHours(31));
        JsonNode begun = block.await("Reminder", "ahead");
        assertThat(time(begun, "since")).isEqualTo(promised);
        blocks.say(
                "approver",
                block.here(),
                "promise",
                Map.of("liftAt", CLOCK.instant().plus(Duration.ofDays(9)).toString()));
        block.lift();
        assertThat(block.await(all -> all.size() == 1).get(0).path("since").asString())
                .as("what has been due stays due")
                .isEqualTo(promised.toString());

        nodes.stop(PLATFORM);
        CLOCK.forward(Duration.ofHours(24));
        nodes.start(PLATFORM);
        block.await("Reminder", "announced");
        nodes.stop(PLATFORM);
        CLOCK.forward(Duration.ofMinutes(10));
        nodes.start(PLATFORM);
        block.await("Reminder", "done");
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql(
                                        """
                                        select kind from ladder_acts where step = 'Reminder' and subject = :lift
                                        order by message
                                        """)
                                .param("lift", UUID.fromString(begun.path("subject").asString()))
                                .query((row, _) -> row.getString("kind"))
                                .list())
                .as("each once")
                .containsExactly("announced", "taken");

        block.measured();
        JsonNode over = block.await(ladders -> ladders.get(0).path("answeredAt").isString()).get(0);
        assertThat(step(over, "Duty contact").path("state").asString()).isEqualTo("not-needed");
    }

    @Test
    void eachPartOfALiftHasItsOwnClock() throws Exception {
        Block block = Block.inForce("NORMAL-3");
        blocks.say(
                "officer",
                block.here(),
                "lift",
                Map.of("names", List.of("a.normal-3.example"), "reason", "Sample."));
        block.await(all -> all.size() == 1);
        pass(Duration.ofHours(2));
        block.lift();

        JsonNode both = block.await(all -> all.size() == 2);
        assertThat(Duration.between(time(both.get(0), "since"), time(both.get(1), "since")))
                .isGreaterThanOrEqualTo(Duration.ofHours(2));

        block.measured();
        block.await(all -> all.valueStream().allMatch(one -> one.path("answeredAt").isString()));
    }

    @Test
    void orderThatRunsOutIsDueAtItsEndUnlessItIsRenewedBefore() throws Exception {
        Block block = Block.inForce("NORMAL-4");
        Instant end = time(blocks.here(block.here()).path("block"), "endsAt");
        Instant later = end.plus(Duration.ofDays(5)).truncatedTo(ChronoUnit.SECONDS);
        pass(Duration.between(CLOCK.instant(), end.minus(Duration.ofHours(1))));
        for (String role : List.of("approver", "approver.2")) {
            blocks.say(
                    role,
                    block.here(),
                    "renewal",
                    Map.of(
                            "reasons",
                            "Sample reasons.",
                            "reviewAt",
                            later.minus(Duration.ofDays(1)).toString(),
                            "endsAt",
                            later.toString()));
        }
        blocks.await(
                block.here(), one -> one.at("/block/endsAt").asString().equals(later.toString()));
        pass(Duration.ofHours(2));
        assertThat(ladders(PLATFORM, block.there())).isEmpty();

        pass(Duration.between(CLOCK.instant(), later.plus(Duration.ofHours(1))));
        JsonNode begun = block.await("Reminder", "ahead");
        assertThat(time(begun, "since")).isEqualTo(later);
        block.measured();
        block.await(all -> all.get(0).path("answeredAt").isString());
    }

    private static Map<String, Object> act(String lift, String step, String what) {
        Map<String, Object> act = new HashMap<>();
        act.put("about", "lift");
        act.put("subject", lift);
        act.put("step", step);
        act.put("act", what);
        return act;
    }

    /** The clause of the signed refusal that an act gets from the other side. */
    private static String refusal(String sender, Map<String, Object> act, Block block)
            throws Exception {
        UUID id = UUID.randomUUID();
        Channel channel = nodes.bean(sender, Channels.class).all().getFirst();
        JdbcClient jdbc = nodes.bean(sender, JdbcClient.class);
        Hash agreement =
                jdbc.sql("select agreement from access_orders where order_id = :order")
                        .param("order", UUID.fromString(block.here()))
                        .query((row, _) -> Hash.of(row.getBytes("agreement")))
                        .single();
        nodes.bean(sender, TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        nodes.bean(sender, Exchange.class)
                                .send(
                                        channel,
                                        new Exchange.Draft(
                                                id,
                                                MessageKind.ESCALATION,
                                                Optional.of(id),
                                                Optional.of(agreement),
                                                List.of(
                                                        Part.of(
                                                                "ladder-act",
                                                                TestNodes.JSON
                                                                        .writeValueAsString(act)
                                                                        .getBytes(UTF_8))))));
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            Optional<byte[]> leaves =
                    jdbc.sql(
                                    """
                                    select leaves from messages
                                    where about = :act and kind = 'refusal' and direction = 'in'
                                    """)
                            .param("act", id)
                            .query((row, _) -> row.getBytes("leaves"))
                            .optional();
            if (leaves.isPresent()) {
                Part part =
                        nodes.bean(sender, PartStore.class)
                                .open(channel, Hash.of(leaves.get()))
                                .orElseThrow();
                return Parts.read(part, Refusal.class).clause();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no refusal of " + act);
    }

    @Test
    void hostileActsGetASignedRefusalWithItsClause() throws Exception {
        Block block = Block.inForce("NORMAL-5");
        block.lift();
        String lift = block.await("Reminder", "ahead").path("subject").asString();

        assertThat(refusal(AUTHORITY, act(lift, "Reminder", "taken"), block))
                .as("an authority climbs no ladder about its own silence")
                .isEqualTo("escalation.lift.climber");
        assertThat(refusal(PLATFORM, act(lift, "ST9", "taken"), block))
                .isEqualTo("escalation.lift.steps");
        assertThat(refusal(PLATFORM, act(lift, "Duty contact", "taken"), block))
                .as("a call says whom it called")
                .isEqualTo("escalation.lift.steps.Duty contact");
        assertThat(refusal(PLATFORM, act(UUID.randomUUID().toString(), "Reminder", "taken"), block))
                .isEqualTo("escalation.lift.subject");
        assertThat(refusal(PLATFORM, act(block.here(), "Reminder", "taken"), block))
                .as("nothing of this order is due by its end")
                .isEqualTo("escalation.lift.subject");
        assertThat(step(block.await("Reminder", "ahead"), "Reminder").path("acts"))
                .as("none of these counts")
                .isEmpty();

        block.measured();
        block.await(all -> all.get(0).path("answeredAt").isString());
        assertThat(refusal(PLATFORM, act(lift, "Reminder", "announced"), block))
                .isEqualTo("escalation.lift.answered");
    }

    @Test
    void pagesShowTheLadderToBothAndItsFormsToThePlatformAlone() throws Exception {
        Block block = Block.inForce("NORMAL-6");
        block.lift();
        String lift = block.await("Reminder", "ahead").path("subject").asString();
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        String own = "/access-blocks/" + block.there() + "/ladders/" + lift;
        String other = "/access-blocks/" + block.here() + "/ladders/" + lift;

        assertThat(officer.get("/access-blocks/" + block.here()).body())
                .contains("Duty contact")
                .doesNotContain("stopReason", other);
        assertThat(reviewer.get("/access-blocks/" + block.there()).body())
                .contains("Duty contact", own)
                .doesNotContain("stopReason");
        assertThat(officer.get(other).body()).contains("Duty contact").doesNotContain("stopReason");
        assertThat(reviewer.get(own).body()).contains("Duty contact", "stopReason");
        pass(Duration.ofHours(21));
        for (PageVisitor visitor : List.of(officer, reviewer)) {
            assertThat(visitor.get("/clocks").body()).contains("NORMAL-6");
        }

        var wrong = reviewer.post(own + "/stop", Map.of("stopStep", "Deputy", "stopReason", ""));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("stopReason-error");
        assertThat(
                        reviewer.post(
                                        own + "/stop",
                                        Map.of("stopStep", "Deputy", "stopReason", "Sample words"))
                                .statusCode())
                .isEqualTo(302);
        block.await(all -> step(all.get(0), "Deputy").toString().contains("Sample words"));
        assertThat(officer.get("/access-blocks/" + block.here()).body()).contains("Sample words");
        block.measured();
        block.await(all -> all.get(0).path("answeredAt").isString());
    }
}
