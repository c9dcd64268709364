package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** People are told what needs them, by the ways they chose, once. */
@ExtendWith(OutputCaptureExtension.class)
class NotificationTest {
    private static final String AUTHORITY = "otoritas-kabar";
    private static final String PLATFORM = "platform-kabar";
    private static final String SECRET = "a sample master secret of 32 letters";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HookReceiver hooks;
    private static BotApi bot;

    @BeforeAll
    static void start() throws Exception {
        hooks = new HookReceiver();
        bot = new BotApi();
        Path secret = Files.writeString(folder.resolve("webhooks"), SECRET);
        Path token = Files.writeString(folder.resolve("token"), BotApi.TOKEN + "\n");
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            nodes.with(party, "jalur.notifications.url", "https://node.example")
                    .with(party, "jalur.notifications.webhooks.secret-file", secret.toString())
                    .with(party, "jalur.notifications.webhooks.internal[0]", hooks.url().toString())
                    .with(party, "jalur.notifications.telegram.token-file", token.toString())
                    .with(party, "jalur.notifications.telegram.api", bot.url().toString());
        }
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        hooks.close();
        bot.close();
    }

    @BeforeEach
    void answersWell() {
        hooks.status.set(204);
    }

    /** Somebody who is signed in, with the account's id. */
    private record Person(UUID id, PageVisitor pages) {
        static Person of(String party, Role role) throws Exception {
            String name = "Sample " + UUID.randomUUID();
            UUID id = nodes.bean(party, Accounts.class).open(name, role);
            nodes.bean(party, Passwords.class).set(id, "a sample password of a test");
            var pages = new PageVisitor(nodes.url(party));
            pages.signIn(name, "a sample password of a test");
            return new Person(id, pages);
        }

        Document page(String path) throws Exception {
            return Jsoup.parse(pages.get(path).body());
        }

        String alerts() throws Exception {
            return page("/notifications").select("#alerts").text();
        }

        Document send(String path, Map<String, String> fields) throws Exception {
            return Jsoup.parse(pages.post(path, fields).body());
        }

        /** A webhook that is confirmed; the secret that its page showed. */
        String webhook(String path) throws Exception {
            Document added =
                    send(
                            "/notifications/addresses",
                            Map.of("channel", "webhook", "address", hooks.url() + path));
            String secret = added.select("#secret").text();
            String code = hooks.await(path, one -> one.has("code")).json().path("code").asString();
            Document confirmed = send(address(added) + "/confirmation", Map.of("code", code));
            assertThat(confirmed.text()).contains("The address is confirmed");
            return secret;
        }

        /** The last of the addresses on a page. */
        String address(Document page) {
            String action = page.select("form[action$=/removal]").eachAttr("action").getLast();
            return action.substring(0, action.lastIndexOf('/'));
        }
    }

    private static JdbcClient jdbc(String party) {
        return nodes.bean(party, JdbcClient.class);
    }

    private static void tell(String party, Event event) {
        nodes.bean(party, TransactionTemplate.class)
                .executeWithoutResult(_ -> nodes.bean(party, Notifications.class).tell(event));
    }

    private static void settle(String party, UUID subject, Kind kind) {
        nodes.bean(party, TransactionTemplate.class)
                .executeWithoutResult(
                        _ -> nodes.bean(party, Notifications.class).settled(subject, kind));
    }

    private static Event event(Kind kind, UUID subject) {
        return Event.of(kind, subject, Instant.parse("2026-11-01T02:00:00Z"), "SAMPLE/" + subject);
    }

    private static Event event(Kind kind, UUID subject, Person only) {
        return event(kind, subject).onlyFor(Optional.of(only.id()));
    }

    private static void await(BooleanSupplier wanted) {
        for (long end = System.nanoTime() + 30_000_000_000L; System.nanoTime() < end; ) {
            if (wanted.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("it did not come about within 30 seconds");
    }

    private static String state(String party, UUID subject) {
        return jdbc(party)
                .sql(
                        """
                        select string_agg(distinct state, ' ') from notification_deliveries
                        join notification_events on notification_events.id = event where subject = :subject
                        """)
                .param("subject", subject.toString())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    private static List<UUID> told(String party, UUID subject) {
        return jdbc(party)
                .sql(
                        """
                        select account from notification_alerts join notification_events on id = event
                        where subject = :subject
                        """)
                .param("subject", subject.toString())
                .query((row, _) -> row.getObject("account", UUID.class))
                .list();
    }

    @Test
    void approversLearnOfADraftAndNobodyIsCalledOnceItIsSent() throws Exception {
        Person approver = Person.of(AUTHORITY, Role.APPROVER);
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        String secret = approver.webhook("/approver");

        var draft =
                nodes.post(
                        AUTHORITY,
                        "officer",
                        "/api/notices",
                        ChannelTest.form(PLATFORM, "https://social.example/kabar/1"));
        String id = draft.body().at("/notice/id").asString();

        var call = hooks.await("/approver", one -> one.path("link").asString("").contains(id));
        assertThat(call.isSignedWith(secret)).isTrue();
        assertThat(call.json().path("kind").asString()).isEqualTo("approval");
        assertThat(call.json().path("link").asString())
                .isEqualTo("https://node.example/notices/" + id);
        assertThat(call.json().path("id").asString()).isEqualTo(call.id());
        assertThat(new String(call.body(), UTF_8))
                .doesNotContain("Sample post", "Sample reasons", "social.example");
        assertThat(approver.alerts()).isEqualTo("1");
        assertThat(officer.alerts()).isEmpty();

        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "approver",
                                        "/api/notices/" + id + "/approval",
                                        Map.of())
                                .status())
                .isEqualTo(200);

        assertThat(approver.alerts()).isEmpty();
        assertThat(approver.page("/notifications").text()).contains("done");
    }

    @Test
    void platformLearnsOfAnUrgentNoticeUntilSomebodyClaimsIt() throws Exception {
        Person reviewer = Person.of(PLATFORM, Role.REVIEWER);
        var draft =
                nodes.post(
                        AUTHORITY,
                        "officer",
                        "/api/notices",
                        ChannelTest.form(PLATFORM, "https://social.example/kabar/2"));
        String id = draft.body().at("/notice/id").asString();
        String reference = draft.body().at("/notice/reference").asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + id + "/approval", Map.of());
        String ofCase =
                nodes.await(
                                PLATFORM,
                                "reviewer",
                                "/api/cases?limit=500",
                                page -> page.toString().contains(id))
                        .path("cases")
                        .valueStream()
                        .filter(one -> one.path("notice").asString().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();

        assertThat(reviewer.page("/notifications").text())
                .contains("Urgent notice " + reference)
                .contains("not seen yet");

        nodes.post(PLATFORM, "reviewer", "/api/cases/" + ofCase + "/claim", Map.of());

        assertThat(reviewer.alerts()).isEmpty();
    }

    @Test
    void sameEventIsToldOnceAndAnotherOccasionAgain() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        officer.webhook("/once");
        UUID subject = UUID.randomUUID();

        tell(AUTHORITY, event(Kind.QUESTION, subject, officer));
        tell(AUTHORITY, event(Kind.QUESTION, subject, officer));
        assertThat(told(AUTHORITY, subject)).contains(officer.id()).doesNotHaveDuplicates();
        await(() -> state(AUTHORITY, subject).equals("sent"));
        tell(
                AUTHORITY,
                Event.of(
                                Kind.QUESTION,
                                subject,
                                Instant.parse("2026-11-02T02:00:00Z"),
                                "SAMPLE/" + subject)
                        .onlyFor(Optional.of(officer.id())));
        hooks.await("/once", one -> one.path("reference").asString("").contains(subject + ""));
        await(() ->
                hooks.calls("/once").stream()
                                .filter(one -> one.json().toString().contains(subject + ""))
                                .count()
                        == 2);
        assertThat(officer.alerts()).isEqualTo("2");
    }

    @Test
    void addressIsUsedOnlyAfterItsCodeCameBackAndGuessesEnd() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        UUID subject = UUID.randomUUID();
        Document added =
                officer.send(
                        "/notifications/addresses",
                        Map.of("channel", "webhook", "address", hooks.url() + "/guess"));
        String address = officer.address(added);
        String code = hooks.await("/guess", one -> one.has("code")).json().path("code").asString();

        tell(AUTHORITY, event(Kind.QUESTION, subject, officer));
        assertThat(state(AUTHORITY, subject)).doesNotContain("waiting");
        for (int i = 0; i < 5; i++) {
            assertThat(
                            officer.pages()
                                    .post(address + "/confirmation", Map.of("code", "wrong"))
                                    .statusCode())
                    .isEqualTo(422);
        }
        assertThat(officer.send(address + "/confirmation", Map.of("code", code)).text())
                .as("the sixth try")
                .contains("the code is wrong or has ended");
        assertThat(hooks.calls("/guess")).hasSize(1);
    }

    @Test
    void addressOfSomebodyElseCannotBeTouched() throws Exception {
        Person owner = Person.of(AUTHORITY, Role.OFFICER);
        Person other = Person.of(AUTHORITY, Role.OFFICER);
        owner.webhook("/owner");
        String address = owner.address(owner.page("/notifications/settings"));

        for (String what : List.of("code", "confirmation", "kinds", "test", "removal")) {
            assertThat(other.pages().post(address + "/" + what, Map.of()).statusCode())
                    .as(what)
                    .isEqualTo(404);
        }
    }

    @Test
    void addressesInsideTheNetworkAreNotCalled() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        String port = hooks.url().toString().replaceAll(".*:", "");

        assertThat(
                        officer.send(
                                        "/notifications/addresses",
                                        Map.of(
                                                "channel",
                                                "webhook",
                                                "address",
                                                "https://localhost:" + port + "/inside"))
                                .text())
                .contains("Not sent: the address is not on the public Internet");
        for (String address :
                List.of(
                        "http://hooks.example/a",
                        "http://localhost:" + port + "/inside",
                        "https://user:pass@hooks.example/",
                        "file:///etc/passwd",
                        "https:///a",
                        "hooks.example")) {
            assertThat(
                            officer.pages()
                                    .post(
                                            "/notifications/addresses",
                                            Map.of("channel", "webhook", "address", address))
                                    .statusCode())
                    .as(address)
                    .isEqualTo(422);
        }
        assertThat(hooks.calls("/inside")).isEmpty();
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        officer.webhook("/moved");
        String address = officer.address(officer.page("/notifications/settings"));
        hooks.status.set(302);

        assertThat(officer.send(address + "/test", Map.of()).text())
                .contains("Not sent: the webhook answers 302");
        assertThat(hooks.calls("/elsewhere")).isEmpty();
    }

    @Test
    void strangersAreNotFloodedWithCodes() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        officer.webhook("/flood");
        String address = officer.address(officer.page("/notifications/settings"));
        for (int i = 0; i < 9; i++) {
            assertThat(officer.send(address + "/test", Map.of()).text())
                    .contains("The test message was sent");
        }

        assertThat(officer.send(address + "/test", Map.of()).text())
                .contains("at most 10 codes and test messages an hour");
        assertThat(hooks.calls("/flood")).hasSize(10);
    }

    @Test
    void telegramChatIsKnownByWhoeverStartsTheBotAndTheTokenStaysSecret(CapturedOutput output)
            throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        Document added = officer.send("/notifications/addresses", Map.of("channel", "telegram"));
        String code = added.select("input[name=code]").attr("value");
        assertThat(added.select("#start").attr("href"))
                .isEqualTo("https://t.me/sample_bot?start=" + code);
        String address = officer.address(added);

        bot.hear("/start somebody-else");
        assertThat(officer.send(address + "/confirmation", Map.of("code", code)).text())
                .contains("the bot has not been started with this code");
        bot.hear("/start " + code);
        assertThat(officer.send(address + "/confirmation", Map.of("code", code)).text())
                .contains("The address is confirmed");

        UUID subject = UUID.randomUUID();
        tell(AUTHORITY, event(Kind.QUESTION, subject, officer));
        await(() -> bot.sent().stream().anyMatch(one -> one.toString().contains(subject + "")));
        assertThat(bot.sent().getLast().path("chat_id").asLong()).isEqualTo(BotApi.CHAT);

        bot.trouble.set(
                Map.of(
                        "ok",
                        false,
                        "error_code",
                        429,
                        "description",
                        "Too Many Requests",
                        "parameters",
                        Map.of("retry_after", 600)));
        UUID later = UUID.randomUUID();
        tell(AUTHORITY, event(Kind.QUESTION, later, officer));
        await(() -> bot.trouble.get().isEmpty());
        await(() -> reason(later).equals("telegram-answers 429"));
        assertThat(nextAttempt(later)).isAfter(Instant.now().plusSeconds(500));

        bot.trouble.set(Map.of("ok", false, "error_code", 403, "description", "blocked"));
        UUID blocked = UUID.randomUUID();
        tell(AUTHORITY, event(Kind.QUESTION, blocked, officer));
        await(() -> reason(blocked).equals("telegram-answers 403"));
        assertThat(state(AUTHORITY, blocked)).contains("failed");

        assertThat(bot.wrong()).isEmpty();
        assertThat(output.getAll()).doesNotContain(BotApi.TOKEN);
        officer.send(address + "/removal", Map.of());
    }

    private static String reason(UUID subject) {
        return jdbc(AUTHORITY)
                .sql(
                        """
                        select coalesce(max(reason), '') from notification_deliveries
                        join notification_events on notification_events.id = event where subject = :subject
                        """)
                .param("subject", subject.toString())
                .query(String.class)
                .single();
    }

    private static Instant nextAttempt(UUID subject) {
        return jdbc(AUTHORITY)
                .sql(
                        """
                        select max(next_attempt_at) from notification_deliveries
                        join notification_events on notification_events.id = event where subject = :subject
                        """)
                .param("subject", subject.toString())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void whatFailsStandsInTheOutboxUntilItIsTriedAgainOrGivenUp() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        Person admin = Person.of(AUTHORITY, Role.ADMIN);
        officer.webhook("/broken");
        hooks.status.set(500);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        tell(AUTHORITY, event(Kind.QUESTION, first, officer));
        tell(AUTHORITY, event(Kind.QUESTION, second, officer));
        await(() -> reason(first).equals("webhook-answers 500"));
        await(() -> reason(second).equals("webhook-answers 500"));

        Document outbox = admin.page("/notifications/outbox");
        assertThat(row(outbox, first)).contains("the webhook answers 500", "Next try:", "Webhook");
        assertThat(outbox.text()).doesNotContain(hooks.url().toString());

        hooks.status.set(204);
        admin.send(action(outbox, first, "/retry"), Map.of());
        await(() -> state(AUTHORITY, first).equals("sent"));

        String abandon = action(outbox, second, "/abandonment");
        assertThat(admin.pages().post(abandon, Map.of("reason", " ")).statusCode()).isEqualTo(422);
        admin.send(abandon, Map.of("reason", "Sample reason of an admin"));
        assertThat(row(admin.page("/notifications/outbox?state=given-up"), second))
                .contains("Sample reason of an admin");
        assertThat(admin.pages().post(action(outbox, second, "/retry"), Map.of()).statusCode())
                .isEqualTo(409);
        assertThat(nodes.text(AUTHORITY, "admin", "/actuator/prometheus"))
                .contains("jalur_notifications{state=\"given-up\"}");
    }

    private static String row(Document page, UUID subject) {
        return page.select("tbody tr").stream()
                .filter(row -> row.text().contains(subject.toString()))
                .map(row -> row.text())
                .collect(Collectors.joining("\n"));
    }

    private static String action(Document page, UUID subject, String ending) {
        return page.select("tbody tr").stream()
                .filter(row -> row.text().contains(subject.toString()))
                .flatMap(row -> row.select("form").eachAttr("action").stream())
                .filter(action -> action.endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deliveryOfAProcessThatDiedIsTakenOverWhenItsLeaseEnds() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        officer.webhook("/taken-over");
        UUID subject = UUID.randomUUID();
        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(_ -> {
                    nodes.bean(AUTHORITY, Notifications.class)
                            .tell(event(Kind.QUESTION, subject, officer));
                    lease(subject, Instant.now().plusSeconds(600));
                });
        UUID other = UUID.randomUUID();
        tell(AUTHORITY, event(Kind.QUESTION, other, officer));
        await(() -> state(AUTHORITY, other).equals("sent"));
        assertThat(state(AUTHORITY, subject)).isEqualTo("waiting");

        lease(subject, Instant.now().minusSeconds(1));

        await(() -> state(AUTHORITY, subject).equals("sent"));
        assertThat(
                        hooks.calls("/taken-over").stream()
                                .filter(one -> one.json().toString().contains(subject + "")))
                .hasSize(1);
    }

    private static void lease(UUID subject, Instant until) {
        jdbc(AUTHORITY)
                .sql(
                        """
                        update notification_deliveries set lease_until = :until from notification_events
                        where notification_events.id = event and subject = :subject
                        """)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("subject", subject.toString())
                .update();
    }

    @Test
    void quietHoursHoldBackEverythingButEmergencies() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        officer.webhook("/quiet");
        var now = Instant.now().atZone(ZoneId.of("Asia/Jayapura"));
        assertThat(
                        officer.send(
                                        "/notifications/settings",
                                        Map.of(
                                                "reachLanguage",
                                                "id",
                                                "zone",
                                                "Asia/Jayapura",
                                                "quietFrom",
                                                now.minusHours(1).toLocalTime().toString(),
                                                "quietUntil",
                                                now.plusHours(2).toLocalTime().toString()))
                                .text())
                .contains("Saved");
        UUID calm = UUID.randomUUID();
        UUID emergency = UUID.randomUUID();

        tell(AUTHORITY, event(Kind.QUESTION, calm, officer));
        tell(AUTHORITY, event(Kind.QUESTION, emergency, officer).asEmergency(true));

        var rung = hooks.await("/quiet", one -> one.toString().contains(emergency + ""));
        assertThat(rung.json().path("text").asString()).startsWith("DARURAT: ");
        await(() ->
                jdbc(AUTHORITY)
                                .sql(
                                        """
                                        select count(*) from notification_deliveries deliveries
                                        join notification_addresses addresses on addresses.id = deliveries.address
                                        join notification_events on notification_events.id = event
                                        where subject = :subject and account = :account and state = 'waiting'
                                            and attempts = 0 and next_attempt_at > :soon
                                        """)
                                .param("subject", calm.toString())
                                .param("account", officer.id())
                                .param(
                                        "soon",
                                        Instant.now().plusSeconds(3_000).atOffset(ZoneOffset.UTC))
                                .query(Integer.class)
                                .single()
                        == 1);
        settle(AUTHORITY, calm, Kind.QUESTION);
        assertThat(state(AUTHORITY, calm)).contains("needless").doesNotContain("waiting");
    }

    @Test
    void kindThatWasMutedStandsOnThePagesOnly() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        officer.webhook("/muted");
        String address = officer.address(officer.page("/notifications/settings"));
        officer.send(address + "/kinds", Map.of("kinds", "refused"));
        UUID subject = UUID.randomUUID();
        UUID loud = UUID.randomUUID();

        tell(AUTHORITY, event(Kind.QUESTION, subject, officer));
        tell(AUTHORITY, event(Kind.REFUSED, loud, officer));

        hooks.await("/muted", one -> one.toString().contains(loud + ""));
        assertThat(hooks.calls("/muted"))
                .noneMatch(one -> one.json().toString().contains(subject + ""));
        assertThat(told(AUTHORITY, subject)).contains(officer.id());
    }

    @Test
    void personOnCallIsToldFirstThenTheDeputyThenEverybody() throws Exception {
        Person senior = Person.of(PLATFORM, Role.SENIOR_REVIEWER);
        Person first = Person.of(PLATFORM, Role.REVIEWER);
        Person second = Person.of(PLATFORM, Role.REVIEWER);
        Person third = Person.of(PLATFORM, Role.REVIEWER);
        var rotation = new HashMap<String, String>();
        rotation.putAll(
                Map.of(
                        "role",
                        "reviewer",
                        "day",
                        "1",
                        "time",
                        "09:00",
                        "zone",
                        "Asia/Jakarta",
                        "starts",
                        "2026-01-05",
                        "member",
                        first.id().toString()));
        assertThat(first.pages().post("/on-call", rotation).statusCode()).isEqualTo(403);
        senior.send("/on-call", rotation);
        // Only the second can be deputy: a stand-in for the first, whose turn it is.
        assertThat(
                        senior.pages()
                                .post(
                                        "/on-call/handover",
                                        Map.of(
                                                "role",
                                                "reviewer",
                                                "person",
                                                second.id().toString()))
                                .statusCode())
                .isEqualTo(302);
        UUID subject = UUID.randomUUID();

        tell(PLATFORM, event(Kind.CASE_DUE_SOON, subject));
        assertThat(told(PLATFORM, subject))
                .contains(second.id(), senior.id())
                .doesNotContain(first.id(), third.id());

        passOn(subject);
        assertThat(told(PLATFORM, subject)).contains(first.id()).doesNotContain(third.id());
        passOn(subject);
        assertThat(told(PLATFORM, subject)).contains(third.id());
        passOn(subject);
        assertThat(told(PLATFORM, subject)).doesNotHaveDuplicates();

        UUID seen = UUID.randomUUID();
        tell(PLATFORM, event(Kind.CASE_DUE_SOON, seen));
        String take = action(second.page("/notifications"), seen, "/seen");
        assertThat(PageVisitor.redirect(second.pages().post(take, Map.of())))
                .endsWith("/cases/" + seen);
        passOn(seen);
        assertThat(told(PLATFORM, seen)).doesNotContain(first.id());
        assertThat(third.pages().post(take, Map.of()).statusCode()).isEqualTo(404);

        rotation.remove("member");
        senior.send("/on-call", rotation);
        UUID all = UUID.randomUUID();
        tell(PLATFORM, event(Kind.CASE_DUE_SOON, all));
        assertThat(told(PLATFORM, all)).contains(third.id());
    }

    /** The time the person on call has is over. */
    private static void passOn(UUID subject) {
        jdbc(PLATFORM)
                .sql(
                        """
                        update notification_calls set next_at = '-infinity' from notification_events
                        where id = event and subject = :subject
                        """)
                .param("subject", subject.toString())
                .update();
        nodes.runScheduled(PLATFORM, "passOn");
    }

    @Test
    void wrongRotationsAreRefusedWithWhatIsWrong() throws Exception {
        Person admin = Person.of(PLATFORM, Role.ADMIN);
        Person officer = Person.of(PLATFORM, Role.REVIEWER);
        Map<String, String> rotation =
                Map.of(
                        "role",
                        "reviewer",
                        "day",
                        "8",
                        "time",
                        "09:00",
                        "zone",
                        "Asia/Jakarta",
                        "starts",
                        "2026-01-05",
                        "member",
                        officer.id().toString());
        assertThat(admin.send("/on-call", rotation).text())
                .contains("choose a day, a time, a zone and a first day");
        var stranger = new HashMap<>(rotation);
        stranger.put("member", admin.id().toString());
        assertThat(admin.send("/on-call", stranger).text())
                .contains("choose somebody who has this role");
        assertThat(
                        admin.send(
                                        "/on-call/stand-ins",
                                        Map.of(
                                                "role",
                                                "reviewer",
                                                "person",
                                                officer.id().toString(),
                                                "from",
                                                "2026-01-02T10:00",
                                                "until",
                                                "2026-01-01T10:00"))
                                .text())
                .contains("give two moments, the earlier one first");
        assertThat(
                        admin.pages()
                                .post("/on-call", Map.of("role", "auditor", "day", "1"))
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        officer.pages()
                                .post(
                                        "/on-call/handover",
                                        Map.of("role", "senior-reviewer", "person", "x"))
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void passingTimeIsToldOnceAndAgainWhenTheDeadlineMoves() throws Exception {
        Person officer = Person.of(AUTHORITY, Role.OFFICER);
        var draft =
                nodes.post(
                        AUTHORITY,
                        "officer",
                        "/api/notices",
                        ChannelTest.form(PLATFORM, "https://social.example/kabar/3"));
        UUID id = UUID.fromString(draft.body().at("/notice/id").asString());
        nodes.post(AUTHORITY, "approver", "/api/notices/" + id + "/approval", Map.of());
        nodes.await(AUTHORITY, "officer", "/api/notices/" + id, one -> one.hasNonNull("receipt"));

        Instant now = Instant.now();
        deadline(id, now.minusSeconds(7_200), now.plusSeconds(600));
        assertThat(kinds(officer, id, 2))
                .containsExactlyInAnyOrder("unacknowledged", "notice-due-soon");
        deadline(id, now.minusSeconds(7_200), now.minusSeconds(60));
        assertThat(kinds(officer, id, 3))
                .containsExactlyInAnyOrder("unacknowledged", "notice-due-soon", "notice-overdue");
        deadline(id, now.minusSeconds(7_200), now.plusSeconds(900));
        assertThat(kinds(officer, id, 4))
                .as("the deadline has moved")
                .containsExactlyInAnyOrder(
                        "unacknowledged", "notice-due-soon", "notice-due-soon", "notice-overdue");
    }

    /**
     * Until there are so many: the node's own round may be under way, and leave nothing to others.
     */
    private static List<String> kinds(Person person, UUID subject, int wanted) throws Exception {
        for (int i = 0; i < 100 && kinds(person, subject).size() < wanted; i++) {
            Thread.sleep(100);
            nodes.runScheduled(AUTHORITY, "remind");
        }
        return kinds(person, subject);
    }

    private static void deadline(UUID notice, Instant received, Instant due) {
        jdbc(AUTHORITY)
                .sql("update notices set received_at = :received, due_at = :due where id = :id")
                .param("received", received.atOffset(ZoneOffset.UTC))
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("id", notice)
                .update();
        nodes.runScheduled(AUTHORITY, "remind");
        nodes.runScheduled(AUTHORITY, "remind");
    }

    private static List<String> kinds(Person person, UUID subject) {
        return jdbc(AUTHORITY)
                .sql(
                        """
                        select kind from notification_alerts join notification_events on id = event
                        where subject = :subject and account = :account
                        """)
                .param("subject", subject.toString())
                .param("account", person.id())
                .query(String.class)
                .list()
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void adminsLearnThatTheJournalStandsStill() throws Exception {
        Person admin = Person.of(PLATFORM, Role.ADMIN);
        // An entry that nobody takes in, for it is not committed where the leader could see it.
        nodes.bean(PLATFORM, TransactionTemplate.class)
                .executeWithoutResult(status -> {
                    jdbc(PLATFORM)
                            .sql(
                                    """
                                    insert into journal_pending (kind, digest, recorded_at)
                                    values ('decision', '', '2026-01-01T00:00:00Z')
                                    """)
                            .update();
                    nodes.runScheduled(PLATFORM, "JournalWatch.look");
                    assertThat(
                                    jdbc(PLATFORM)
                                            .sql(
                                                    """
                                                    select count(*) from notification_alerts
                                                    join notification_events on id = event
                                                    where kind = 'journal-stopped' and account = :account
                                                    """)
                                            .param("account", admin.id())
                                            .query(Integer.class)
                                            .single())
                            .isEqualTo(1);
                    status.setRollbackOnly();
                });
        assertThat(admin.alerts()).as("rolled back with what it told of").isEmpty();
    }
}
