package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jalur.node.AccessBlocks.name;
import static org.jalur.node.AccessBlocks.reason;
import static org.jalur.node.AccessBlocks.state;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An order from its draft to its lift, on two real nodes whose clock is put forward. */
class AccessBlockTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeWitness witness;
    private static AccessBlocks blocks;
    private static String notice;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        witness = new HandMadeWitness(nodes.url(PLATFORM));
        Path policy = Files.writeString(folder.resolve("policy.txt"), witness.policy());
        nodes.with(AUTHORITY, "jalur.relay.witness", HandMadeWitness.NAME)
                .with(AUTHORITY, "jalur.relay.after", "1s");
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            nodes.with(party, "jalur.witness-policy", policy.toString());
            nodes.start(party);
        }
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        notice = blocks.silence("https://social.example/a/1");
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        witness.close();
    }

    private static Map<String, Object> form(String reference) {
        return blocks.form(reference, List.of(notice));
    }

    private static void assertBroken(TestNodes.Reply reply, String field, String rule) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(422);
        assertThat(reply.body().path("rule").asString())
                .as(reply.body().toString())
                .isEqualTo(rule);
        assertThat(reply.body().path("field").asString()).isEqualTo(field);
    }

    @Test
    void orderGoesItsWholeWayTheSameOnBothSides() throws Exception {
        String id = blocks.send(form("BLOK-1"));
        JsonNode announced = blocks.here(id);
        assertThat(announced.at("/notices/0/id").asString()).isEqualTo(notice);
        assertThat(blocks.zone()).doesNotContain("t.me");
        String there = blocks.there("BLOK-1");

        assertThat(
                        nodes.post(
                                        PLATFORM,
                                        "senior-reviewer",
                                        "/api/access-blocks/" + there + "/answers",
                                        Map.of("text", "Sample answer of the platform."))
                                .status())
                .isEqualTo(200);
        blocks.await(id, one -> one.toString().contains("Sample answer of the platform."));

        blocks.pass(Duration.ofHours(74));
        blocks.await(
                id,
                one -> state(one).equals("in_force") && one.toString().contains("block_published"));
        blocks.awaitZone(List.of("t.me", "web.platform.example"));

        assertThat(
                        blocks.say(
                                        "officer",
                                        id,
                                        "conditions",
                                        Map.of("condition", 1, "words", "Sample call of 1 March."))
                                .status())
                .isEqualTo(200);
        blocks.say(
                "approver",
                id,
                "promise",
                Map.of("liftAt", CLOCK.instant().plus(Duration.ofDays(2)).toString()));
        JsonNode promised = blocks.await(id, one -> one.at("/block/promisedLift").isString());
        assertThat(promised.path("unmet").toString()).isEqualTo("[0]");
        assertThat(promised.toString()).contains("Sample call of 1 March.");

        assertBroken(
                blocks.say(
                        "officer",
                        id,
                        "lift",
                        Map.of("names", List.of("other.example"), "reason", "Sample")),
                "names",
                "not_in_force");
        assertThat(
                        blocks.say(
                                        "officer",
                                        id,
                                        "lift",
                                        Map.of("names", List.of("t.me"), "reason", "Sample"))
                                .status())
                .isEqualTo(200);
        assertThat(blocks.zone())
                .as("in the same transaction")
                .containsExactly("web.platform.example");
        blocks.await(id, one -> one.at("/block/inForce").asInt() == 1);
        assertBroken(
                blocks.say(
                        "officer",
                        id,
                        "lift",
                        Map.of("names", List.of("t.me"), "reason", "Sample")),
                "names",
                "not_in_force");

        blocks.say("approver", id, "lift", Map.of("reason", "Conditions are met."));
        JsonNode lifting = blocks.await(id, one -> state(one).equals("lifting"));
        assertThat(blocks.zone()).isEmpty();
        assertThat(lifting.toString()).contains("lift_published");
        assertThat(blocks.say("approver", id, "lift", Map.of("reason", "Again.")).status())
                .isEqualTo(422);
        assertThatThrownBy(() ->
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql("delete from access_events")
                                .update())
                .hasMessageContaining("access_events");
        assertEvidenceIsGenuine(id, there);
    }

    /** What a court is shown, with nothing but the identities known. */
    private static void assertEvidenceIsGenuine(String id, String there) throws Exception {
        var expected =
                new Expectations(
                        Map.of(
                                new PartyId(AUTHORITY),
                                nodes.identityOf(AUTHORITY).publicKey().fingerprint(),
                                new PartyId(PLATFORM),
                                nodes.identityOf(PLATFORM).publicKey().fingerprint()),
                        Optional.empty(),
                        false);
        for (byte[] file :
                List.of(
                        nodes.signedIn(AUTHORITY, Role.OFFICER)
                                .download("/access-blocks/" + id + "/evidence?open=facts,content")
                                .body(),
                        nodes.signedIn(PLATFORM, Role.AUDITOR)
                                .download(
                                        "/access-blocks/" + there + "/evidence?open=facts,content")
                                .body())) {
            List<Finding> findings = new ArrayList<>();
            Summary summary =
                    new Verification(expected).run(new ByteArrayInputStream(file), findings::add);
            assertThat(summary.verdict())
                    .as(findings.toString())
                    .isEqualTo(Summary.Verdict.GENUINE);
            assertThat(summary.genuine()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void draftOutsideOfTheAgreementOrOutOfProportionIsRefusedByItsRule() throws Exception {
        Map<String, Object> form = form("BLOK-2");
        form.put("takesEffectAt", CLOCK.instant().plus(Duration.ofHours(1)).toString());
        form.put("reviewAt", CLOCK.instant().plus(Duration.ofDays(1)).toString());
        assertBroken(blocks.draft(form), "takesEffectAt", "too_soon");

        form = form("BLOK-2");
        Instant effect = Instant.parse(form.get("takesEffectAt").toString());
        form.put("endsAt", effect.plus(Duration.ofDays(31)).toString());
        assertBroken(blocks.draft(form), "endsAt", "at_most");

        form = form("BLOK-2");
        form.put(
                "names",
                IntStream.range(0, 21).mapToObj(i -> name("h" + i + ".a.example", false)).toList());
        assertBroken(blocks.draft(form), "names", "too_many");

        form = form("BLOK-2");
        form.put("organisation", "Lembaga Lain");
        assertBroken(blocks.draft(form), "organisation", "organisation");

        for (String forbidden :
                List.of("co.id", "my.telegram.org", "192.0.2.1", "https://a.example/", "arpa")) {
            form = form("BLOK-2");
            form.put("names", List.of(name(forbidden, false)));
            TestNodes.Reply reply = blocks.draft(form);
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(422);
            assertThat(reply.body().path("field").asString()).isEqualTo("names");
        }

        form = form("BLOK-2");
        form.put("names", List.of(name("telegram.org", true)));
        assertBroken(blocks.draft(form), "names", "forbidden");

        form = form("BLOK-2");
        form.put("reasons", List.of(reason("t.me", "shared_name")));
        assertBroken(blocks.draft(form), "reasons", "reason");

        assertBroken(
                blocks.draft(blocks.form("BLOK-2", List.of(UUID.randomUUID().toString()))),
                "ground",
                "not_unanswered");

        form = blocks.form("BLOK-2", List.of());
        form.put("otherGround", "Because.");
        assertBroken(blocks.draft(form), "ground", "ladder_needed");

        form = form("BLOK-2");
        form.remove("endsAt");
        assertBroken(blocks.draft(form), "endsAt", "empty");

        form = form("BLOK-2");
        form.put("conditions", List.of(Map.of("type", "bribe")));
        assertBroken(blocks.draft(form), "conditions", "condition_type");
    }

    @Test
    void twoOtherPeopleApproveWhatTheyHaveRead() throws Exception {
        Map<String, Object> form = form("BLOK-3");
        form.put("names", List.of(name("web.platform.example", true)));
        form.put("reasons", List.of(reason("web.platform.example", "every_subdomain")));
        JsonNode draft = blocks.draft(form).body();
        String id = AccessBlocks.id(draft);
        String digest = draft.path("digest").asString();

        assertThat(blocks.say("officer", id, "approval", Map.of("digest", digest)).status())
                .as("the drafter's role approves nothing")
                .isEqualTo(403);
        assertBroken(
                blocks.say(
                        "approver",
                        id,
                        "approval",
                        Map.of("digest", "0".repeat(64), "subdomains", true)),
                "read",
                "not_read");
        assertBroken(
                blocks.say("approver", id, "approval", Map.of("digest", "abc", "subdomains", true)),
                "digest",
                "digest");
        assertBroken(
                blocks.say(
                        "approver", id, "approval", Map.of("digest", digest, "subdomains", false)),
                "subdomains",
                "subdomains");
        Map<String, Object> yes = Map.of("digest", digest, "subdomains", true);
        JsonNode once = blocks.say("approver", id, "approval", yes).body();
        assertThat(state(once)).isEqualTo("approved_by_one");
        assertBroken(blocks.say("approver", id, "approval", yes), "by", "approver");
        assertThat(blocks.there("BLOK-3")).as("nothing is told before").isEmpty();

        assertThat(blocks.say("approver.2", id, "approval", yes).status()).isEqualTo(200);
        blocks.await(id, one -> state(one).equals("announced"));
        assertThat(blocks.say("approver", id, "withdrawal", Map.of("reason", "Sample")).status())
                .isEqualTo(200);
        blocks.await(id, one -> state(one).equals("ended"));
        assertBroken(
                blocks.say("approver", id, "withdrawal", Map.of("reason", "Again")),
                "event",
                "state");
    }

    @Test
    void discardedDraftIsGone() throws Exception {
        String id = AccessBlocks.id(blocks.draft(form("BLOK-4")).body());

        assertThat(blocks.say("officer", id, "removal", Map.of()).status()).isEqualTo(204);
        assertThat(nodes.get(AUTHORITY, "officer", "/api/access-blocks/" + id).status())
                .isEqualTo(404);
        assertThat(blocks.say("approver", id, "withdrawal", Map.of("reason", "Sample")).status())
                .isEqualTo(404);
    }

    @Test
    void twoPeopleRenewAndWithoutThemItEndsByItselfAlsoWhileTheNodeIsDown() throws Exception {
        Map<String, Object> form = form("BLOK-5");
        form.put("names", List.of(name("ends.platform.example", false)));
        String id = blocks.send(form);
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> one.toString().contains("block_published"));
        Instant until = CLOCK.instant().plus(Duration.ofDays(25));

        assertBroken(
                renew("approver", id, CLOCK.instant().plus(Duration.ofDays(31))),
                "reviewAt",
                "at_most");
        assertBroken(renew("approver", id, CLOCK.instant()), "endsAt", "not_after");
        assertThat(renew("approver", id, until).body().path("steps")).hasSize(1);
        assertThat(renew("approver", id, until).status()).isEqualTo(409);
        assertThat(renew("approver.2", id, until).status()).isEqualTo(200);
        blocks.await(id, one -> one.at("/block/endsAt").asString().equals(until.toString()));
        assertThat(blocks.zone()).contains("ends.platform.example");

        nodes.stop(AUTHORITY);
        CLOCK.forward(Duration.ofDays(26));
        nodes.start(AUTHORITY);

        blocks.await(
                id,
                one -> state(one).equals("lifting") && one.toString().contains("lift_published"));
        assertThat(blocks.zone()).doesNotContain("ends.platform.example");
        assertBroken(
                renew("approver", id, CLOCK.instant().plus(Duration.ofDays(5))), "event", "state");
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql("select count(*) from access_events where block = :id")
                                .param("id", UUID.fromString(id))
                                .query(Integer.class)
                                .single())
                .as("published, renewed, lifted: each once")
                .isEqualTo(3);
    }

    /** The same review for the same end: two people want the same. */
    private static TestNodes.Reply renew(String role, String id, Instant endsAt) throws Exception {
        return blocks.say(
                role,
                id,
                "renewal",
                Map.of(
                        "reasons",
                        "Sample reasons.",
                        "reviewAt",
                        endsAt.minus(Duration.ofDays(20)).toString(),
                        "endsAt",
                        endsAt.toString()));
    }

    @Test
    void orderToASilentPlatformCountsByTheVainTry() throws Exception {
        Map<String, Object> form = form("BLOK-6");
        form.put("names", List.of(name("silent.platform.example", false)));
        nodes.stop(PLATFORM);
        String id;
        try {
            JsonNode draft = blocks.draft(form).body();
            id = AccessBlocks.id(draft);
            blocks.approve("approver", draft);
            assertThat(state(blocks.approve("approver.2", draft).body())).isEqualTo("approved");
            for (int i = 0; i < 20 && !blocks.here(id).path("attempt").isString(); i++) {
                blocks.pass(Duration.ofMinutes(1));
                Thread.sleep(500);
            }
            TestNodes.Reply counted = blocks.say("approver", id, "attempt", Map.of());
            assertThat(counted.status()).as(counted.body().toString()).isEqualTo(200);
            assertThat(state(counted.body())).isEqualTo("announced");
            assertThat(blocks.say("approver", id, "attempt", Map.of()).status()).isEqualTo(409);
        } finally {
            nodes.start(PLATFORM);
        }
        blocks.await(id, one -> state(one).equals("announced"));
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> one.toString().contains("block_published"));
        blocks.say("officer", id, "lift", Map.of("reason", "Sample"));
        blocks.await(id, one -> state(one).equals("lifting"));
    }

    @Test
    void pagesShowOrdersAndKeepWhatWasTyped() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        assertThat(officer.get("/access-blocks/new").body()).contains("Access block possible");
        var wrong =
                officer.post(
                        "/access-blocks",
                        Map.ofEntries(
                                Map.entry("platform", PLATFORM),
                                Map.entry("reference", "BLOK-7"),
                                Map.entry("organisation", "Otoritas Contoh"),
                                Map.entry("names", "t.me\nmy.telegram.org"),
                                Map.entry("notices", notice),
                                Map.entry("takesEffectAt", "2100-01-01T10:00"),
                                Map.entry("reviewAt", "2100-01-02T10:00"),
                                Map.entry("endsAt", "2100-01-03T10:00"),
                                Map.entry("meant", "web_only")));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("my.telegram.org", "names-error", "reason-", "BLOK-7", "error-summary");

        String id = blocks.send(form("BLOK-8"));
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        assertThat(approver.get("/access-blocks/" + id).body())
                .contains("BLOK-8", "withdrawReason", notice)
                .doesNotContain("haveRead");
        assertThat(officer.get("/access-blocks").body()).contains("BLOK-8");
        assertThat(officer.get("/access-blocks/file").body())
                .startsWith("id,peer,reference,")
                .contains("BLOK-8", "t.me");
        var unreasoned =
                approver.post("/access-blocks/" + id + "/withdrawal", Map.of("withdrawReason", ""));
        assertThat(unreasoned.statusCode()).isEqualTo(422);
        assertThat(unreasoned.body()).contains("withdrawReason-error");

        String draft = AccessBlocks.id(blocks.draft(form("BLOK-9")).body());
        assertThat(approver.get("/access-blocks/" + draft).body())
                .contains("haveRead", "every link to a public channel");
        var unread =
                approver.post(
                        "/access-blocks/" + draft + "/approval",
                        Map.of("digest", blocks.here(draft).path("digest").asString()));
        assertThat(unread.statusCode()).isEqualTo(422);
        assertThat(unread.body()).contains("haveRead-error");

        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        String there = blocks.there("BLOK-8");
        assertThat(senior.get("/access-blocks/" + there).body())
                .contains("BLOK-8", "blockAnswer", "/cases/")
                .doesNotContain("withdrawReason");
        assertThat(
                        senior.post(
                                        "/access-blocks/" + there + "/answers",
                                        Map.of("blockAnswer", ""))
                                .statusCode())
                .isEqualTo(422);
        blocks.say("approver", id, "withdrawal", Map.of("reason", "Sample"));
        blocks.say("officer", draft, "removal", Map.of());
    }
}
