package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var faults = new AtomicInteger();
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
                                            faults.incrementAndGet();
                                        }
                                        return status;
                                    }))
                            .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(faults).hasValue(0);
        assertThat(taken.get()).isEqualTo(40);
        assertThat(stranger().get("/blocks/" + block).body()).contains("Objections: 40.");
        CLOCK.forward(Duration.ofHours(1).plusSeconds(1));
        file(block);
    }
}
