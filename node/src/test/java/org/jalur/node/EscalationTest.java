package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What comes when a platform is silent, on two real nodes whose clock is put forward. */
class EscalationTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;
    private static HandMadeWitness witness;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        witness = new HandMadeWitness(nodes.url(PLATFORM));
        Path policy = Files.writeString(folder.resolve("policy.txt"), witness.policy());
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            nodes.with(party, "jalur.witness-policy", policy.toString());
            nodes.start(party);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        witness.close();
    }

    /** Puts the clock forward, and wakes the timer as a new step would. */
    private static void pass(Duration time) {
        CLOCK.forward(time);
        nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select pg_notify('jalur_ladders', '')")
                .query((_, _) -> true)
                .list();
    }

    private static String send() throws Exception {
        String notice =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notices",
                                ChannelTest.form(PLATFORM, "https://social.example/a/1"))
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        return notice;
    }

    private static String caseOf(String notice) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql("select id from cases where notice_id = :notice")
                .param("notice", UUID.fromString(notice))
                .query(UUID.class)
                .single()
                .toString();
    }

    private static JsonNode step(JsonNode ladder, String name) {
        return ladder.path("steps")
                .valueStream()
                .filter(one -> one.path("step").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Until both nodes show the step in that state; they show the same of all others too. */
    private static JsonNode await(String notice, String step, String state) throws Exception {
        Predicate<JsonNode> wanted =
                ladder -> step(ladder, step).path("state").asString().equals(state);
        JsonNode here =
                nodes.await(AUTHORITY, "officer", "/api/notices/" + notice + "/ladder", wanted);
        JsonNode there =
                nodes.await(
                        PLATFORM, "reviewer", "/api/cases/" + caseOf(notice) + "/ladder", wanted);
        assertThat(states(there)).isEqualTo(states(here));
        return here;
    }

    private static Map<String, String> states(JsonNode ladder) {
        Map<String, String> states = new TreeMap<>();
        ladder.path("steps")
                .valueStream()
                .forEach(one ->
                        states.put(
                                one.path("step").asString(),
                                one.path("state").asString() + " " + one.path("at").asString("")));
        return states;
    }

    private static TestNodes.Reply say(
            String role, String notice, String what, Map<String, Object> body) throws Exception {
        return nodes.post(AUTHORITY, role, "/api/notices/" + notice + "/ladder/" + what, body);
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
                "no_answer",
                "remark",
                "Sample remark");
    }

    @Test
    void silenceIsClimbedStepByStepUntilSomebodyAnswers() throws Exception {
        String notice = send();
        await(notice, "Reminder", "ahead");

        pass(Duration.ofMinutes(4 * 60 - 4));
        await(notice, "Reminder", "announced");
        assertThat(say("officer", notice, "call", call("Duty contact")).status()).isEqualTo(409);
        pass(Duration.ofMinutes(6));
        await(notice, "Reminder", "done");

        pass(Duration.ofMinutes(26));
        await(notice, "Duty contact", "announced");
        pass(Duration.ofMinutes(6));
        await(notice, "Duty contact", "due");
        assertThat(
                        say(
                                        "officer",
                                        notice,
                                        "call",
                                        Map.of(
                                                "step",
                                                "Duty contact",
                                                "number",
                                                "555",
                                                "at",
                                                CLOCK.instant().toString(),
                                                "outcome",
                                                "answered"))
                                .status())
                .isEqualTo(422);
        assertThat(say("officer", notice, "call", call("Duty contact")).status()).isEqualTo(200);
        JsonNode called = step(await(notice, "Duty contact", "done"), "Duty contact");
        assertThat(called.findValue("call").path("number").asString()).isEqualTo("+62215550100");

        assertThat(say("officer", notice, "stop", Map.of("step", "Deputy", "reason", "")).status())
                .isEqualTo(422);
        say("officer", notice, "stop", Map.of("step", "Deputy", "reason", "Sample reason"));
        JsonNode stopped = step(await(notice, "Deputy", "stopped"), "Deputy");
        assertThat(stopped.findValue("reason").asString()).isEqualTo("Sample reason");
        say("officer", notice, "stop", Map.of("step", "Representative", "reason", "Sample reason"));
        await(notice, "Representative", "stopped");

        pass(Duration.ofHours(49));
        await(notice, "ST1", "announced");
        assertThat(say("officer", notice, "approval", Map.of("step", "ST1")).status())
                .isEqualTo(409);
        assertThat(say("approver", notice, "approval", Map.of("step", "ST1")).status())
                .isEqualTo(200);
        pass(Duration.ofHours(25));
        JsonNode warned = await(notice, "ST1", "done");
        assertThat(step(warned, "ST1").toString()).contains("cosigned", "seenAt");

        pass(Duration.ofHours(49));
        await(notice, "ST2", "announced");
        pass(Duration.ofHours(25));
        await(notice, "ST2", "waits-approval");

        String open = "/api/cases/" + caseOf(notice);
        nodes.post(PLATFORM, "reviewer", open + "/claim", Map.of());
        nodes.post(
                PLATFORM,
                "reviewer",
                open + "/decisions",
                Map.of(
                        "decisions",
                        List.of(
                                Map.of(
                                        "outcome",
                                        "refused",
                                        "ground",
                                        "not_illegal",
                                        "policy",
                                        "Sample rule 1",
                                        "reason",
                                        "Sample reason."))));
        JsonNode answered = await(notice, "ST2", "not-needed");
        assertThat(answered.hasNonNull("answeredAt")).isTrue();
        assertThat(say("approver", notice, "approval", Map.of("step", "ST2")).status())
                .isEqualTo(409);
    }

    @Test
    void warningWithoutAWitnessWaitsUntilOneHasSigned() throws Exception {
        witness.mode = HandMadeWitness.Mode.BUSY;
        String notice = send();
        for (String step : List.of("Reminder", "Duty contact", "Deputy", "Representative")) {
            say("officer", notice, "stop", Map.of("step", step, "reason", "Sample reason"));
            await(notice, step, "stopped");
        }
        pass(Duration.ofHours(49));
        await(notice, "ST1", "announced");
        say("approver", notice, "approval", Map.of("step", "ST1"));
        pass(Duration.ofHours(25));

        JsonNode waiting = step(await(notice, "ST1", "waits-cosignature"), "ST1");
        assertThat(waiting.path("cosignature").hasNonNull("wantedBy")).isTrue();
        assertThat(waiting.path("cosignature").hasNonNull("seen")).isFalse();

        witness.mode = HandMadeWitness.Mode.HONEST;
        send();
        for (int i = 0; i < 20 && !isDone(notice); i++) {
            pass(Duration.ofMinutes(2));
            Thread.sleep(500);
        }
        await(notice, "ST1", "done");
    }

    private static boolean isDone(String notice) throws Exception {
        return step(
                        nodes.get(AUTHORITY, "officer", "/api/notices/" + notice + "/ladder")
                                .body(),
                        "ST1")
                .path("state")
                .asString()
                .equals("done");
    }

    @Test
    void pagesShowLaddersAndClocksAndKeepWhatWasTyped() throws Exception {
        String notice = send();
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);

        assertThat(officer.get("/notices/" + notice).body()).contains("Duty contact", "stopReason");
        assertThat(reviewer.get("/cases/" + caseOf(notice)).body())
                .contains("Duty contact")
                .doesNotContain("stopReason");
        var wrong =
                officer.post(
                        "/notices/" + notice + "/ladder/stop",
                        Map.of("stopStep", "Deputy", "stopReason", ""));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("stopReason-error");

        for (PageVisitor visitor : List.of(officer, reviewer)) {
            assertThat(visitor.get("/clocks").body()).contains("<svg", "/clocks/file");
            assertThat(visitor.get("/clocks/file").body())
                    .startsWith("id,peer,reference,")
                    .contains("REF-");
        }
        assertThat(officer.get("/clocks/file").body()).contains(notice);
    }
}
