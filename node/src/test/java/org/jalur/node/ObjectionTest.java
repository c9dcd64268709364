package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jalur.node.accounts.Role;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anybody objects to an access block, and is answered, on two real nodes. */
class ObjectionTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final MovedClock CLOCK = new MovedClock();
    private static final AtomicInteger ADDRESSES = new AtomicInteger(10);

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static AccessBlocks blocks;
    private static Agreeing agreeing;

    @BeforeAll
    static void start() throws Exception {
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                        .at(CLOCK)
                        .with(AUTHORITY, "jalur.public.objections-per-hour", 40);
        nodes.startAll();
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        agreeing = new Agreeing(nodes, AUTHORITY, PLATFORM);
        agreeing.conclude(text -> terms(text).put("afterLadder", false));
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static ObjectNode terms(ObjectNode agreement) {
        return (ObjectNode) agreement.path("accessBlocks");
    }

    private static String inForce(String reference) throws Exception {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground.");
        String id = blocks.send(form);
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> state(one).equals("in_force"));
        return id;
    }

    /** From an address that nobody used yet. */
    private static Stranger stranger() {
        return new Stranger(nodes.url(AUTHORITY), "127.0.1." + ADDRESSES.getAndIncrement());
    }

    private static Map<String, String> words(String form) {
        Map<String, String> fields = new HashMap<>();
        fields.put("form", form);
        fields.put("objectionKind", "objection");
        fields.put("objectionWords", "Sample words <script>alert(1)</script> of an objection.");
        fields.put("objectionName", "t.me");
        fields.put("objectionContact", "sample.person@mail.example");
        return fields;
    }

    /** The link by which the answer is read. */
    private static String file(String block) throws Exception {
        Stranger one = stranger();
        String form = one.form(block);
        CLOCK.forward(Duration.ofSeconds(4));
        HttpResponse<String> filed = one.file(block, words(form));
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(302);
        String link = filed.headers().firstValue("Location").orElseThrow();
        return link.substring(link.indexOf("/objection-answers/"));
    }

    private static String newest(String column) {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select %s from objections order by filed_at desc limit 1".formatted(column))
                .query(String.class)
                .single();
    }

    @Test
    void objectionIsFiledAnsweredInTimeAndProposesTheLift() throws Exception {
        String block = inForce("BLOK-1");
        String link = file(block);
        String reference = newest("reference");
        HttpResponse<String> waiting = stranger().get(link);
        assertThat(waiting.statusCode()).isEqualTo(200);
        assertThat(waiting.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(waiting.body())
                .contains(reference)
                .doesNotContain("Sample words", "mail.example");
        blocks.await(block, one -> one.toString().contains(reference));

        var officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        String path = "/objections/" + newest("id");
        assertThat(officer.get("/objections").body()).contains(reference);
        assertThat(officer.get(path).body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script>alert", "sample.person@mail.example");
        Map<String, String> answer =
                Map.of("objectionOutcome", "upheld", "objectionReasons", "Sample reasons.");
        assertThat(officer.post(path + "/answer", answer).statusCode()).isEqualTo(409);
        assertThat(PageVisitor.redirect(officer.post(path + "/claim", Map.of())))
                .contains("done=claimed");
        assertThat(officer.get(path).body()).contains("sample.person@mail.example");
        var other = nodes.signedIn(AUTHORITY, Role.APPROVER);
        assertThat(other.post(path + "/claim", Map.of()).statusCode()).isEqualTo(409);
        assertThat(
                        officer.post(path + "/answer", Map.of("objectionOutcome", "upheld"))
                                .statusCode())
                .isEqualTo(422);
        assertThat(
                        officer.post(
                                        path + "/answer",
                                        Map.of(
                                                "objectionOutcome",
                                                "upheld",
                                                "objectionReasons",
                                                "x".repeat(4_001)))
                                .statusCode())
                .isEqualTo(422);
        assertThat(PageVisitor.redirect(officer.post(path + "/answer", answer)))
                .contains("done=answered");
        assertThat(officer.post(path + "/answer", answer).statusCode()).isEqualTo(409);

        JsonNode told =
                blocks.await(
                        block,
                        one -> one.at("/block/proposal").asString("").equals("objection_upheld"));
        assertThat(told.toString()).contains("Sample reasons.").doesNotContain("of an objection");
        assertThat(stranger().get(link).body()).contains("Sample reasons.", "upheld");
        assertThat(stranger().get("/blocks/" + block).body())
                .contains("Answered: 1, of these in time: 1");
    }

    @Test
    void formThatIsWrongIsShownAgainWithWhatWasTyped() throws Exception {
        String block = inForce("BLOK-2");
        Stranger one = stranger();
        String form = one.form(block);

        HttpResponse<String> quick = one.file(block, words(form));
        assertThat(quick.statusCode()).isEqualTo(422);
        assertThat(quick.body()).contains("Sample words &lt;script&gt;", form);
        CLOCK.forward(Duration.ofSeconds(4));
        for (Map<String, String> wrong :
                List.of(
                        Map.of("objectionKind", "other"),
                        Map.of("objectionWords", " "),
                        Map.of("objectionWords", "x".repeat(5_001)),
                        Map.of("objectionName", "x".repeat(301)),
                        Map.of("objectionContact", "no address"),
                        Map.of("website", "https://spam.example"),
                        Map.of("form", "forged"),
                        Map.of("form", ""))) {
            Map<String, String> fields = words(form);
            fields.putAll(wrong);
            HttpResponse<String> refused = one.file(block, fields);
            assertThat(refused.statusCode()).as(wrong.keySet().toString()).isEqualTo(422);
            assertThat(Jsoup.parse(refused.body()).select(".govuk-error-summary a")).isNotEmpty();
        }
        assertThat(one.file(inForce("BLOK-3"), words(form)).statusCode())
                .as("a form of another block")
                .isEqualTo(422);
        String fresh = one.form(block);
        CLOCK.forward(Duration.ofSeconds(4));
        assertThat(one.file(block, words(fresh)).statusCode()).isEqualTo(302);
        assertThat(one.file(block, words(fresh)).statusCode()).as("twice").isEqualTo(409);
        String old = one.form(block);
        CLOCK.forward(Duration.ofHours(25));
        assertThat(one.file(block, words(old)).statusCode()).as("too late").isEqualTo(422);
    }

    @Test
    void nobodyFindsAnswersByGuessingOrByTheReference() throws Exception {
        String link = file(inForce("BLOK-4"));
        Stranger guesser = stranger();

        for (String guess :
                List.of(
                        newest("reference"),
                        newest("id"),
                        link.substring(link.lastIndexOf('/') + 1, link.length() - 1),
                        "A".repeat(43),
                        "%00",
                        "x".repeat(4_000))) {
            assertThat(guesser.get("/objection-answers/" + guess).statusCode())
                    .as(guess)
                    .isIn(400, 404);
        }
        assertThat(guesser.get("/objections").statusCode()).isEqualTo(302);
    }

    @Test
    void whatIsNotAnsweredInTimeIsRedForEverybodyAndOfficersAreTold() throws Exception {
        String block = inForce("BLOK-5");
        String link = file(block);
        String id = newest("id");
        CLOCK.forward(Duration.ofHours(25));
        nodes.runScheduled(AUTHORITY, "remind");

        assertThat(stranger().get("/blocks/" + block).body())
                .contains("govuk-tag--red", "1 overdue");
        assertThat(stranger().get(link).body()).contains("The answer is late.");
        assertThat(nodes.signedIn(AUTHORITY, Role.OFFICER).get("/objections").body())
                .contains("jalur-clock--late");
        for (int i = 0; i < 100 && told(id) == 0; i++) {
            Thread.sleep(100);
        }
        assertThat(told(id)).isPositive();
    }

    private static int told(String id) {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql(
                        "select count(*) from notification_events where kind = 'objection-overdue' and subject = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    @Test
    void whereALiftNeedsTwoPeopleAnAnswerDoesToo() throws Exception {
        agreeing.conclude(text -> terms(text).put("liftBy", "two"));
        String block = inForce("BLOK-6");
        agreeing.conclude(text -> terms(text).put("liftBy", "one"));
        String link = file(block);
        String path = "/objections/" + newest("id");
        var officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        officer.post(path + "/claim", Map.of());

        assertThat(
                        PageVisitor.redirect(
                                officer.post(
                                        path + "/answer",
                                        Map.of(
                                                "objectionOutcome",
                                                "rejected",
                                                "objectionReasons",
                                                "Sample refusal."))))
                .contains("done=wanted");
        assertThat(stranger().get(link).body()).doesNotContain("Sample refusal.");
        assertThat(officer.post(path + "/agreement", Map.of()).statusCode()).isEqualTo(409);
        var second = nodes.signedIn(AUTHORITY, Role.OFFICER);
        assertThat(second.get(path).body()).contains("Sample refusal.");
        assertThat(PageVisitor.redirect(second.post(path + "/agreement", Map.of())))
                .contains("done=answered");

        assertThat(stranger().get(link).body()).contains("Sample refusal.", "rejected");
        blocks.await(block, one -> one.toString().contains("Sample refusal."));
    }

    @Test
    void wordsAreDestroyedWhenTheyAreNotNeededAnyMore() throws Exception {
        String block = inForce("BLOK-7");
        String link = file(block);
        String path = "/objections/" + newest("id");
        var officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        officer.post(path + "/claim", Map.of());
        officer.post(
                path + "/answer",
                Map.of("objectionOutcome", "rejected", "objectionReasons", "Sample refusal."));
        assertThat(officer.get(path).body()).contains("Sample words");
        assertThat(officer.get("/objections/file").body()).contains("rejected");

        CLOCK.forward(Duration.ofDays(181));
        nodes.runScheduled(AUTHORITY, "erase");
        nodes.runScheduled(AUTHORITY, "destroyEnded");

        officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        assertThat(officer.get(path).body()).doesNotContain("Sample words").contains("destroyed");
        assertThat(stranger().get(link).body()).contains("rejected");
    }

    private static final String API = "/api/objections";

    private static String body(Map<String, Object> changed) throws Exception {
        Map<String, Object> body = new HashMap<>();
        body.put("kind", "objection");
        body.put("words", "Sample words of an objection by a program.");
        body.put("name", "t.me");
        body.put("contact", "sample.person@mail.example");
        body.putAll(changed);
        return TestNodes.JSON.writeValueAsString(body);
    }

    private static HttpResponse<String> file(Stranger one, String key, Map<String, Object> changed)
            throws Exception {
        return one.post(API, body(changed), "Idempotency-Key", key);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static int objections(String block) {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select count(*) from objections where block = :block::uuid")
                .param("block", block)
                .query(Integer.class)
                .single();
    }

    @Test
    void programFilesOnceReadsByTheSecretAndOfficersAnswerByTheApi() throws Exception {
        String block = inForce("BLOK-10");
        Stranger one = stranger();
        String key = key();

        HttpResponse<String> filed = file(one, key, Map.of("block", block));

        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
        assertThat(filed.headers().allValues("Cache-Control")).containsExactly("no-store");
        JsonNode mine = TestNodes.JSON.readTree(filed.body());
        String secret = mine.path("secret").asString();
        assertThat(file(one, key, Map.of("block", block)).body())
                .as("the same again")
                .isEqualTo(filed.body());
        assertThat(
                        file(stranger(), key, Map.of("block", block, "words", "Other words"))
                                .statusCode())
                .as("the key of another")
                .isEqualTo(422);
        assertThat(objections(block)).isEqualTo(1);
        assertThat(stranger().get(API + "/answer").statusCode()).isEqualTo(404);
        assertThat(stranger().get(API + "/answer", "Objection-Secret", key).statusCode())
                .isEqualTo(404);
        HttpResponse<String> waiting = stranger().get(API + "/answer", "Objection-Secret", secret);
        assertThat(waiting.statusCode()).isEqualTo(200);
        assertThat(waiting.body())
                .contains("\"state\":\"open\"", mine.path("reference").asString())
                .doesNotContain("Sample words", "mail.example");

        String id =
                nodes.get(AUTHORITY, "officer", API + "?block=" + block)
                        .body()
                        .at("/objections/0/id")
                        .asString();
        String path = API + "/" + id;
        assertThat(nodes.text(AUTHORITY, "auditor", path))
                .contains("Sample words of an objection by a program.")
                .doesNotContain("mail.example");
        Map<String, Object> answer = Map.of("outcome", "upheld", "reasons", "Sample reasons.");
        assertThat(nodes.post(AUTHORITY, "officer", path + "/answer", answer).status())
                .as("not claimed")
                .isEqualTo(409);
        assertThat(nodes.post(AUTHORITY, "officer", path + "/claim", Map.of()).status())
                .isEqualTo(200);
        assertThat(nodes.text(AUTHORITY, "officer", path)).contains("sample.person@mail.example");
        assertThat(nodes.text(AUTHORITY, "approver", path)).doesNotContain("mail.example");
        assertThat(nodes.post(AUTHORITY, "approver", path + "/claim", Map.of()).status())
                .isEqualTo(409);
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("outcome", "maybe", "reasons", "Sample"),
                        Map.of("outcome", "upheld", "reasons", " "),
                        Map.of("outcome", "upheld", "reasons", "x".repeat(4_001)))) {
            assertThat(nodes.post(AUTHORITY, "officer", path + "/answer", wrong).status())
                    .as(wrong.keySet().toString())
                    .isEqualTo(422);
        }
        assertThat(nodes.post(AUTHORITY, "officer", path + "/answer", answer).status())
                .isEqualTo(200);
        assertThat(nodes.post(AUTHORITY, "officer", path + "/answer", answer).status())
                .isEqualTo(409);

        assertThat(stranger().get(API + "/answer", "Objection-Secret", secret).body())
                .contains("\"state\":\"upheld\"", "Sample reasons.");
        assertThat(nodes.text(AUTHORITY, "officer", API + "?which=answered&block=" + block))
                .contains(id);
        blocks.await(block, it -> it.at("/block/proposal").asString("").equals("objection_upheld"));
    }

    @Test
    void whereALiftNeedsTwoTheApiWaitsForTheSecond() throws Exception {
        agreeing.conclude(text -> terms(text).put("liftBy", "two"));
        String block = inForce("BLOK-11");
        agreeing.conclude(text -> terms(text).put("liftBy", "one"));
        file(stranger(), key(), Map.of("block", block));
        String path = API + "/" + newest("id");
        nodes.post(AUTHORITY, "officer", path + "/claim", Map.of());

        JsonNode wanted =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                path + "/answer",
                                Map.of("outcome", "rejected", "reasons", "Sample refusal."))
                        .body();

        assertThat(wanted.path("state").asString()).isEqualTo("open");
        assertThat(wanted.at("/wish/upheld").asBoolean(true)).isFalse();
        assertThat(nodes.post(AUTHORITY, "officer", path + "/agreement", Map.of()).status())
                .isEqualTo(409);
        assertThat(
                        nodes.post(AUTHORITY, "approver", path + "/agreement", Map.of())
                                .body()
                                .path("state")
                                .asString())
                .isEqualTo("rejected");
    }

    @Test
    void whatAProgramFilesWronglyIsRefusedByName() throws Exception {
        String block = inForce("BLOK-12");
        Map<Map<String, Object>, String> wrong =
                Map.of(
                        Map.of("block", block, "kind", "other"), "kind is",
                        Map.of("block", block, "words", " "), "words is empty",
                        Map.of("block", block, "words", "x".repeat(5_001)), "words has 5001",
                        Map.of("block", block, "name", "x".repeat(301)), "name has 301",
                        Map.of("block", block, "contact", "no address"), "contact is no",
                        Map.of(), "block is missing");
        for (Map.Entry<Map<String, Object>, String> one : wrong.entrySet()) {
            HttpResponse<String> refused = file(stranger(), key(), one.getKey());
            assertThat(refused.statusCode()).as(one.getValue()).isEqualTo(422);
            assertThat(refused.body()).contains(one.getValue());
            assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
        }
        assertThat(file(stranger(), key(), Map.of("block", UUID.randomUUID())).statusCode())
                .isEqualTo(404);
        for (String key : List.of("short", "x".repeat(201))) {
            assertThat(file(stranger(), key, Map.of("block", block)).statusCode()).isEqualTo(400);
        }
        assertThat(stranger().post(API, body(Map.of("block", block))).statusCode())
                .as("without a key")
                .isEqualTo(400);
        for (String noFiling : List.of("no json", "null", "[]", "{\"block\":7}", "")) {
            assertThat(stranger().post(API, noFiling, "Idempotency-Key", key()).statusCode())
                    .as(noFiling)
                    .isEqualTo(400);
        }
        assertThat(stranger().post(API, " ".repeat(70_000), "Idempotency-Key", key()).statusCode())
                .isEqualTo(413);
        assertThat(objections(block)).isZero();
    }

    @Test
    void addressThatFilesTooOftenIsToldHowLongToWaitByFormAndApiTogether() throws Exception {
        String block = inForce("BLOK-13");
        CLOCK.forward(Duration.ofHours(2));
        Stranger one = stranger();
        String form = one.form(block);
        CLOCK.forward(Duration.ofSeconds(4));
        assertThat(one.file(block, words(form)).statusCode()).isEqualTo(302);
        for (int i = 0; i < 4; i++) {
            assertThat(file(one, key(), Map.of("block", block)).statusCode()).isEqualTo(201);
        }

        HttpResponse<String> refused = file(one, key(), Map.of("block", block));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too-many-objections-of-address");
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 720L);
        CLOCK.forward(Duration.ofMinutes(13));
        assertThat(file(one, key(), Map.of("block", block)).statusCode()).isEqualTo(201);
    }

    @Test
    void thousandObjectionsNeitherStopTheNodeNorDrownTheOthers() throws Exception {
        neitherStopTheNodeNorDrownTheOthers("BLOK-8", 1_000);
    }

    @Test
    @Tag("long")
    void tenThousandDoNotEither() throws Exception {
        neitherStopTheNodeNorDrownTheOthers("BLOK-9", 10_000);
    }

    private static void neitherStopTheNodeNorDrownTheOthers(String reference, int objections)
            throws Exception {
        String block = inForce(reference);
        CLOCK.forward(Duration.ofHours(2));
        List<Stranger> crowd =
                IntStream.range(0, 200)
                        .mapToObj(i -> new Stranger(nodes.url(AUTHORITY), "127.0.9." + (i + 1)))
                        .toList();
        String[] forms = new String[crowd.size()];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = crowd.get(i).form(block);
        }
        CLOCK.forward(Duration.ofSeconds(4));
        var taken = new AtomicInteger();
        Set<Integer> faults = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all =
                    IntStream.range(0, objections)
                            .<Future<?>>mapToObj(i ->
                                    threads.submit(() -> {
                                        int one = i % forms.length;
                                        int status =
                                                crowd.get(one)
                                                        .file(block, words(forms[one]))
                                                        .statusCode();
                                        if (status == 302) {
                                            taken.incrementAndGet();
                                        } else if (status != 429 && status != 409) {
                                            faults.add(status);
                                        }
                                        return status;
                                    }))
                            .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(faults).isEmpty();
        assertThat(taken.get()).isEqualTo(40);
        assertThat(stranger().get("/blocks/" + block).body()).contains("Objections: 40.");
        CLOCK.forward(Duration.ofHours(1).plusSeconds(1));
        file(block);
    }
}
