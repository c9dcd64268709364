package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealReasons;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Affected users appeal by the secret address of their statement, and reviewers who did not decide
 * before decide, on two real nodes whose clock is put forward.
 */
class AppealTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final String HOME = "https://platform.example";
    private static final MovedClock CLOCK = new MovedClock();
    private static final AtomicInteger ADDRESSES = new AtomicInteger(10);
    private static final Map<String, Object> GRANT =
            Map.of(
                    "result", "granted",
                    "ground", "not_illegal",
                    "policy", "Sample rule 2",
                    "reason", "Sample grant: it was satire.");
    private static final Map<String, Object> REJECT =
            Map.of("result", "rejected", "reason", "Sample rejection.");

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeConnector connector;

    @BeforeAll
    static void start() throws Exception {
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                        .at(CLOCK)
                        .with(PLATFORM, "jalur.public.url", HOME);
        connector = new HandMadeConnector(folder);
        connector.serve(nodes, PLATFORM);
        nodes.startAll();
        new Agreeing(nodes, AUTHORITY, PLATFORM)
                .conclude(text ->
                        ((ObjectNode) text.path("appeals"))
                                .putArray("appellants")
                                .add("author")
                                .add("association")
                                .add("reporter"));
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.close();
    }

    private static String url() {
        return "https://social.example/a/" + UUID.randomUUID();
    }

    /** A post that a reviewer blocked, and whose author was told. */
    private record Blocked(Filing filing, String url) {
        static Blocked of(String url, Map<String, Object> more) throws Exception {
            var form = new HashMap<>(more);
            form.put("items", List.of(Map.of("url", url, "text", "Sample post A")));
            Filing filing = Filing.of(nodes, AUTHORITY, PLATFORM, form);
            filing.claim("reviewer");
            Reply decided = filing.decide("reviewer", Map.of("outcome", "blocked"));
            assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
            filing.await("/items/0/enforcement", "gone");
            return new Blocked(filing, url);
        }

        static Blocked once() throws Exception {
            return of(AppealTest.url(), Map.of());
        }

        JsonNode statement() {
            return connector.last(url, "remove_post").orElseThrow().path("statement");
        }

        /** Of the page that only the affected user knows. */
        String link() {
            return path(statement());
        }

        /** Files by the page, from an address that nobody used yet. */
        String appeal(Map<String, String> more) throws Exception {
            HttpResponse<String> filed = stranger().send(link(), words(more));
            assertThat(filed.statusCode()).as(filed.body()).isEqualTo(302);
            return newest(filing.theCase());
        }

        JsonNode awaitThere(String id, String state) throws Exception {
            String there = there(id);
            return nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/appeals/" + there,
                    one -> one.at("/appeal/state").asString().equals(state));
        }

        /** The authority's own id of an appeal. */
        String there(String id) throws Exception {
            SharedLists.await(() -> !idsThere(id).isEmpty());
            return idsThere(id).getFirst();
        }

        private static List<String> idsThere(String id) {
            return nodes.bean(AUTHORITY, JdbcClient.class)
                    .sql("select id::text from appeals where appeal = :id")
                    .param("id", UUID.fromString(id))
                    .query((row, _) -> row.getString("id"))
                    .list();
        }
    }

    private static String path(JsonNode statement) {
        String link = statement.path("appealUrl").asString("");
        assertThat(link).startsWith(HOME + "/appeal/");
        return link.substring(HOME.length());
    }

    private static Stranger stranger() {
        return new Stranger(nodes.url(PLATFORM), "127.0.2." + ADDRESSES.getAndIncrement());
    }

    private static Map<String, String> words(Map<String, String> more) {
        Map<String, String> fields = new HashMap<>();
        fields.put("appellant", "author");
        fields.put("appealWords", "Sample words <script>alert(1)</script> of an appeal.");
        fields.put("appealContact", "sample.person@mail.example");
        fields.putAll(more);
        return fields;
    }

    private static String newest(String theCase) {
        return here(
                "select id::text from appeals where subject = '%s' order by filed_at desc limit 1"
                        .formatted(theCase));
    }

    private static String here(String sql) {
        return nodes.bean(PLATFORM, JdbcClient.class).sql(sql).query(String.class).single();
    }

    private static Reply decide(String role, String id, Map<String, Object> decision)
            throws Exception {
        nodes.post(PLATFORM, role, "/api/appeals/" + id + "/claim", Map.of());
        return nodes.post(PLATFORM, role, "/api/appeals/" + id + "/decision", decision);
    }

    private static JsonNode awaitHere(String id, String pointer, String value) throws Exception {
        return nodes.await(
                PLATFORM,
                "reviewer",
                "/api/appeals/" + id,
                one -> one.at(pointer).asString("").equals(value));
    }

    private static String type(Reply reply) {
        return reply.body().path("type").asString("").replaceAll(".*/", "");
    }

    @Test
    void statementCarriesASecretAddressOfWhichADigestIsKept() throws Exception {
        Blocked one = Blocked.once();
        String secret = one.link().substring("/appeal/".length());

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(Instant.parse(one.statement().path("appealUntil").asString()))
                .isAfter(CLOCK.instant().plus(Duration.ofDays(175)));
        SharedLists.await(() ->
                here("select count(*)::text from appeal_links where sealed is null and told_at is not null and case_id = '%s'"
                                .formatted(one.filing().theCase()))
                        .equals("1"));
        assertThat(here("select string_agg(appeal_links::text, ' ') from appeal_links"))
                .doesNotContain(secret);
        HttpResponse<String> page = stranger().get(one.link());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(page.headers().allValues("X-Robots-Tag")).containsExactly("noindex");
        assertThat(page.headers().allValues("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.body())
                .contains("Kementerian Contoh", "Sample reason.", "Sample rule 1")
                .doesNotContain("reviewer-");
    }

    @Test
    void nobodyFindsAPageByGuessing() throws Exception {
        Blocked one = Blocked.once();
        Stranger guesser = stranger();

        for (String guess :
                List.of(
                        one.filing().theCase(),
                        one.filing().notice(),
                        one.link().substring("/appeal/".length(), one.link().length() - 1),
                        "A".repeat(43),
                        "%00",
                        "x".repeat(4_000))) {
            assertThat(guesser.get("/appeal/" + guess).statusCode()).as(guess).isIn(400, 404);
            assertThat(guesser.send("/appeal/" + guess, words(Map.of())).statusCode())
                    .as(guess)
                    .isIn(400, 404);
        }
        assertThat(guesser.get("/appeals").statusCode()).isEqualTo(302);
    }

    @Test
    void formThatIsWrongIsShownAgainWithWhatWasTyped() throws Exception {
        Blocked one = Blocked.once();
        Stranger author = stranger();

        for (Map<String, String> wrong :
                List.of(
                        Map.of("appellant", "nobody"),
                        Map.of("appealWords", " "),
                        Map.of("appealWords", "x".repeat(5_001)),
                        Map.of("appealContact", "x".repeat(255)))) {
            HttpResponse<String> refused = author.send(one.link(), words(wrong));
            assertThat(refused.statusCode()).as(wrong.toString()).isEqualTo(422);
            Document page = Jsoup.parse(refused.body());
            assertThat(page.select(".govuk-error-summary a")).isNotEmpty();
            if (!wrong.containsKey("appealWords")) {
                assertThat(page.select("textarea").text()).contains("Sample words <script>");
            }
        }
        assertThat(
                        author.send(one.link(), words(Map.of()), "Sec-Fetch-Site", "cross-site")
                                .statusCode())
                .as("a form that somebody else's page sends")
                .isEqualTo(403);
        assertThat(author.send(one.link(), words(Map.of("appellant", "reporter"))).statusCode())
                .as("who reported it was told of no restriction")
                .isEqualTo(409);
        assertThat(
                        here(
                                "select count(*)::text from appeals where subject = '%s'"
                                        .formatted(one.filing().theCase())))
                .isEqualTo("0");
    }

    @Test
    void appealIsTakenOnceFromEachAppellantAndNoMoreAfterItsTime() throws Exception {
        Blocked one = Blocked.once();
        Blocked late = Blocked.once();
        one.appeal(Map.of());

        HttpResponse<String> twice = stranger().send(one.link(), words(Map.of()));
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(twice.body()).contains("there is an appeal about this content already");
        one.appeal(Map.of("appellant", "association"));
        assertThat(Jsoup.parse(stranger().get(one.link()).body()).select("form textarea"))
                .as("nobody else may")
                .isEmpty();

        CLOCK.forward(Duration.ofDays(185));
        HttpResponse<String> tooLate = stranger().send(late.link(), words(Map.of()));
        assertThat(tooLate.statusCode()).isEqualTo(409);
        assertThat(stranger().get(late.link()).body())
                .contains("Appeals were taken until")
                .doesNotContain("appealWords");
    }

    @Test
    void oneAddressDoesNotFileWithoutEnd() throws Exception {
        Blocked one = Blocked.once();
        Stranger busy = stranger();
        int most = 0;

        while (most < 30
                && busy.send(one.link(), words(Map.of("appellant", "reporter"))).statusCode()
                        == 409) {
            most++;
        }

        assertThat(most).isEqualTo(10);
        HttpResponse<String> refused = busy.send(one.link(), words(Map.of()));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Sample words &lt;script&gt;");
        one.appeal(Map.of());
    }

    @Test
    void grantedAppealRestoresTheContentItsSignaturesAndTheFigures() throws Exception {
        Blocked one = Blocked.once();
        String theCase = one.filing().theCase();
        assertThat(
                        here(
                                "select count(*)::text from entries where case_id = '%s' and removed_at is null"
                                        .formatted(theCase)))
                .isNotEqualTo("0");
        String id = one.appeal(Map.of("appealShare", "yes"));
        JsonNode there = one.awaitThere(id, "open");
        assertThat(there.path("words").asString()).contains("Sample words");
        assertThat(there.toString()).doesNotContain("mail.example");
        JsonNode mine =
                awaitHere(id, "/appeal/receivedAt", there.at("/appeal/receivedAt").asString());
        assertThat(mine.at("/appeal/dueAt")).as("one clock").isEqualTo(there.at("/appeal/dueAt"));

        assertThat(type(decide("reviewer", id, GRANT))).isEqualTo("appeal-not-claimed");
        assertThat(
                        type(
                                nodes.post(
                                        PLATFORM,
                                        "reviewer",
                                        "/api/appeals/" + id + "/claim",
                                        Map.of())))
                .as("whoever decided before")
                .isEqualTo("appeal-own-decision");
        assertThat(
                        decide("reviewer.2", id, Map.of("result", "granted", "reason", "Sample."))
                                .status())
                .isEqualTo(422);
        Reply granted = decide("reviewer.2", id, GRANT);
        assertThat(granted.status()).as(granted.body().toString()).isEqualTo(200);
        assertThat(type(decide("reviewer.2", id, REJECT))).isEqualTo("appeal-decided");

        SharedLists.await(() -> connector.isVisible(one.url(), "*"));
        JsonNode told = connector.last(one.url(), "restore").orElseThrow().path("statement");
        assertThat(told.at("/appealOutcome/result").asString()).isEqualTo("granted");
        assertThat(told.at("/appealOutcome/reason").asString()).contains("satire");
        assertThat(told.hasNonNull("appealUntil")).isFalse();
        one.awaitThere(id, "granted");
        awaitHere(id, "/appeal/restoration", "restored");
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/appeals/" + one.there(id),
                page -> page.at("/appeal/restoration").asString("").equals("restored"));
        assertThat(one.filing().there().at("/items/0/state").asString()).isEqualTo("refused");
        assertThat(one.filing().here().at("/items/0/state").asString()).isEqualTo("refused");
        assertThat(one.filing().there().at("/notice/state").asString()).isEqualTo("closed");
        assertThat(
                        here(
                                "select count(*)::text from entries where case_id = '%s' and (removed_at is null or overturned_at is null)"
                                        .formatted(theCase)))
                .isEqualTo("0");
        for (String page : List.of(one.link(), path(told))) {
            assertThat(stranger().get(page).body())
                    .contains("The appeal is granted", "satire", "shown again");
        }
        assertThat(overturned(AUTHORITY, "officer")).isEqualTo(overturned(PLATFORM, "auditor"));
        assertThat(overturned(AUTHORITY, "officer")).isPositive();
    }

    private static int overturned(String party, String role) throws Exception {
        LocalDate today = LocalDate.ofInstant(CLOCK.instant(), ZoneId.of("Asia/Jakarta"));
        return nodes.get(
                        party,
                        role,
                        "/api/scorecard?from=%s&to=%s"
                                .formatted(today.minusDays(3), today.plusDays(1)))
                .body()
                .at("/all/overturned/counted")
                .asInt(-1);
    }

    @Test
    void rejectedAppealLeavesItHiddenAndTheAuthorityReadsNoWordOfIt() throws Exception {
        Blocked one = Blocked.once();
        String id = one.appeal(Map.of());
        JsonNode there = one.awaitThere(id, "open");
        assertThat(there.path("wordsWithheld").asBoolean()).isTrue();
        assertThat(there.toString()).doesNotContain("Sample words");

        Reply rejected = decide("reviewer.2", id, REJECT);
        assertThat(rejected.status()).as(rejected.body().toString()).isEqualTo(200);

        SharedLists.await(() -> connector.last(one.url(), "tell").isPresent());
        JsonNode told = connector.last(one.url(), "tell").orElseThrow().path("statement");
        assertThat(told.at("/appealOutcome/result").asString()).isEqualTo("rejected");
        assertThat(told.at("/appealOutcome/reason").asString()).isEqualTo("Sample rejection.");
        assertThat(one.awaitThere(id, "rejected").path("reasons").asString())
                .isEqualTo("Sample rejection.");
        assertThat(connector.isVisible(one.url(), "*")).isFalse();
        assertThat(stranger().get(one.link()).body())
                .contains("The appeal is rejected", "Sample rejection.");
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql(
                                        "select count(*) from notification_events where kind = 'appeal-outcome' and subject = :id")
                                .param("id", one.there(id))
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void outcomeThatReachesNobodyIsToldAgain() throws Exception {
        Blocked one = Blocked.once();
        String id = one.appeal(Map.of());
        connector.delivers(false);
        decide("reviewer.2", id, REJECT);
        SharedLists.await(() ->
                here("select count(*)::text from actions where appeal = '%s' and tell_until is not null"
                                .formatted(id))
                        .equals("1"));
        connector.delivers(true);

        CLOCK.forward(Duration.ofMinutes(16));

        SharedLists.await(() -> told(one) == 2);
        assertThat(
                        connector
                                .last(one.url(), "tell")
                                .orElseThrow()
                                .at("/statement/appealOutcome/result")
                                .asString())
                .isEqualTo("rejected");
    }

    private static long told(Blocked one) {
        return connector.about(one.url()).stream()
                .filter(act -> act.path("action").asString().equals("tell"))
                .count();
    }

    @Test
    void twoReviewersAtOnceDecideOnce() throws Exception {
        Blocked one = Blocked.once();
        String id = one.appeal(Map.of());
        List<Future<Reply>> both = new ArrayList<>();

        try (var threads = Executors.newFixedThreadPool(2)) {
            for (String role : List.of("reviewer.2", "senior-reviewer")) {
                both.add(threads.submit(() -> decide(role, id, REJECT)));
            }
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<Reply> reply : both) {
            statuses.add(reply.get().status());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        assertThat(
                        here(
                                "select count(*)::text from messages where kind = 'appeal-outcome' and about = '%s'"
                                        .formatted(one.filing().notice())))
                .isEqualTo("1");
    }

    @Test
    void withdrawnNoticeEndsItsAppealsOnBothSides() throws Exception {
        Blocked one = Blocked.once();
        String id = one.appeal(Map.of());
        one.awaitThere(id, "open");

        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + one.filing().notice() + "/withdrawal",
                Map.of("reason", "Sample mistake."));

        awaitHere(id, "/appeal/state", "withdrawn");
        one.awaitThere(id, "withdrawn");
        assertThat(type(decide("reviewer.2", id, GRANT))).isEqualTo("appeal-decided");
        assertThat(stranger().get(one.link()).body())
                .contains("has withdrawn its notice")
                .doesNotContain("appealWords");
        assertThat(
                        stranger()
                                .send(one.link(), words(Map.of("appellant", "association")))
                                .statusCode())
                .isEqualTo(409);
    }

    @Test
    void appealWaitsForAnAuthorityThatIsAwayAndItsClockRunsFromTheReceipt() throws Exception {
        Blocked one = Blocked.once();
        nodes.stop(AUTHORITY);
        String id = one.appeal(Map.of());
        JsonNode before = nodes.get(PLATFORM, "reviewer", "/api/appeals/" + id).body();
        assertThat(before.at("/appeal").has("receivedAt")).isFalse();
        CLOCK.forward(Duration.ofMinutes(30));

        nodes.start(AUTHORITY);

        JsonNode there = one.awaitThere(id, "open");
        JsonNode after =
                awaitHere(id, "/appeal/receivedAt", there.at("/appeal/receivedAt").asString());
        assertThat(after.at("/appeal/dueAt")).isEqualTo(there.at("/appeal/dueAt"));
        assertThat(Instant.parse(after.at("/appeal/dueAt").asString()))
                .isAfter(Instant.parse(before.at("/appeal/dueAt").asString()));
    }

    @Test
    void nobodyAppealsWhatNobodyMayBeToldOfYet() throws Exception {
        var until = CLOCK.instant().plus(Duration.ofDays(30)).toString();
        Blocked one =
                Blocked.of(
                        url(),
                        Map.of("nonDisclosure", Map.of("ground", "Sample ground", "until", until)));
        JsonNode action = connector.last(one.url(), "remove_post").orElseThrow();
        assertThat(action.hasNonNull("statement")).isFalse();
        assertThat(type(file(action.path("id").asString(), "key-" + UUID.randomUUID())))
                .isEqualTo("unknown-action");

        CLOCK.forward(Duration.ofDays(31));

        SharedLists.await(() -> connector.last(one.url(), "tell").isPresent());
        JsonNode told = connector.last(one.url(), "tell").orElseThrow().path("statement");
        assertThat(stranger().get(path(told)).body()).contains("Sample reason.");
        nodes.bean(PLATFORM, JdbcClient.class)
                .sql("update cases set tell_from = :later where id = :id")
                .param(
                        "later",
                        CLOCK.instant().plus(Duration.ofDays(1)).atOffset(java.time.ZoneOffset.UTC))
                .param("id", UUID.fromString(one.filing().theCase()))
                .update();
        assertThat(stranger().get(path(told)).statusCode())
                .as("an order that holds again hides the page")
                .isEqualTo(404);
    }

    private static Reply file(String action, String key) throws Exception {
        return nodes.call(
                PLATFORM,
                "connector",
                "POST",
                "/api/appeals",
                Optional.of(
                        Map.of(
                                "action", action,
                                "appellant", "author",
                                "words", "Sample words of the platform's own form.")),
                Optional.of(key));
    }

    @Test
    void platformWithAFormOfItsOwnFilesByItsActionOnce() throws Exception {
        Blocked one = Blocked.once();
        String action =
                connector.last(one.url(), "remove_post").orElseThrow().path("id").asString();

        Reply first = file(action, "key-" + one.filing().notice());
        Reply again = file(action, "key-" + one.filing().notice());
        Reply other = file(action, "key-2-" + one.filing().notice());

        assertThat(first.status()).as(first.body().toString()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(type(other)).isEqualTo("appeal-twice");
        assertThat(type(file(UUID.randomUUID().toString(), "key-" + UUID.randomUUID())))
                .isEqualTo("unknown-action");
        assertThat(
                        nodes.post(
                                        PLATFORM,
                                        "connector",
                                        "/api/appeals",
                                        Map.of("action", action, "words", "Sample."))
                                .status())
                .isEqualTo(422);
        one.awaitThere(first.body().path("id").asString(), "open");
        assertThat(stranger().get(one.link()).body()).contains("It is decided by");
    }

    @Test
    void contentThatAnotherNoticeRestrictsStaysAndItsAuthorIsToldOfThatOne() throws Exception {
        Blocked first = Blocked.once();
        Blocked second = Blocked.of(first.url(), Map.of());
        String id = first.appeal(Map.of());

        decide("reviewer.2", id, GRANT);

        assertThat(first.awaitThere(id, "granted").at("/appeal/restoration").asString())
                .isEqualTo("stays");
        SharedLists.await(() ->
                connector.about(first.url()).stream()
                        .anyMatch(act ->
                                act.at("/statement/appealUntil").isString()
                                        && act.path("action").asString().equals("tell")));
        assertThat(connector.isVisible(first.url(), "*")).isFalse();
        assertThat(connector.last(first.url(), "restore")).isEmpty();
        String other =
                path(
                        connector.about(first.url()).stream()
                                .filter(act -> act.path("action").asString().equals("tell"))
                                .map(act -> act.path("statement"))
                                .filter(told -> told.hasNonNull("appealUntil"))
                                .findFirst()
                                .orElseThrow());
        assertThat(stranger().send(other, words(Map.of())).statusCode()).isEqualTo(302);
        decide("reviewer.2", newest(second.filing().theCase()), GRANT);

        SharedLists.await(() -> connector.isVisible(first.url(), "*"));
    }

    @Test
    void secondAppealAboutContentThatIsShownAgainIsGrantedToo() throws Exception {
        Blocked one = Blocked.once();
        String author = one.appeal(Map.of());
        String association = one.appeal(Map.of("appellant", "association"));
        decide("reviewer.2", author, GRANT);
        awaitHere(author, "/appeal/restoration", "restored");

        Reply granted = decide("senior-reviewer", association, GRANT);

        assertThat(granted.status()).as(granted.body().toString()).isEqualTo(200);
        assertThat(granted.body().at("/appeal/restoration").asString()).isEqualTo("restored");
        one.awaitThere(association, "granted");
        assertThat(
                        connector.about(one.url()).stream()
                                .filter(act -> act.path("action").asString().equals("restore")))
                .hasSize(1);
    }

    /** What the platform's own node would never say. */
    private static void say(
            MessageKind kind, String notice, Optional<Hash> agreement, Part... parts) {
        nodes.bean(PLATFORM, TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        nodes.bean(PLATFORM, Exchange.class)
                                .send(
                                        nodes.bean(PLATFORM, Channels.class).all().getFirst(),
                                        new Exchange.Draft(
                                                UUID.randomUUID(),
                                                kind,
                                                Optional.of(UUID.fromString(notice)),
                                                agreement,
                                                List.of(parts))));
    }

    private static Part facts(UUID appeal, int no, Appellant appellant) {
        return Parts.json(
                "appeal",
                new AppealFacts(appeal, no, appellant, "BD-00000-00000", false, CLOCK.instant()));
    }

    private static Part[] outcome(UUID appeal) {
        return new Part[] {
            Parts.json(
                    "appeal-outcome",
                    new AppealOutcome(
                            appeal,
                            1,
                            AppealOutcome.Result.REJECTED,
                            false,
                            "reviewer",
                            CLOCK.instant())),
            Parts.json("appeal-reasons", new AppealReasons(1, "Sample.", "reviewer-1"))
        };
    }

    private static int refusals() {
        return nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select count(*) from messages where kind = 'refusal' and direction = 'out'")
                .query(Integer.class)
                .single();
    }

    @Test
    void whatAPlatformMayNotSayIsRefusedAndChangesNothing() throws Exception {
        Blocked one = Blocked.once();
        Filing open = Filing.of(nodes, AUTHORITY, PLATFORM, Map.of());
        String notice = one.filing().notice();
        var agreement =
                Optional.of(
                        Hash.of(
                                nodes.bean(AUTHORITY, JdbcClient.class)
                                        .sql("select agreement from notices where id = :id")
                                        .param("id", UUID.fromString(notice))
                                        .query((row, _) -> row.getBytes("agreement"))
                                        .single()));
        int before = refusals();
        var known = UUID.randomUUID();
        List<Runnable> wrong =
                List.of(
                        () ->
                                say(
                                        MessageKind.APPEAL,
                                        notice,
                                        agreement,
                                        facts(UUID.randomUUID(), 2, Appellant.AUTHOR)),
                        () ->
                                say(
                                        MessageKind.APPEAL,
                                        open.notice(),
                                        agreement,
                                        facts(UUID.randomUUID(), 1, Appellant.AUTHOR)),
                        () ->
                                say(
                                        MessageKind.APPEAL,
                                        UUID.randomUUID().toString(),
                                        agreement,
                                        facts(UUID.randomUUID(), 1, Appellant.AUTHOR)),
                        () ->
                                say(
                                        MessageKind.APPEAL,
                                        notice,
                                        agreement,
                                        facts(UUID.randomUUID(), 1, Appellant.REPORTER)),
                        () ->
                                say(
                                        MessageKind.APPEAL,
                                        notice,
                                        Optional.empty(),
                                        facts(UUID.randomUUID(), 1, Appellant.AUTHOR)),
                        () -> say(MessageKind.APPEAL, notice, agreement),
                        () ->
                                say(
                                        MessageKind.APPEAL,
                                        notice,
                                        agreement,
                                        Part.of(
                                                "appeal",
                                                "{}"
                                                        .getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .UTF_8))),
                        () -> say(MessageKind.APPEAL_OUTCOME, notice, agreement, outcome(known)));
        for (int i = 0; i < wrong.size(); i++) {
            wrong.get(i).run();
            int expected = before + i + 1;
            SharedLists.await(() -> refusals() == expected);
        }
        say(MessageKind.APPEAL, notice, agreement, facts(known, 1, Appellant.AUTHOR));
        one.awaitThere(known.toString(), "open");
        int after = before + wrong.size();
        assertThat(refusals()).isEqualTo(after);
        say(MessageKind.APPEAL, notice, agreement, facts(known, 1, Appellant.ASSOCIATION));
        say(MessageKind.APPEAL, notice, agreement, facts(UUID.randomUUID(), 1, Appellant.AUTHOR));
        say(MessageKind.APPEAL_OUTCOME, notice, agreement, outcome(known));
        one.awaitThere(known.toString(), "rejected");
        say(MessageKind.APPEAL_OUTCOME, notice, agreement, outcome(known));

        SharedLists.await(() -> refusals() == after + 3);
        assertThat(one.filing().there().at("/notice/state").asString()).isEqualTo("closed");
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + one.filing().theCase(),
                page -> page.path("timeline").toString().contains("unheard"));
        assertThat(one.filing().here().at("/case/state").asString()).isEqualTo("closed");
    }

    @Test
    void wordsAndContactAreDestroyedWithTheItemAndWhenTheyAreNotNeededAnyMore() throws Exception {
        Blocked erased = Blocked.once();
        String first = erased.appeal(Map.of());
        Blocked old = Blocked.once();
        String second = old.appeal(Map.of());
        PageVisitor other = nodes.signedIn(PLATFORM, Role.REVIEWER);
        other.post("/appeals/" + first + "/claim", Map.of());
        assertThat(other.get("/appeals/" + first).body()).contains("sample.person@mail.example");

        Reply gone =
                nodes.post(
                        PLATFORM,
                        "senior-reviewer",
                        "/api/cases/" + erased.filing().theCase() + "/erasure",
                        Map.of("items", List.of(1), "ground", "data_protection"));
        assertThat(gone.status()).as(gone.body().toString()).isBetween(200, 299);
        assertThat(other.get("/appeals/" + first).body())
                .contains("They cannot be read any more")
                .doesNotContain("sample.person@mail.example", "Sample words");
        assertThat(stranger().get(erased.link()).statusCode()).isEqualTo(200);

        decide("reviewer.2", second, REJECT);
        CLOCK.forward(Duration.ofDays(181));
        nodes.runScheduled(PLATFORM, "eraseAppeals");
        nodes.runScheduled(PLATFORM, "destroyEnded");
        assertThat(nodes.get(PLATFORM, "reviewer", "/api/appeals/" + second).body().toString())
                .contains("Sample rejection.")
                .doesNotContain("Sample words");
    }

    @Test
    void contentIsKeptPastItsRetentionWhileAnAppealIsOpen() throws Exception {
        Blocked one = Blocked.once();
        String id = one.appeal(Map.of());
        one.awaitThere(id, "open");
        nodes.runScheduled(PLATFORM, "planRetention");
        Instant kept =
                Instant.parse(
                        here(
                                "select to_char(erase_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from retentions where subject = '%s' and kind = 'content'"
                                        .formatted(one.filing().theCase())));
        CLOCK.forward(Duration.between(CLOCK.instant(), kept).plusHours(1));

        nodes.runScheduled(PLATFORM, "eraseWhatIsOver");
        assertThat(one.filing().here().at("/items/0/item/url").asString()).isEqualTo(one.url());

        decide("reviewer.2", id, REJECT);
        one.awaitThere(id, "rejected");
        nodes.runScheduled(PLATFORM, "eraseWhatIsOver");
        assertThat(one.filing().here().at("/items/0").has("item")).isFalse();
    }

    @Test
    void reviewersSeeWhoseTimeRunsOutAndDecideOnThePage() throws Exception {
        Blocked one = Blocked.once();
        String id = one.appeal(Map.of());
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        String page = "/appeals/" + id;
        assertThat(reviewer.get("/cases/" + one.filing().theCase()).body()).contains(page);
        assertThat(reviewer.get("/appeals").body()).contains(page, "data-clock");
        assertThat(reviewer.get(page).body())
                .contains("&lt;script&gt;", "I decide it")
                .doesNotContain("<script>alert", "sample.person@mail.example");
        assertThat(
                        reviewer.post(
                                        page + "/decision",
                                        Map.of("result", "rejected", "reason", "Sample."))
                                .statusCode())
                .isEqualTo(409);
        assertThat(PageVisitor.redirect(reviewer.post(page + "/claim", Map.of())))
                .contains("done=claimed");
        for (Map<String, String> wrong :
                List.of(
                        Map.of("reason", "Sample."),
                        Map.of("result", "rejected", "reason", " "),
                        Map.of("result", "granted", "reason", "Sample.", "policy", "Sample rule"),
                        Map.of("result", "granted", "reason", "Sample.", "ground", "not_illegal"),
                        Map.of("result", "rejected", "reason", "x".repeat(5_001)))) {
            HttpResponse<String> refused = reviewer.post(page + "/decision", wrong);
            assertThat(refused.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(Jsoup.parse(refused.body()).select(".govuk-error-summary a")).isNotEmpty();
        }
        PageVisitor second = nodes.signedIn(PLATFORM, Role.REVIEWER);
        assertThat(second.post(page + "/claim", Map.of()).statusCode()).isEqualTo(409);

        String due =
                nodes.get(PLATFORM, "reviewer", "/api/appeals/" + id)
                        .body()
                        .at("/appeal/dueAt")
                        .asString();
        CLOCK.forward(Duration.between(CLOCK.instant(), Instant.parse(due)).plusHours(1));
        nodes.runScheduled(PLATFORM, "remindOfAppeals");
        SharedLists.await(() ->
                here("select count(*)::text from notification_events where kind = 'appeal-overdue' and subject = '%s'"
                                .formatted(id))
                        .equals("1"));
        reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        assertThat(reviewer.get("/appeals").body()).contains("jalur-clock--late");
        reviewer.post(page + "/claim", Map.of());
        assertThat(
                        PageVisitor.redirect(
                                reviewer.post(
                                        page + "/decision",
                                        Map.of(
                                                "result", "rejected",
                                                "ground", "not_illegal",
                                                "policy", "",
                                                "reason", "Sample rejection."))))
                .contains("done=decided");
        assertThat(reviewer.get(page).body()).contains("The appeal is rejected", "late");
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        one.awaitThere(id, "rejected");
        assertThat(officer.get("/appeals?which=decided").body())
                .contains("/appeals/" + one.there(id));
        assertThat(officer.get("/notices/" + one.filing().notice()).body())
                .contains("/appeals/" + one.there(id));
        assertThat(officer.get("/appeals/" + one.there(id)).body())
                .contains("does not let the authority read them");
        assertThat(officer.post("/appeals/" + one.there(id) + "/claim", Map.of()).statusCode())
                .as("an authority decides no appeal")
                .isEqualTo(404);
    }
}
