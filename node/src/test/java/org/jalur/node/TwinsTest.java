package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * One item in the notices of two authorities: one piece of work, two answers, no word about the
 * other.
 */
class TwinsTest {
    private static final String FIRST = "otoritas-contoh";
    private static final String SECOND = "otoritas-lain";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HttpServer connector;

    /** Actions that the platform was asked for, as JSON. */
    private static final List<String> ACTS = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        connector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/actions",
                "{\"result\":\"done\",\"told\":true,\"content\":{\"files\":[{\"sha256\":\"%s\"}]}}"
                        .formatted("a".repeat(64)));
        answer(
                "/probe",
                "{\"routes\":[{\"route\":\"page\",\"country\":\"*\",\"state\":\"gone\"}]}");
        connector.start();
        nodes = new TestNodes(folder, List.of(FIRST, SECOND), List.of(PLATFORM));
        Path secret = Files.writeString(folder.resolve("secret"), "sample-secret-of-a-test");
        nodes.with(
                PLATFORM,
                "jalur.connector.url",
                "http://127.0.0.1:" + connector.getAddress().getPort());
        nodes.with(PLATFORM, "jalur.connector.secret-file", secret.toString());
        nodes.startAll();
    }

    private static void answer(String path, String body) {
        connector.createContext(
                path,
                exchange -> {
                    byte[] asked = exchange.getRequestBody().readAllBytes();
                    if (path.equals("/actions")) {
                        ACTS.add(new String(asked, StandardCharsets.UTF_8));
                    }
                    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, octets.length);
                    exchange.getResponseBody().write(octets);
                    exchange.close();
                });
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.stop(0);
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 299);
    }

    /** A notice of one authority, and the case that it opened. */
    private record Filed(String authority, String notice, String reference, String theCase) {
        static Filed of(String authority, Map<String, Object> changes) throws Exception {
            Map<String, Object> form =
                    new LinkedHashMap<>(ChannelTest.form(PLATFORM, "https://social.example/x"));
            form.putAll(changes);
            Reply draft = nodes.post(authority, "officer", "/api/notices", form);
            ok(draft);
            String notice = draft.body().at("/notice/id").asString();
            ok(nodes.post(authority, "approver", "/api/notices/" + notice + "/approval", Map.of()));
            JsonNode queue =
                    nodes.await(
                            PLATFORM,
                            "reviewer",
                            "/api/cases?limit=500",
                            page -> page.toString().contains(notice));
            String theCase =
                    queue.path("cases")
                            .valueStream()
                            .filter(one -> one.path("notice").asString().equals(notice))
                            .findFirst()
                            .orElseThrow()
                            .path("id")
                            .asString();
            nodes.await(
                    authority,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.hasNonNull("receipt"));
            return new Filed(authority, notice, String.valueOf(form.get("reference")), theCase);
        }

        static Filed of(String authority, String url) throws Exception {
            return of(authority, Map.of("items", List.of(Map.of("url", url, "text", "Sample"))));
        }

        JsonNode seenByAuthority() throws Exception {
            return nodes.get(authority, "officer", "/api/notices/" + notice).body();
        }

        JsonNode awaitState(String state) throws Exception {
            return nodes.await(
                    authority,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.at("/items/0/state").asString().equals(state));
        }

        JsonNode awaitMeasure() throws Exception {
            return nodes.await(
                    authority,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.at("/items/0/enforcement").asString().equals("gone"));
        }

        JsonNode seenByPlatform() throws Exception {
            return nodes.get(PLATFORM, "reviewer", "/api/cases/" + theCase).body();
        }

        Filed claim(String role) throws Exception {
            ok(nodes.post(PLATFORM, role, "/api/cases/" + theCase + "/claim", Map.of()));
            return this;
        }

        Reply decide(String reason, boolean twins, Map<String, Object> outcome) throws Exception {
            Map<String, Object> decision =
                    new LinkedHashMap<>(
                            Map.of("policy", "Permenkominfo 5/2020, 14", "reason", reason));
            decision.putAll(outcome);
            return nodes.post(
                    PLATFORM,
                    "reviewer",
                    "/api/cases/" + theCase + "/decisions",
                    Map.of("decisions", List.of(decision), "twins", twins));
        }

        void withdraw() throws Exception {
            ok(
                    nodes.post(
                            authority,
                            "approver",
                            "/api/notices/" + notice + "/withdrawal",
                            Map.of("reason", "Sample reason.")));
            nodes.await(
                    PLATFORM,
                    "reviewer",
                    "/api/cases/" + theCase,
                    one -> one.at("/case/state").asString().equals("withdrawn"));
        }
    }

    private static String url() {
        return "https://social.example/twins/" + UUID.randomUUID();
    }

    private static long acts(String url, String action) {
        return ACTS.stream()
                .filter(act -> act.contains(url) && act.contains("\"" + action + "\""))
                .count();
    }

    private static final Map<String, Object> BLOCK = Map.of("outcome", "blocked");

    @Test
    void oneDecisionAnswersBothAndIsDoneOnce() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url);
        Filed second = Filed.of(SECOND, url.replace("https", "http") + "/");
        JsonNode seen = first.claim("reviewer").seenByPlatform();

        assertThat(seen.at("/case/twins").asBoolean()).isTrue();
        assertThat(second.seenByPlatform().at("/case/twins").asBoolean()).isTrue();
        assertThat(seen.at("/items/0/twins/0/reference").asString()).isEqualTo(second.reference());
        assertThat(seen.at("/items/0/twins/0/authority").asString()).isEqualTo(SECOND);

        ok(first.decide("Sample reason.", true, BLOCK));
        JsonNode told = first.awaitMeasure();
        JsonNode toldToo = second.awaitMeasure();

        assertThat(told.at("/items/0/measures/0/result").asString()).isEqualTo("done");
        assertThat(toldToo.at("/items/0/measures/0/result").asString()).isEqualTo("already_gone");
        assertThat(acts(url, "remove_post")).as("measures at the platform").isEqualTo(1);
        assertThat(toldToo.at("/notice").hasNonNull("acknowledgedAt")).isTrue();
        assertThat(told.toString())
                .doesNotContain(second.reference())
                .doesNotContain(SECOND)
                .doesNotContain(second.notice());
        assertThat(toldToo.toString())
                .doesNotContain(first.reference())
                .doesNotContain(FIRST)
                .doesNotContain(first.notice());
    }

    @Test
    void whatOneAuthorityStillNeedsStaysWhenTheOtherWithdraws() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second = Filed.of(SECOND, url);
        ok(first.decide("Sample reason.", true, BLOCK));
        first.awaitMeasure();
        second.awaitMeasure();

        first.withdraw();
        assertThat(acts(url, "restore")).isZero();
        assertThat(
                        nodes.bean(PLATFORM, JdbcClient.class)
                                .sql(
                                        """
                                        select count(*) from entries
                                        where case_id = :case and kind = 'file_sha256' and removed_at is null
                                        """)
                                .param("case", UUID.fromString(second.theCase()))
                                .query(Integer.class)
                                .single())
                .as("the file does not come back while one of them needs the block")
                .isEqualTo(1);
        second.withdraw();

        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + second.theCase(),
                one -> one.at("/items/0/measures").toString().contains("restore"));
        assertThat(acts(url, "restore")).isEqualTo(1);
        String done =
                ACTS.stream()
                        .filter(act -> act.contains(url) && act.contains("remove_post"))
                        .findFirst()
                        .orElseThrow();
        String undo =
                ACTS.stream()
                        .filter(act -> act.contains(url) && act.contains("\"restore\""))
                        .findFirst()
                        .orElseThrow();
        assertThat(undo)
                .as("it undoes what the platform knows")
                .contains(TestNodes.JSON.readTree(done).path("id").asString());
    }

    @Test
    void twinsAreLeftAloneUnlessTheReviewerWantsThem() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second = Filed.of(SECOND, url);

        ok(first.decide("Sample reason.", false, BLOCK));
        first.awaitState("blocked");

        assertThat(second.seenByAuthority().at("/items/0/state").asString()).isEqualTo("open");
        ok(second.claim("reviewer").decide("Sample reason.", false, BLOCK));
        second.awaitMeasure();
        assertThat(acts(url, "remove_post")).as("what is gone is not taken twice").isEqualTo(1);
    }

    @Test
    void twinThatSomebodyElseHasIsLeftAndShown() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second = Filed.of(SECOND, url).claim("reviewer.2");

        JsonNode twin = first.seenByPlatform().at("/items/0/twins/0");
        ok(first.decide("Sample reason.", true, BLOCK));
        first.awaitState("blocked");

        assertThat(twin.path("claim").hasNonNull("reviewer")).isTrue();
        assertThat(second.seenByAuthority().at("/items/0/state").asString()).isEqualTo("open");
    }

    @Test
    void reasonThatNamesTheOtherNoticeGoesToNobodyElse() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second = Filed.of(SECOND, url);

        ok(
                first.decide(
                        "As " + first.reference().toLowerCase(Locale.ROOT) + " says.",
                        true,
                        BLOCK));
        first.awaitState("blocked");

        assertThat(second.seenByAuthority().at("/items/0/state").asString()).isEqualTo("open");
    }

    @Test
    void groundThatHoldsForOneNoticeAloneIsNotCarried() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second = Filed.of(SECOND, url);

        ok(
                first.decide(
                        "Sample reason.",
                        true,
                        Map.of("outcome", "refused", "ground", "no_legal_basis")));
        first.awaitState("refused");

        assertThat(second.seenByAuthority().at("/items/0/state").asString()).isEqualTo("open");
    }

    @Test
    void samePictureAtAnotherAddressIsATwinAndAMeasureOfItsOwn() throws Exception {
        byte[] picture = ("\u0089PNG " + UUID.randomUUID()).getBytes(StandardCharsets.ISO_8859_1);
        String url = url();
        Filed first = Filed.of(FIRST, media(url, picture)).claim("reviewer");
        String other = url();
        Filed second = Filed.of(SECOND, media(other, picture));
        Filed third = Filed.of(SECOND, url());

        assertThat(first.seenByPlatform().at("/items/0/twins").size()).isEqualTo(1);
        assertThat(third.seenByPlatform().at("/case/twins").asBoolean()).isFalse();
        ok(first.decide("Sample reason.", true, BLOCK));
        second.awaitMeasure();

        assertThat(acts(url, "remove_media")).isEqualTo(1);
        assertThat(acts(other, "remove_media")).isEqualTo(1);
    }

    private static Map<String, Object> media(String url, byte[] picture) {
        return Map.of(
                "items",
                List.of(
                        Map.of(
                                "url",
                                url,
                                "kind",
                                "media",
                                "text",
                                "Sample picture",
                                "files",
                                List.of("a.png"))),
                "files",
                List.of(
                        Map.of(
                                "name",
                                "a.png",
                                "data",
                                Base64.getEncoder().encodeToString(picture))));
    }

    @Test
    void erasedItemIsNobodysTwinAnyMore() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second = Filed.of(SECOND, url);
        ok(
                nodes.post(
                        SECOND,
                        "approver",
                        "/api/notices/" + second.notice() + "/erasure",
                        Map.of("everything", true, "ground", "mistake")));

        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + first.theCase(),
                one -> one.at("/items/0/twins").isEmpty());
    }

    @Test
    void pagesOfferTheTwinsAndSayWhatBecomesOfEach() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url);
        Filed second = Filed.of(SECOND, url);
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        String path = "/cases/" + first.theCase();
        reviewer.post(path + "/claim", Map.of());

        String page = reviewer.get(path).body();
        String queue = reviewer.get("/cases?list=open").body();
        Map<String, String> typed =
                new LinkedHashMap<>(
                        Map.of(
                                "which", "all",
                                "outcome", "blocked",
                                "policy", "Sample rule",
                                "reason", "Sample reason."));
        String without = reviewer.post(path + "/preview", typed).body();
        typed.put("twins", "on");
        String with = reviewer.post(path + "/preview", typed).body();
        typed.put("reason", "Because " + first.reference() + " says so.");
        String naming = reviewer.post(path + "/preview", typed).body();

        assertThat(page)
                .contains("Also asked for by", second.reference())
                .containsPattern("id=\"twins\"[^>]*checked");
        assertThat(queue).contains("shared item");
        assertThat(without).doesNotContain(second.reference());
        assertThat(with).contains(second.reference(), "decided alike, under its own agreement");
        assertThat(naming).contains("names the first notice");
    }

    @Test
    void twinOfAnotherCategoryIsLeftWhenTheContentIsFoundLegal() throws Exception {
        String url = url();
        Filed first = Filed.of(FIRST, url).claim("reviewer");
        Filed second =
                Filed.of(
                        SECOND,
                        Map.of(
                                "category",
                                "gambling",
                                "items",
                                List.of(Map.of("url", url, "text", "Sample"))));
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        String path = "/cases/" + first.theCase();
        ok(nodes.post(PLATFORM, "reviewer", "/api" + path + "/release", Map.of()));
        reviewer.post(path + "/claim", Map.of());
        String preview =
                reviewer.post(
                                path + "/preview",
                                Map.of(
                                        "which", "all",
                                        "outcome", "refused",
                                        "ground", "not_illegal",
                                        "policy", "Sample rule",
                                        "reason", "Sample reason.",
                                        "twins", "on"))
                        .body();
        reviewer.post(path + "/release", Map.of());
        first.claim("reviewer");

        ok(
                first.decide(
                        "Sample reason.",
                        true,
                        Map.of("outcome", "refused", "ground", "not_illegal")));

        assertThat(preview)
                .contains(second.reference(), "its agreement or its notice knows another category");
        first.awaitState("refused");
        assertThat(second.seenByAuthority().at("/items/0/state").asString()).isEqualTo("open");
        assertThat(second.seenByPlatform().at("/case/undecided").asInt()).isEqualTo(1);
    }
}
