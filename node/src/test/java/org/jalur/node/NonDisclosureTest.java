package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.PartyId;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.RenewalFacts;
import org.jalur.notice.RenewalReasons;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Renewals of a non-disclosure on two real nodes, whose clock is put forward. */
class NonDisclosureTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final Duration FIRST = Duration.ofDays(30);
    private static final Duration RENEWED = Duration.ofDays(60);

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;
    private static HandMadeConnector connector;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        connector = new HandMadeConnector(folder);
        connector.serve(nodes, PLATFORM);
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        connector.close();
    }

    /**
     * @param end of the non-disclosure
     */
    private record Silent(Filing filing, String url, Instant end) {
        String path() {
            return "/api/notices/" + filing.notice() + "/renewals";
        }

        Reply ask(Instant until) throws Exception {
            return nodes.post(
                    AUTHORITY,
                    "officer",
                    path(),
                    Map.of("until", until.toString(), "reason", "Sample: the inquiry goes on."));
        }

        String asked(Instant until) throws Exception {
            Reply reply = ask(until);
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
            return reply.body().path("id").asString();
        }

        Reply approve(String renewal) throws Exception {
            return nodes.post(
                    AUTHORITY, "approver", path() + "/" + renewal + "/approval", Map.of());
        }

        JsonNode await(String state) throws Exception {
            return nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + filing.notice(),
                    one ->
                            one.at("/nonDisclosure/renewals/0/state").asString("").equals(state)
                                    && one.at("/nonDisclosure/renewals/0/delivery/state")
                                            .asString("")
                                            .equals("delivered"));
        }

        JsonNode awaitRefusal() throws Exception {
            return nodes.await(
                            AUTHORITY,
                            "officer",
                            "/api/notices/" + filing.notice(),
                            one -> one.path("refusals").size() == 1)
                    .at("/refusals/0");
        }
    }

    private static Instant in(Duration time) {
        return CLOCK.instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Silent silent() throws Exception {
        String url = "https://social.example/n/" + UUID.randomUUID();
        Instant end = in(FIRST);
        var form = new HashMap<String, Object>();
        form.put("nonDisclosure", Map.of("ground", "Sample ground", "until", end.toString()));
        form.put("items", List.of(Map.of("url", url, "text", "Sample post A")));
        return new Silent(Filing.of(nodes, AUTHORITY, PLATFORM, form), url, end);
    }

    private static Silent blocked() throws Exception {
        Silent one = silent();
        one.filing().claim("reviewer");
        one.filing().decide("reviewer", Map.of("outcome", "blocked"));
        one.filing().await("/items/0/enforcement", "gone");
        return one;
    }

    /** An authority whose node checks nothing. */
    private static void renewUnchecked(Silent one, Instant until) {
        Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        send(
                one,
                List.of(
                        Parts.json("non-disclosure", new RenewalFacts(until, "officer", now)),
                        Parts.json(
                                "non-disclosure-reasons",
                                new RenewalReasons("Sample reason.", "P-1"))));
    }

    private static void send(Silent one, List<org.jalur.channel.Part> parts) {
        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        nodes.bean(AUTHORITY, Exchange.class)
                                .send(
                                        nodes.bean(AUTHORITY, Channels.class)
                                                .with(new PartyId(PLATFORM))
                                                .orElseThrow(),
                                        new Exchange.Draft(
                                                UUID.randomUUID(),
                                                MessageKind.NON_DISCLOSURE,
                                                Optional.of(UUID.fromString(one.filing().notice())),
                                                Optional.empty(),
                                                parts)));
    }

    private static String type(Reply reply) {
        return reply.body().path("type").asString("").replaceAll(".*/", "");
    }

    private static void outside(Reply reply, String what) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(422);
        assertThat(reply.body().toString())
                .contains("userNotice.nonDisclosure.renewal")
                .contains(what);
    }

    @Test
    void userIsToldAtTheNewEndAndNotAtTheOldOne() throws Exception {
        Silent renewed = blocked();
        Silent other = blocked();
        String id = renewed.asked(in(RENEWED));
        assertThat(renewed.approve(id).status()).isEqualTo(204);
        renewed.await("renewed");

        nodes.stop(PLATFORM);
        CLOCK.forward(FIRST.plusDays(1));
        nodes.start(PLATFORM);

        SharedLists.await(() -> connector.last(other.url(), "tell").isPresent());
        assertThat(connector.last(renewed.url(), "tell")).isEmpty();
        CLOCK.forward(RENEWED.minus(FIRST));
        SharedLists.await(() -> connector.last(renewed.url(), "tell").isPresent());
        renewed.filing().await("/items/0/measures/1/told", "true");
    }

    @Test
    void decisionAfterTheRenewalTellsAtTheNewEndToo() throws Exception {
        Silent one = silent();
        one.approve(one.asked(in(RENEWED)));
        one.await("renewed");
        one.filing().claim("reviewer");
        one.filing().decide("reviewer", Map.of("outcome", "blocked"));
        one.filing().await("/items/0/enforcement", "gone");

        Silent other = blocked();
        CLOCK.forward(FIRST.plusDays(1));
        SharedLists.await(() -> connector.last(other.url(), "tell").isPresent());

        assertThat(connector.last(one.url(), "tell")).isEmpty();
        assertThat(connector.last(one.url(), "remove_post").orElseThrow().hasNonNull("statement"))
                .isFalse();
    }

    @Test
    void bothSidesShowBothEndsAndWhoRenewedWhy() throws Exception {
        Silent one = blocked();
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        String page = "/notices/" + one.filing().notice() + "/renewal";
        String last = in(RENEWED).atZone(ZoneOffset.UTC).toLocalDate().toString();
        assertThat(officer.get("/notices/" + one.filing().notice()).body()).contains(page);

        var empty = officer.post(page, Map.of("renewUntil", "", "renewReason", "Sample"));
        var late =
                officer.post(
                        page,
                        Map.of(
                                "renewUntil",
                                in(FIRST.plusDays(50))
                                        .atZone(ZoneOffset.UTC)
                                        .toLocalDate()
                                        .toString(),
                                "renewReason",
                                "Sample"));
        var without = officer.post(page, Map.of("renewUntil", last, "renewReason", " "));
        var asked =
                officer.post(
                        page,
                        Map.of("renewUntil", last, "renewReason", "Sample: the inquiry goes on."));

        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("is too long; at most until", "renewUntil-error");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("renewReason-error");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(officer.get(page).body())
                .contains("waits for approval", "Sample: the inquiry goes on.")
                .doesNotContain("Approve and send");
        JsonNode waiting = one.filing().there().at("/nonDisclosure/renewals/0");
        Map<String, String> fields =
                Map.of(
                        "renewal",
                        waiting.path("id").asString(),
                        "root",
                        waiting.path("root").asString());
        assertThat(approver.get(page).body()).contains("Approve and send");
        var changed = new HashMap<>(fields);
        changed.put("root", "0".repeat(64));
        assertThat(approver.post(page + "/approval", changed).statusCode()).isEqualTo(409);
        assertThat(approver.post(page + "/approval", fields).statusCode()).isEqualTo(302);

        JsonNode view = one.await("renewed").path("nonDisclosure");
        assertThat(view.path("first").asString()).isEqualTo(one.end().toString());
        assertThat(Instant.parse(view.path("until").asString())).isAfter(one.end());
        assertThat(officer.get("/notices/" + one.filing().notice()).body())
                .contains("The user is not told until", "Renewed: the user is not told until")
                .contains("Asked for by officer", "Sample: the inquiry goes on.");
        JsonNode there =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + one.filing().theCase(),
                        found ->
                                found.at("/nonDisclosure/renewals/0/state")
                                        .asString("")
                                        .equals("renewed"));
        assertThat(there.at("/nonDisclosure/until")).isEqualTo(view.path("until"));
        assertThat(
                        nodes.signedIn(PLATFORM, Role.REVIEWER)
                                .get("/cases/" + one.filing().theCase())
                                .body())
                .contains("Renewed: the user is not told until", "Sample: the inquiry goes on.");
    }

    @Test
    void evidenceHasTheRenewalAndItsReasonCanBeErased() throws Exception {
        Silent one = silent();
        one.approve(one.asked(in(RENEWED)));
        one.await("renewed");
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + one.filing().theCase(),
                found -> found.at("/nonDisclosure/renewals").size() == 1);

        Reply erased =
                nodes.post(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + one.filing().notice() + "/erasure",
                        Map.of("everything", true, "ground", "data_protection"));

        assertThat(erased.status()).as(erased.body().toString()).isEqualTo(200);
        JsonNode there =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + one.filing().theCase(),
                        found -> !found.at("/nonDisclosure/renewals/0").hasNonNull("why"));
        assertThat(there.at("/nonDisclosure/renewals/0/until").asString()).isNotEmpty();
        byte[] file =
                nodes.signedIn(AUTHORITY, Role.OFFICER)
                        .download("/notices/" + one.filing().notice() + "/evidence?open=facts")
                        .body();
        assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("PK");
        assertThat(zipped(file)).contains("\"non-disclosure\"");
    }

    /** All that the messages of an evidence file say. */
    private static String zipped(byte[] file) throws Exception {
        var text = new StringBuilder();
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String octets =
                        new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                if (entry.getName().startsWith("messages/")) {
                    String payload =
                            TestNodes.JSON
                                    .readTree(octets)
                                    .path("jws")
                                    .asString("..")
                                    .split("\\.")[1];
                    text.append(
                            new String(
                                    java.util.Base64.getUrlDecoder().decode(payload),
                                    java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    @Test
    void nobodyRenewsAloneAndWhatWaitsCanBeDiscarded() throws Exception {
        Silent one = silent();
        String id = one.asked(in(RENEWED));

        assertThat(type(one.ask(in(RENEWED)))).isEqualTo("renewal-waits");
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "officer",
                                        one.path() + "/" + id + "/approval",
                                        Map.of())
                                .status())
                .isEqualTo(403);
        assertThat(
                        type(
                                nodes.post(
                                        AUTHORITY,
                                        "approver",
                                        one.path() + "/" + id + "/approval?root=" + "0".repeat(64),
                                        Map.of())))
                .isEqualTo("draft-changed");
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "officer",
                                        one.path() + "/" + id + "/removal",
                                        Map.of())
                                .status())
                .isEqualTo(204);
        assertThat(type(one.approve(id))).isEqualTo("no-renewal-waits");
        assertThat(one.filing().there().at("/nonDisclosure/renewals").size()).isZero();
        assertThat(one.filing().here().at("/nonDisclosure/renewals").size()).isZero();
    }

    @Test
    void ownNodeRefusesWhatTheAgreementDoesNotLet() throws Exception {
        Silent one = silent();
        Filing open = Filing.of(nodes, AUTHORITY, PLATFORM, Map.of());
        Silent told = new Silent(open, "", Instant.EPOCH);

        outside(told.ask(in(RENEWED)), "the user is told");
        outside(one.ask(one.end().plus(Duration.ofDays(42)).plusSeconds(1)), "is too long");
        outside(one.ask(one.end()), "name an end after");
        assertThat(
                        nodes.post(AUTHORITY, "officer", one.path(), Map.of("reason", "Sample"))
                                .status())
                .isEqualTo(422);
        one.approve(one.asked(one.end().plus(Duration.ofDays(42))));
        outside(one.ask(in(RENEWED.plusDays(20))), "renewed before");
        Silent late = silent();
        String waiting = late.asked(in(RENEWED));
        CLOCK.forward(FIRST.plusSeconds(1));
        outside(late.approve(waiting), "ended at");
        nodes.post(AUTHORITY, "officer", late.path() + "/" + waiting + "/removal", Map.of());
        outside(late.ask(in(RENEWED)), "ended at");
    }

    @Test
    void renewalThatArrivesAfterTheEndIsRefusedAndTheUserIsTold() throws Exception {
        Silent one = blocked();
        nodes.stop(PLATFORM);
        assertThat(one.approve(one.asked(in(RENEWED))).status()).isEqualTo(204);
        CLOCK.forward(FIRST.plusSeconds(1));
        nodes.start(PLATFORM);

        JsonNode refusal = one.awaitRefusal();
        assertThat(refusal.path("kind").asString()).isEqualTo("non-disclosure");
        assertThat(refusal.at("/refusal/clause").asString())
                .isEqualTo("userNotice.nonDisclosure.renewal");
        assertThat(refusal.at("/refusal/broken/rule").asString()).isEqualTo("renewal_too_late");
        JsonNode there = one.await("refused");
        assertThat(there.at("/nonDisclosure/until").asString()).isEqualTo(one.end().toString());
        assertThat(there.at("/notice/state").asString()).as("the notice stays").isEqualTo("closed");
        SharedLists.await(() -> connector.last(one.url(), "tell").isPresent());
        assertThat(
                        nodes.signedIn(AUTHORITY, Role.OFFICER)
                                .get("/notices/" + one.filing().notice())
                                .body())
                .contains("Refused by the other side", "it is renewed before it ends");
    }

    @Test
    void platformRefusesWhatAnotherNodeLetPass() throws Exception {
        Silent tooLong = silent();
        renewUnchecked(tooLong, tooLong.end().plus(Duration.ofDays(42)).plusSeconds(1));
        assertThat(tooLong.awaitRefusal().at("/refusal/broken/rule").asString())
                .isEqualTo("renewal");

        Silent twice = silent();
        twice.approve(twice.asked(in(RENEWED)));
        renewUnchecked(twice, twice.end().plus(Duration.ofDays(42)));
        assertThat(twice.awaitRefusal().at("/refusal/broken/rule").asString()).isEqualTo("renewed");
        assertThat(twice.filing().here().at("/nonDisclosure/renewals").size()).isEqualTo(1);

        Silent none =
                new Silent(Filing.of(nodes, AUTHORITY, PLATFORM, Map.of()), "", CLOCK.instant());
        renewUnchecked(none, in(RENEWED));
        assertThat(none.awaitRefusal().at("/refusal/broken/rule").asString())
                .isEqualTo("nothing_to_renew");

        Silent half = silent();
        send(half, List.of(Parts.json("non-disclosure", Map.of("until", "tomorrow"))));
        assertThat(half.awaitRefusal().at("/refusal/clause").asString()).isEqualTo("protocol");
        assertThat(half.filing().there().at("/notice/state").asString()).isEqualTo("sent");
    }

    @Test
    void userWhoWasToldAlreadyIsNotKeptInTheDarkAnyMore() throws Exception {
        Silent one = blocked();
        nodes.bean(PLATFORM, JdbcClient.class)
                .sql(
                        "update actions set next_attempt_at = :now where case_id = :case and action = 'tell'")
                .param("now", CLOCK.instant().atOffset(ZoneOffset.UTC))
                .param("case", UUID.fromString(one.filing().theCase()))
                .update();
        SharedLists.await(() -> connector.last(one.url(), "tell").isPresent());

        one.approve(one.asked(in(RENEWED)));

        assertThat(one.awaitRefusal().at("/refusal/reason").asString())
                .contains("has been told already");
        one.await("refused");
    }

    @Test
    void withdrawnNoticeIsNotRenewed() throws Exception {
        Silent waiting = silent();
        String id = waiting.asked(in(RENEWED));
        Silent crossed = silent();
        for (Silent one : List.of(waiting, crossed)) {
            nodes.post(
                    AUTHORITY,
                    "approver",
                    "/api/notices/" + one.filing().notice() + "/withdrawal",
                    Map.of("reason", "Sample mistake."));
        }

        assertThat(type(waiting.approve(id))).isEqualTo("no-renewal-waits");
        assertThat(type(waiting.ask(in(RENEWED)))).isEqualTo("wrong-state");
        renewUnchecked(crossed, in(RENEWED));

        assertThat(crossed.awaitRefusal().at("/refusal/reason").asString())
                .contains("was withdrawn");
        assertThat(crossed.filing().there().at("/notice/state").asString()).isEqualTo("withdrawn");
    }
}
