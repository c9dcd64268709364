package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jalur.node.accounts.Role;
import org.jalur.node.screening.Hits;
import org.jalur.node.screening.ListImports;
import org.jalur.node.screening.SignatureLists;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What was blocked does not come back: lists, answers before publication, hits and people's word.
 */
class ScreeningTest {
    private static final String PLATFORM = "platform-contoh";
    private static final String SENIOR = "senior-reviewer";
    private static final String SHA256 = "ab".repeat(32);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(), List.of(PLATFORM));
        nodes.with(PLATFORM, "jalur.screening.sample", 1);
        nodes.startAll();
        await(() -> verdict("warm").path("unanswered").isMissingNode());
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static void await(BooleanSupplier done) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("time is up").isBefore(limit);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static JsonNode verdict(String text) {
        return screen(Map.of("visibility", "public", "text", text));
    }

    private static JsonNode screen(Map<String, Object> content) {
        try {
            return nodes.post(PLATFORM, "connector", "/screen?deadlineMillis=5000", content).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A new list in a mode. */
    private static String list(Source source, Mode mode, boolean allow) {
        String id = "sample-" + UUID.randomUUID();
        SignatureLists lists = nodes.bean(PLATFORM, SignatureLists.class);
        lists.create(id, "Sample list", source, "somebody");
        lists.change(
                id, new SignatureLists.Settings(mode, allow, 31, 50, Optional.empty()), "somebody");
        return id;
    }

    private static String list(Mode mode) {
        return list(new Source.OwnPlatform(), mode, false);
    }

    private static String add(String list, String kind, String value) throws Exception {
        return nodes.post(
                        PLATFORM,
                        SENIOR,
                        "/api/lists/" + list + "/entries",
                        Map.of("kind", kind, "value", value))
                .body()
                .path("id")
                .asString();
    }

    private static JsonNode hit(JsonNode verdict, String entry) {
        return verdict.path("hits")
                .valueStream()
                .filter(hit -> hit.path("entry").asString().equals(entry))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no hit of the entry: " + verdict));
    }

    private static boolean isFound(String text, String entry) {
        return verdict(text)
                .path("hits")
                .valueStream()
                .anyMatch(hit -> hit.path("entry").asString().equals(entry));
    }

    @Test
    void addedEntryCountsWithinATenthOfASecondAndRemovedOneCountsNoMore() throws Exception {
        String list = list(Mode.BLOCK);
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 10; i++) {
            String phrase = "sample phrase number %d of quick ones".formatted(i);
            String entry = add(list, "phrase", phrase);
            long began = System.nanoTime();
            await(() -> isFound("so " + phrase + ", again", entry));
            waits.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));

            nodes.call(
                    PLATFORM,
                    SENIOR,
                    "DELETE",
                    "/api/lists/%s/entries/%s".formatted(list, entry),
                    Optional.empty(),
                    Optional.empty());
            await(() -> !isFound("so " + phrase + ", again", entry));
        }
        waits.sort(null);
        assertThat(waits.get(waits.size() / 2))
                .as("milliseconds, median of %s", waits)
                .isLessThan(100);
    }

    @Test
    void everyHitExplainsItself() throws Exception {
        String list = list(Mode.HOLD);
        String phrase = add(list, "phrase", "sample Forbidden words");
        String url = add(list, "url", "https://blocked-site.example/page/");
        String file = add(list, "file_sha256", SHA256);
        await(() -> isFound("sample forbidden words", phrase));

        JsonNode verdict =
                screen(
                        Map.of(
                                "id", "post-7",
                                "visibility", "about-to-be-public",
                                "text", "One more: SAMPLE  fоrbidden  words.",
                                "urls", List.of("http://BLOCKED-site.example/page/below?x=1"),
                                "files",
                                        List.of(
                                                Map.of(
                                                        "sha256",
                                                        SHA256.toUpperCase(Locale.ROOT)))));

        assertThat(verdict.path("id").asString()).isEqualTo("post-7");
        assertThat(verdict.path("verdict").asString()).isEqualTo("hold");
        JsonNode words = hit(verdict, phrase);
        assertThat(words.path("list").asString()).isEqualTo(list);
        assertThat(words.path("listName").asString()).isEqualTo("Sample list");
        assertThat(words.path("signal").asString()).isEqualTo("phrase");
        assertThat(words.path("mode").asString()).isEqualTo("hold");
        assertThat(words.path("matched").asString()).isEqualTo("SAMPLE  fоrbidden  words");
        assertThat(words.path("start").asInt()).isEqualTo(10);
        assertThat(hit(verdict, url).path("place").asString()).isEqualTo("url");
        assertThat(hit(verdict, file).path("place").asString()).isEqualTo("file");
    }

    @Test
    void onlyPublicContentIsScreened() throws Exception {
        for (Map<String, Object> content :
                List.<Map<String, Object>>of(
                        Map.of("text", "hello"),
                        Map.of("visibility", "private", "text", "hello"),
                        Map.of("visibility", "", "text", "hello"))) {
            var answer = nodes.post(PLATFORM, "connector", "/screen", content);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().path("detail").asString()).contains("visibility", "public");
        }
    }

    @Test
    void contentThatCannotBeReadNamesValueRuleAndWayOut() throws Exception {
        assertRefused(Map.of("country", "Indonesia"), "Indonesia", "ISO 3166-1");
        assertRefused(Map.of("files", List.of(Map.of("sha256", "abc"))), "abc", "64");
        assertRefused(Map.of("files", List.of(Map.of("pdq", "xyz"))), "xyz", "64");
        assertRefused(Map.of("files", List.of(Map.of("name", "a.jpg"))), "no digest", "sha256");
        assertRefused(Map.of("text", "x".repeat(100_001)), "100,001", "100,000");
        assertRefused(Map.of("tlsh", "T1"), "T1", "TLSH");
        assertRefused(Map.of("id", "x".repeat(201)), "201", "200");
    }

    private static void assertRefused(Map<String, Object> part, String... words) throws Exception {
        var content = new HashMap<>(part);
        content.put("visibility", "public");
        var answer = nodes.post(PLATFORM, "connector", "/screen", content);

        assertThat(answer.status()).as(part.toString()).isEqualTo(422);
        assertThat(answer.body().path("detail").asString()).contains(words);
    }

    @Test
    void whatCannotBeAnsweredInTimeIsHeld() throws Exception {
        String list = list(Mode.BLOCK);
        String entry = add(list, "phrase", "sample words under a deadline");
        await(() -> isFound("sample words under a deadline", entry));
        // Whoever reads the rows of a table that is locked has to wait, and so has the recorder.
        try (var connection =
                DriverManager.getConnection(
                        nodes.postgres().jdbcUrl("platform_contoh"),
                        nodes.postgres().username(),
                        nodes.postgres().password())) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table hits in exclusive mode");

            JsonNode verdict =
                    nodes.post(
                                    PLATFORM,
                                    "connector",
                                    "/screen?deadlineMillis=300",
                                    Map.of(
                                            "visibility", "public",
                                            "text", "sample words under a deadline"))
                            .body();

            assertThat(verdict.path("verdict").asString()).isEqualTo("hold");
            assertThat(verdict.path("unanswered").asString()).contains("not recorded in time");
        }
    }

    @Test
    void listOfAnAuthorityLeadsToReviewUntilThePlatformAnswersForMore() throws Exception {
        String id = "authority-" + UUID.randomUUID();
        SignatureLists lists = nodes.bean(PLATFORM, SignatureLists.class);
        lists.create(id, "Sample of an authority", new Source.Authority("otoritas-contoh"), "x");
        String entry = add(id, "phrase", "sample words of an authority");
        await(() -> isFound("sample words of an authority", entry));
        assertThat(verdict("sample words of an authority").path("verdict").asString())
                .isEqualTo("review");

        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        var settings =
                Map.of("listMode", "block", "pdqRadius", "31", "pdqQuality", "50", "termDays", "");
        assertThat(senior.post("/lists/" + id + "/settings", settings).body())
                .contains("This list is of somebody else");
        var raised = new HashMap<>(settings);
        raised.put("raise", "yes");
        assertThat(senior.post("/lists/" + id + "/settings", raised).statusCode()).isEqualTo(302);

        await(() ->
                verdict("sample words of an authority").path("verdict").asString().equals("block"));
        assertThat(lists.find(id).orElseThrow().list().raisedBy()).isPresent();
    }

    @Test
    void allowListWinsAndCountryScopeIsKept() throws Exception {
        String blocked = add(list(Mode.BLOCK), "phrase", "sample proverb of the sea");
        String allowed =
                add(
                        list(new Source.OwnPlatform(), Mode.SHADOW, true),
                        "phrase",
                        "a quoted sample proverb of the sea");
        String scoped =
                nodes.post(
                                PLATFORM,
                                SENIOR,
                                "/api/lists/" + list(Mode.BLOCK) + "/entries",
                                Map.of(
                                        "kind", "phrase",
                                        "value", "sample words for one country",
                                        "countries", List.of("ID")))
                        .body()
                        .path("id")
                        .asString();
        await(() -> isFound("a quoted sample proverb of the sea", allowed));
        await(() -> isFound("sample words for one country", scoped));

        assertThat(verdict("sample proverb of the sea").path("verdict").asString())
                .isEqualTo("block");
        JsonNode quoted = verdict("a quoted sample proverb of the sea");
        assertThat(quoted.path("verdict").asString()).isEqualTo("publish");
        assertThat(hit(quoted, blocked).path("lowered").asString()).isEqualTo("allowed");
        JsonNode elsewhere =
                screen(
                        Map.of(
                                "visibility", "public",
                                "country", "SG",
                                "text", "sample words for one country"));
        assertThat(elsewhere.path("hits")).isEmpty();
    }

    @Test
    void batchAnswersEachContentAndOneThatIsWrongHoldsOnlyItself() throws Exception {
        String entry = add(list(Mode.BLOCK), "phrase", "sample words in a batch");
        await(() -> isFound("sample words in a batch", entry));

        JsonNode answers =
                nodes.post(
                                PLATFORM,
                                "connector",
                                "/screen/batch?deadlineMillis=5000",
                                Map.of(
                                        "contents",
                                        List.of(
                                                Map.of(
                                                        "id",
                                                        "1",
                                                        "visibility",
                                                        "public",
                                                        "text",
                                                        "fine"),
                                                Map.of("id", "2", "text", "no visibility"),
                                                Map.of(
                                                        "id", "3",
                                                        "visibility", "public",
                                                        "text", "sample words in a batch"))))
                        .body()
                        .path("answers");

        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).path("verdict").asString()).isEqualTo("publish");
        assertThat(answers.get(1).path("verdict").asString()).isEqualTo("hold");
        assertThat(answers.get(1).path("problem").asString()).contains("visibility");
        assertThat(answers.get(2).path("verdict").asString()).isEqualTo("block");
        assertThat(
                        nodes.post(
                                        PLATFORM,
                                        "connector",
                                        "/screen/batch",
                                        Map.of("contents", List.of()))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void streamAnswersLineByLineInOrder() throws Exception {
        String entry = add(list(Mode.BLOCK), "phrase", "sample words in a stream");
        await(() -> isFound("sample words in a stream", entry));
        var lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append(
                    "{\"id\":\"%d\",\"visibility\":\"public\",\"text\":\"%s\"}\n"
                            .formatted(i, i % 20 == 0 ? "sample words in a stream" : "fine"));
        }
        lines.append("this is no JSON\n").append("x".repeat(1 << 21)).append("\n\n");
        lines.append("{\"id\":\"last\",\"visibility\":\"public\"}");

        HttpResponse<String> answer =
                HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                nodes.url(PLATFORM)
                                                        + "/screen/stream?deadlineMillis=10000"))
                                .timeout(Duration.ofSeconds(60))
                                .header("Authorization", "Bearer jalur_test_connector")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        List<JsonNode> answers = answer.body().lines().map(TestNodes.JSON::readTree).toList();
        assertThat(answers).hasSize(1_003);
        for (int i = 0; i < 1_000; i++) {
            assertThat(answers.get(i).path("id").asString()).isEqualTo(Integer.toString(i));
            assertThat(answers.get(i).path("verdict").asString())
                    .isEqualTo(i % 20 == 0 ? "block" : "publish");
        }
        assertThat(answers.get(1_000).path("problem").asString()).contains("line 1,001");
        assertThat(answers.get(1_001).path("problem").asString()).contains("1,048,576 octets");
        assertThat(answers.get(1_002).path("id").asString()).isEqualTo("last");
    }

    @Test
    void hitsAreReviewedOnceAndMakeThePrecision() throws Exception {
        String list = list(Mode.REVIEW);
        String entry = add(list, "phrase", "sample words to be reviewed");
        await(() -> isFound("sample words to be reviewed", entry));
        Hits hits = nodes.bean(PLATFORM, Hits.class);
        Hits.Hit hit = hits.ofEntry(UUID.fromString(entry), 1).getFirst();
        assertThat(hit.waits()).isTrue();
        assertThat(hit.words().orElseThrow().match()).isEqualTo("sample words to be reviewed");
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);

        assertThat(
                        reviewer.post("/hits/" + hit.id() + "/review", Map.of("correct", "no"))
                                .statusCode())
                .isEqualTo(302);

        HttpResponse<String> again =
                reviewer.post("/hits/" + hit.id() + "/review", Map.of("correct", "yes"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("has looked at this hit before you");
        assertThat(hits.precisionOf(UUID.fromString(entry)).denied()).isEqualTo(1);
        assertThat(hits.precisionOf(UUID.fromString(entry)).percent()).hasValue(0L);
        assertThat(hits.find(hit.id()).orElseThrow().words())
                .as("the words are kept no longer")
                .isEmpty();
        assertThat(reviewer.get("/lists").body()).contains("0 % (0 of 1 looked at)");
    }

    @Test
    void entriesEndUnlessAHitOfTheirsIsConfirmed() throws Exception {
        String list = "term-" + UUID.randomUUID();
        SignatureLists lists = nodes.bean(PLATFORM, SignatureLists.class);
        lists.create(list, "Sample with a term", new Source.OwnPlatform(), "x");
        lists.change(
                list, new SignatureLists.Settings(Mode.REVIEW, false, 31, 50, Optional.of(1)), "x");
        String entry = add(list, "phrase", "sample words with a term");
        await(() -> isFound("sample words with a term", entry));
        JdbcClient jdbc = nodes.bean(PLATFORM, JdbcClient.class);
        expire(jdbc, entry);
        await(() -> !isFound("sample words with a term", entry));

        Hits.Hit hit =
                nodes.bean(PLATFORM, Hits.class).ofEntry(UUID.fromString(entry), 1).getFirst();
        assertThat(
                        nodes.post(
                                        PLATFORM,
                                        "reviewer",
                                        "/api/screening/hits/" + hit.id() + "/review",
                                        Map.of("correct", true))
                                .status())
                .isEqualTo(204);

        await(() -> isFound("sample words with a term", entry));
    }

    private static void expire(JdbcClient jdbc, String entry) {
        jdbc.sql("update entries set expires_at = now() - interval '1 second' where id = :id::uuid")
                .param("id", entry)
                .update();
    }

    @Test
    void overturnedEntryOpensAgainWhatItHeldBack() throws Exception {
        String list = list(Mode.BLOCK);
        String entry = add(list, "phrase", "sample words of a won appeal");
        await(() -> isFound("sample words of a won appeal", entry));
        screen(
                Map.of(
                        "id", "post-99",
                        "visibility", "about-to-be-public",
                        "text", "sample words of a won appeal"));
        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        assertThat(
                        senior.post("/entries/" + entry + "/removal", Map.of("removalReason", ""))
                                .body())
                .contains("Write a reason");

        assertThat(
                        senior.post(
                                        "/entries/" + entry + "/removal",
                                        Map.of(
                                                "removalReason",
                                                "Sample appeal won",
                                                "reopen",
                                                "yes"))
                                .statusCode())
                .isEqualTo(302);

        await(() -> !isFound("sample words of a won appeal", entry));
        JsonNode reopened =
                nodes.get(PLATFORM, "connector", "/api/screening/reopened?after=0")
                        .body()
                        .path("reopened");
        assertThat(reopened.valueStream().map(one -> one.path("content").asString()))
                .contains("post-99");
        assertThat(senior.get("/entries/" + entry).body())
                .contains("removed, hits opened again", "Sample appeal won");
    }

    @Test
    void heldContentIsOpenedAgainWhenItsHitWasWrongAndNoOtherHoldsIt() throws Exception {
        String wrong = add(list(Mode.HOLD), "phrase", "sample words that are wrong");
        String right = add(list(Mode.BLOCK), "phrase", "sample words that are right");
        await(() -> isFound("sample words that are right", right));
        screen(
                Map.of(
                        "id", "held-alone",
                        "visibility", "about-to-be-public",
                        "text", "sample words that are wrong"));
        screen(
                Map.of(
                        "id", "held-and-blocked",
                        "visibility", "about-to-be-public",
                        "text", "sample words that are wrong, sample words that are right"));
        Hits hits = nodes.bean(PLATFORM, Hits.class);
        for (Hits.Hit hit : hits.ofEntry(UUID.fromString(wrong), 10)) {
            nodes.post(
                    PLATFORM,
                    "reviewer",
                    "/api/screening/hits/" + hit.id() + "/review",
                    Map.of("correct", false));
        }

        List<String> reopened =
                nodes.get(PLATFORM, "connector", "/api/screening/reopened")
                        .body()
                        .path("reopened")
                        .valueStream()
                        .map(one -> one.path("content").asString())
                        .toList();
        assertThat(reopened).contains("held-alone").doesNotContain("held-and-blocked");
    }

    @Test
    void oneContentThatIsNoContentDoesNotBreakItsBatch() throws Exception {
        var urls = new ArrayList<String>();
        urls.add(null);
        JsonNode answers =
                nodes.post(
                                PLATFORM,
                                "connector",
                                "/screen/batch",
                                Map.of(
                                        "contents",
                                        List.of(
                                                Map.of("visibility", "public", "urls", urls),
                                                Map.of("visibility", "public", "text", "fine"))))
                        .body()
                        .path("answers");

        assertThat(answers.get(0).path("problem").asString()).contains("urls has a null");
        assertThat(answers.get(1).path("verdict").asString()).isEqualTo("publish");
    }

    @Test
    void entryThatHasEndedIsAddedAnew() throws Exception {
        String list = list(Mode.REVIEW);
        String entry = add(list, "phrase", "sample words that come again");
        expire(nodes.bean(PLATFORM, JdbcClient.class), entry);
        await(() -> !isFound("sample words that come again", entry));

        assertThat(
                        nodes.post(
                                        PLATFORM,
                                        SENIOR,
                                        "/api/lists/" + list + "/entries",
                                        Map.of(
                                                "kind", "phrase",
                                                "value", "sample words that come again"))
                                .status())
                .isEqualTo(201);
        await(() -> isFound("sample words that come again", entry));
    }

    @Test
    void listsThatWereNotReadForLongAreNotAnsweredFrom() throws Exception {
        // The feed waits behind this lock, as it would for a database that is half dead.
        try (var connection =
                DriverManager.getConnection(
                        nodes.postgres().jdbcUrl("platform_contoh"),
                        nodes.postgres().username(),
                        nodes.postgres().password())) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table entries in access exclusive mode");

            await(() -> verdict("fine").path("unanswered").asString().contains("were not read"));
            assertThat(verdict("fine").path("verdict").asString()).isEqualTo("hold");
        }
        await(() -> verdict("fine").path("verdict").asString().equals("publish"));
    }

    @Test
    void floodIsThrottledDownToReviewAndShownUntilSomebodyReleasesIt() throws Exception {
        String list = list(Mode.BLOCK);
        String entry = add(list, "phrase", "sample words of a flood");
        await(() -> isFound("sample words of a flood", entry));
        for (int i = 0; i < 60; i++) {
            screen(
                    Map.of(
                            "visibility", "public",
                            "author", "author " + i,
                            "text", "sample words of a flood"));
        }

        JsonNode verdict = verdict("sample words of a flood");
        assertThat(verdict.path("verdict").asString()).isEqualTo("review");
        assertThat(hit(verdict, entry).path("lowered").asString()).isEqualTo("throttled");
        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        await(() -> page(senior, "/entries/" + entry).contains("many different authors"));
        assertThat(page(senior, "/lists")).contains("Held back by the flood brake");

        assertThat(senior.post("/entries/" + entry + "/release", Map.of()).statusCode())
                .isEqualTo(302);

        await(() -> verdict("sample words of a flood").path("verdict").asString().equals("block"));
    }

    private static String page(PageVisitor visitor, String path) {
        try {
            return visitor.get(path).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void importShowsWhatWasWrongAndCanBeUndone() throws Exception {
        String list = list(Mode.REVIEW);
        String file =
                """
                kind,value,label,countries
                domain,blocked-one.example,group A,
                domain,com,group A,
                phrase,ab,group A,
                phrase,sample imported words,group B,ID SG
                sha256,%s,,
                """
                        .formatted("cd".repeat(32));
        JsonNode begun =
                TestNodes.JSON.readTree(
                        HTTP.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                nodes.url(PLATFORM)
                                                                        + "/api/lists/"
                                                                        + list
                                                                        + "/imports?name=sample.csv"))
                                                .header(
                                                        "Authorization",
                                                        "Bearer jalur_test_" + SENIOR)
                                                .header("Content-Type", "text/csv")
                                                .POST(HttpRequest.BodyPublishers.ofString(file))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body());
        String path = "/api/lists/%s/imports/%d".formatted(list, begun.path("id").asLong());
        await(() -> !progress(path).path("state").asString().equals("running"));

        assertThat(progress(path).path("state").asString()).isEqualTo("done");
        assertThat(progress(path).path("added").asInt()).isEqualTo(3);
        assertThat(progress(path).path("wrong").asInt()).isEqualTo(2);
        JsonNode errors = nodes.get(PLATFORM, SENIOR, path).body().path("errors");
        assertThat(errors.get(0).path("line").asInt()).isEqualTo(3);
        assertThat(errors.get(0).path("value").asString()).isEqualTo("com");
        assertThat(errors.get(0).path("rule").asString()).isEqualTo("a whole top-level domain");
        assertThat(errors.get(0).path("wayOut").asString())
                .isEqualTo("write the name with its top-level domain");
        assertThat(errors.get(1).path("line").asInt()).isEqualTo(4);
        await(() -> !verdict("see https://blocked-one.example/ now").path("hits").isEmpty());
        PageVisitor senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        assertThat(page(senior, "/lists/" + list + "/file?format=entries"))
                .contains("blocked-one.example", "sample imported words", "group B", "ID SG");

        assertThat(nodes.post(PLATFORM, SENIOR, path + "/undo", Map.of()).status()).isEqualTo(204);

        await(() -> verdict("see https://blocked-one.example/ now").path("hits").isEmpty());
        assertThat(progress(path).path("state").asString()).isEqualTo("undone");
    }

    @Test
    void importTellsInTheReadersLanguageWhatWasWrong() throws Exception {
        String list = list(Mode.REVIEW);
        ListImports imports = nodes.bean(PLATFORM, ListImports.class);
        long wrong = imported(imports, list, "kind,value\ndomain,com\nphrase,ab\n");
        long unreadable = imported(imports, list, "<html></html>");
        nodes.bean(PLATFORM, JdbcClient.class)
                .sql(
                        """
                        insert into import_errors (import, line, value, rule, way_out)
                        values (:import, 9, 'older', 'a rule of an older version', 'its way out')
                        """)
                .param("import", wrong)
                .update();
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        String path = "/lists/" + list + "/imports/";

        assertThat(page(reviewer, path + wrong))
                .contains("a whole top-level domain", "add a longer one")
                .contains("lang=\"en\">a rule of an older version", "its way out");
        assertThat(page(reviewer, path + unreadable)).contains("it is XML or HTML; export it");
        assertThat(progress("/api" + path + unreadable).path("trouble").asString())
                .startsWith("the list cannot be read: it is XML or HTML; export it as CSV");

        reviewer.get("/language?to=id&back=/");

        assertThat(page(reviewer, path + wrong))
                .contains("seluruh domain tingkat atas", "tambahkan frasa yang lebih panjang")
                .contains("lang=\"en\">a rule of an older version")
                .doesNotContain("top-level");
        assertThat(page(reviewer, path + unreadable)).contains("ini XML atau HTML; ekspor sebagai");
    }

    private static long imported(ListImports imports, String list, String file) throws Exception {
        long id =
                imports.begin(
                        list,
                        "sample.csv",
                        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                        "somebody");
        await(() -> !imports.require(id).isRunning());
        return id;
    }

    private static JsonNode progress(String path) {
        try {
            return nodes.get(PLATFORM, SENIOR, path).body().path("progress");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tryOutExplainsAndRecordsNothing() throws Exception {
        String list = list(Mode.BLOCK);
        String entry = add(list, "phrase", "sample words to try out");
        await(() -> isFound("sample words to try out", entry));
        Hits hits = nodes.bean(PLATFORM, Hits.class);
        int before = hits.ofEntry(UUID.fromString(entry), 100).size();
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);

        String page =
                reviewer.post(
                                "/try-out",
                                Map.of(
                                        "tryText",
                                        "and Sample Words to try out",
                                        "tryUrl",
                                        "",
                                        "tryCountry",
                                        ""))
                        .body();

        assertThat(page)
                .contains("upload refused", "Sample Words to try out", "(characters 4 to 27)");
        assertThat(hits.ofEntry(UUID.fromString(entry), 100)).hasSize(before);
        assertThat(reviewer.post("/try-out", Map.of("tryText", "")).statusCode()).isEqualTo(422);
    }

    @Test
    void entryIsTriedOnTheSampleBeforeItIsSwitchedOn() throws Exception {
        screen(Map.of("visibility", "public", "text", "A post with sample words of the past."));
        screen(Map.of("visibility", "about-to-be-public", "text", "sample words of the past too"));
        String entry = add(list(Mode.SHADOW), "phrase", "sample words of the past");
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);

        assertThat(reviewer.get("/entries/" + entry + "?trial=yes").body())
                .containsPattern("It would catch 1 of \\d+ posts")
                .contains("sample words of the past");
    }

    @Test
    void shadowIsCountedAndNothingElse() throws Exception {
        String list = list(Mode.SHADOW);
        String entry = add(list, "phrase", "sample words in shadow");
        await(() -> isFound("sample words in shadow", entry));
        for (int i = 0; i < 40; i++) {
            assertThat(verdict("sample words in shadow").path("verdict").asString())
                    .isEqualTo("publish");
        }
        Hits hits = nodes.bean(PLATFORM, Hits.class);

        await(() -> hits.precisionOf(UUID.fromString(entry)).hits() >= 41);
        assertThat(hits.ofEntry(UUID.fromString(entry), 100)).hasSize(20);
        assertThat(hits.ofEntry(UUID.fromString(entry), 100)).noneMatch(Hits.Hit::waits);
    }

    @Test
    void snapshotMakesTheNextStartKnowEverything() throws Exception {
        String entry = add(list(Mode.BLOCK), "phrase", "sample words across a restart");
        await(() -> isFound("sample words across a restart", entry));
        nodes.stop(PLATFORM);
        nodes.with(PLATFORM, "jalur.screening.snapshot-from", 0);
        nodes.start(PLATFORM);
        await(() -> isFound("sample words across a restart", entry));
        await(() -> Files.exists(nodes.home(PLATFORM).resolve("screening/horizon")));
        assertThat(holds(nodes.home(PLATFORM).resolve("screening"), "sample words across"))
                .isTrue();
        nodes.stop(PLATFORM);
        changeUnseen(entry, "words that only the database knows");
        nodes.start(PLATFORM);

        await(() -> isFound("sample words across a restart", entry));
        assertThat(isFound("words that only the database knows", entry))
                .as("what has not changed since the copy is not read")
                .isFalse();
        String later = add(list(Mode.BLOCK), "phrase", "sample words after a restart");
        await(() -> isFound("sample words after a restart", later));
        JdbcClient jdbc = nodes.bean(PLATFORM, JdbcClient.class);
        jdbc.sql(
                        "update entries set value = '', emptied_at = now(), removed_at = now() where id = :id::uuid")
                .param("id", entry)
                .update();

        await(() -> !isFound("sample words across a restart", entry));
        await(() -> !holds(nodes.home(PLATFORM).resolve("screening"), "sample words across"));
    }

    /** No trigger sees it, so nobody reads it again. */
    private static void changeUnseen(String entry, String value) throws Exception {
        try (var connection =
                        DriverManager.getConnection(
                                nodes.postgres().jdbcUrl("platform_contoh"),
                                nodes.postgres().username(),
                                nodes.postgres().password());
                var statement = connection.createStatement()) {
            statement.execute("alter table entries disable trigger all");
            statement.execute(
                    "update entries set value = '%s' where id = '%s'".formatted(value, entry));
            statement.execute("alter table entries enable trigger all");
        }
    }

    /** Whether a file below a folder has these octets. */
    private static boolean holds(Path folder, String words) {
        if (!Files.exists(folder)) {
            return false;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(words)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
