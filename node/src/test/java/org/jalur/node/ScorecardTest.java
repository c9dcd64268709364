package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Role;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.notice.Item;
import org.jalur.notice.ItemFacts;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeFacts.IssuingBody;
import org.jalur.notice.NoticeFacts.LegalBasis;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.NoticeReasons;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** The same notices on two real nodes, and what each of them makes of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScorecardTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;
    private static NodeDatabases databases;
    private static HttpServer connector;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        databases = new NodeDatabases(nodes);
        connector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/actions", "{\"result\":\"done\",\"told\":true}");
        answer(
                "/probe",
                "{\"routes\":[{\"route\":\"page\",\"country\":\"*\",\"state\":\"gone\"}]}");
        connector.start();
        Path secret = Files.writeString(folder.resolve("secret"), "sample-secret-of-a-test");
        nodes.with(
                PLATFORM,
                "jalur.connector.url",
                "http://127.0.0.1:" + connector.getAddress().getPort());
        nodes.with(PLATFORM, "jalur.connector.secret-file", secret.toString());
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.stop(0);
    }

    private static void answer(String path, String body) {
        connector.createContext(
                path,
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, octets.length);
                    exchange.getResponseBody().write(octets);
                    exchange.close();
                });
    }

    private static String send(String... paths) throws Exception {
        String notice = approved(paths);
        databases.settle(BOTH);
        return notice;
    }

    private static String approved(String... paths) throws Exception {
        Map<String, Object> form =
                new HashMap<>(ChannelTest.form(PLATFORM, "https://social.example/"));
        form.put(
                "items",
                List.of(paths).stream()
                        .map(path -> Map.of("url", "https://social.example/" + path))
                        .toList());
        var draft = nodes.post(AUTHORITY, "officer", "/api/notices", form);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        String notice = draft.body().at("/notice/id").asString();
        ok(nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of()));
        return notice;
    }

    private static void ok(TestNodes.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 299);
    }

    private static void decide(String notice, List<Map<String, Object>> decisions)
            throws Exception {
        String open =
                "/api/cases/"
                        + nodes.bean(PLATFORM, JdbcClient.class)
                                .sql("select id from cases where notice_id = :notice")
                                .param("notice", UUID.fromString(notice))
                                .query(UUID.class)
                                .single();
        ok(nodes.post(PLATFORM, "reviewer", open + "/claim", Map.of()));
        ok(nodes.post(PLATFORM, "reviewer", open + "/decisions", Map.of("decisions", decisions)));
        databases.settle(BOTH);
    }

    private static Map<String, Object> decision(int no, String outcome) {
        Map<String, Object> decision = new HashMap<>();
        decision.put("items", List.of(no));
        decision.put("outcome", outcome);
        decision.put("policy", "Sample rule 1");
        decision.put("reason", "Sample reason.");
        if (outcome.equals("refused")) {
            decision.put("ground", "not_illegal");
        }
        if (outcome.equals("withheld")) {
            decision.put("countries", List.of("ID"));
        }
        return decision;
    }

    private static void say(String role, String notice, String what, Map<String, Object> body)
            throws Exception {
        ok(nodes.post(AUTHORITY, role, "/api/notices/" + notice + "/" + what, body));
        databases.settle(BOTH);
    }

    /** A node of this kind sends nothing that the agreement does not cover; another one might. */
    private static void sendOutsideOfTheAgreement() throws Exception {
        Channel channel = nodes.bean(AUTHORITY, Channels.class).all().getFirst();
        Hash agreement =
                nodes.bean(AUTHORITY, Agreements.class).with(channel.peer()).orElseThrow().digest();
        UUID id = UUID.randomUUID();
        List<Part> parts =
                List.of(
                        Parts.json("notice", outside()),
                        Parts.json(
                                "notice-reasons",
                                new NoticeReasons("Sample reasons.", "desk", Optional.empty())),
                        Parts.json("item-facts", new ItemFacts(1, ItemKind.POST)),
                        Parts.json(
                                "item",
                                new Item(
                                        1,
                                        ItemKind.POST,
                                        "https://social.example/c",
                                        Map.of(),
                                        Optional.empty(),
                                        List.of())));
        SentMessageHandler handler =
                nodes.context(AUTHORITY).getBeansOfType(SentMessageHandler.class).values().stream()
                        .filter(one -> one.kinds().contains(MessageKind.NOTICE))
                        .findFirst()
                        .orElseThrow();
        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(_ -> {
                    SentMessage sent =
                            nodes.bean(AUTHORITY, Exchange.class)
                                    .send(
                                            channel,
                                            new Exchange.Draft(
                                                    id,
                                                    MessageKind.NOTICE,
                                                    Optional.of(id),
                                                    Optional.of(agreement),
                                                    parts));
                    handler.restore(
                            sent,
                            new Contents(
                                    parts.stream().map(Part::leaf).toList(),
                                    parts.stream()
                                            .collect(Collectors.toMap(Part::leaf, part -> part))));
                });
        databases.settle(BOTH);
    }

    private static NoticeFacts outside() {
        return new NoticeFacts(
                NoticeKind.REFERRAL,
                Urgency.NORMAL,
                "sample_of_no_agreement",
                new LegalBasis("Permenkominfo 5/2020", "14"),
                new IssuingBody("Kementerian Contoh", IssuingBody.Type.MINISTRY),
                "Otoritas Contoh",
                Optional.empty(),
                "REF-outside",
                "en",
                List.of(),
                "Object within 14 days at the sample court.",
                Optional.empty(),
                1);
    }

    private static String period() {
        LocalDate today = LocalDate.ofInstant(CLOCK.instant(), ZoneId.of("Asia/Jakarta"));
        return "from=" + today.minusDays(3) + "&to=" + today.plusDays(1);
    }

    private static String card(String party) throws Exception {
        return nodes.text(
                party,
                party.equals(AUTHORITY) ? "officer" : "reviewer",
                "/api/scorecard?" + period());
    }

    private static JsonNode sameOnBoth() throws Exception {
        databases.settle(BOTH);
        String here = card(AUTHORITY);
        assertThat(card(PLATFORM)).isEqualTo(here);
        return TestNodes.JSON.readTree(here);
    }

    private static String share(JsonNode share) {
        return share.path("counted").asLong() + "/" + share.path("of").asLong();
    }

    @Test
    @Order(1)
    void beforeAnythingWasSentBothShowAnEmptyCard() throws Exception {
        JsonNode card = sameOnBoth();

        assertThat(card.path("authority").asString()).isEqualTo(AUTHORITY);
        assertThat(card.path("platform").asString()).isEqualTo(PLATFORM);
        assertThat(card.at("/period/zone").asString()).isEqualTo("Asia/Jakarta");
        assertThat(share(card.at("/all/valid"))).isEqualTo("0/0");
        assertThat(card.at("/all/times/receipt").has("medianMillis")).isFalse();
        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        assertThat(reviewer.get("/scorecard").body()).contains("/scorecard/file?counterpart=");
    }

    @Test
    @Order(2)
    void bothNodesAnswerTheSameOctetForOctetWhateverBecameOfTheNotices() throws Exception {
        String first = send("a", "b");
        decide(first, List.of(decision(1, "blocked"), decision(2, "refused")));
        String again = send("a#again");
        decide(again, List.of(decision(1, "clarification")));
        say("officer", again, "clarifications", Map.of("answer", "Sample answer."));
        decide(again, List.of(decision(1, "blocked")));
        send("c");
        String withdrawn = send("c");
        say("approver", withdrawn, "withdrawal", Map.of("reason", "Sample reason."));
        sendOutsideOfTheAgreement();
        String late = send("d");
        String erased = send("e");
        decide(erased, List.of(decision(1, "refused")));
        say("approver", erased, "erasure", Map.of("everything", true, "ground", "mistake"));
        CLOCK.forward(Duration.ofHours(5));
        decide(late, List.of(decision(1, "withheld")));

        JsonNode all = sameOnBoth().path("all");

        assertThat(all.path("notices").toString())
                .isEqualTo(
                        "{\"received\":7,\"refused\":1,\"withdrawn\":1,\"opened\":4,\"decided\":4}");
        assertThat(all.path("items").toString())
                .isEqualTo(
                        "{\"named\":7,\"blocked\":2,\"withheld\":1,\"refused\":2,\"asked\":0,\"impossible\":0,\"undecided\":1,\"withdrawn\":1,\"refusedWithNotice\":1}");
        assertThat(share(all.path("valid"))).isEqualTo("3/6");
        assertThat(share(all.path("overturned"))).isEqualTo("0/3");
        assertThat(all.path("refusedByGround").toString()).isEqualTo("{\"not_illegal\":2}");
        assertThat(all.path("refusedByClause").propertyNames()).hasSize(1);
        assertThat(all.path("duplicates").toString())
                .isEqualTo(
                        "{\"whileOpen\":1,\"afterDecision\":1,\"comparable\":6,\"incomparable\":1}");
        assertThat(all.path("deadlines").toString())
                .isEqualTo(
                        "{\"inTime\":3,\"late\":1,\"overdue\":1,\"running\":0,\"standing\":0,\"withdrawn\":1}");
        assertThat(all.at("/times/receipt/known").asInt()).isEqualTo(7);
        assertThat(all.at("/times/decision/known").asInt()).isEqualTo(5);
        assertThat(all.at("/times/decision/unknown").asInt()).isEqualTo(2);
        assertThat(all.at("/times/decision/p95Millis").asLong())
                .isGreaterThan(Duration.ofHours(5).toMillis());
        assertThat(all.at("/times/block/known").asInt()).isEqualTo(2);
        // No route told of the country in which it was withheld.
        assertThat(all.at("/times/block/unknown").asInt()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void theSplitsAndTheFileAreTheSameToo() throws Exception {
        JsonNode card = sameOnBoth();

        assertThat(card.path("byCategory").propertyNames()).containsExactly("-", "terrorism");
        assertThat(card.path("byKind").propertyNames()).containsExactly("order", "referral");
        assertThat(card.path("byUrgency").propertyNames()).containsExactly("normal", "urgent");
        String here = nodes.text(AUTHORITY, "auditor", "/api/scorecard/file?" + period());
        assertThat(nodes.text(PLATFORM, "signatory", "/api/scorecard/file?" + period()))
                .isEqualTo(here);
        assertThat(here)
                .startsWith("authority,platform,from,to,zone,split,value,figure,counted,of")
                .contains(",all,,valid,3,6,,,", ",category,terrorism,items.blocked,2,,,,");
    }

    @Test
    @Order(4)
    void theNoticesOfAnotherPeriodAreOnAnotherCard() throws Exception {
        for (String party : BOTH) {
            JsonNode card =
                    nodes.get(party, "auditor", "/api/scorecard?month=2026-01&with=" + other(party))
                            .body();

            assertThat(card.at("/period/from").asString()).isEqualTo("2026-01-01");
            assertThat(card.at("/period/to").asString()).isEqualTo("2026-01-31");
            assertThat(card.at("/all/notices/received").asInt()).isZero();
        }
    }

    private static String other(String party) {
        return party.equals(AUTHORITY) ? PLATFORM : AUTHORITY;
    }

    @Test
    @Order(5)
    void whatIsNoPeriodOrNobodysNameIsRefusedWithTheValue() throws Exception {
        for (String wrong :
                List.of(
                        "month=2026-13",
                        "from=2026-02-30&to=2026-03-01",
                        "from=2026-03-01",
                        "from=2026-03-02&to=2026-03-01",
                        "from=2026-01-01&to=2027-01-02",
                        "month=2026-01&from=2026-01-01&to=2026-01-02",
                        "from=0001-01-01&to=0001-01-02")) {
            var reply = nodes.get(AUTHORITY, "officer", "/api/scorecard?" + wrong);

            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.body().path("type").asString()).as(wrong).containsPattern("/bad-");
        }
        var nobody = nodes.get(AUTHORITY, "officer", "/api/scorecard?with=nobody");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.body().path("detail").asString()).contains("nobody", PLATFORM);
    }

    @Test
    @Order(6)
    void pagesShowTheCardOfTheChosenDaysAndKeepWhatWasTyped() throws Exception {
        for (PageVisitor visitor :
                List.of(
                        nodes.signedIn(AUTHORITY, Role.OFFICER),
                        nodes.signedIn(PLATFORM, Role.REVIEWER))) {
            String days = period().replace("from=", "firstDay=").replace("to=", "lastDay=");
            assertThat(visitor.get("/scorecard?" + days).body()).contains("<svg", "7", "50");
            assertThat(visitor.get("/scorecard/file?" + days).body())
                    .startsWith("authority,platform,");
            var wrong = visitor.get("/scorecard?firstDay=2026-03-01&lastDay=soon");
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body()).contains("lastDay-error", "value=\"soon\"");
            assertThat(visitor.get("/scorecard?counterpart=nobody").statusCode()).isEqualTo(404);
        }
    }

    @Test
    @Order(7)
    void whatHasNoReceiptIsOnNoCardAndOnlyItsSenderSaysSo() throws Exception {
        String before = card(PLATFORM);
        nodes.stop(PLATFORM);
        approved("f");

        JsonNode alone = TestNodes.JSON.readTree(card(AUTHORITY));

        assertThat(alone.path("withoutReceipt").asInt()).isEqualTo(1);
        assertThat(alone.path("all")).isEqualTo(TestNodes.JSON.readTree(before).path("all"));
        nodes.start(PLATFORM);
        nodes.awaitStatus(PLATFORM, "/actuator/health/liveness");
        JsonNode card = sameOnBoth();
        assertThat(card.has("withoutReceipt")).isFalse();
        assertThat(card.at("/all/notices/received").asInt()).isEqualTo(8);
    }
}
