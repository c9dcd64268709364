package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registers, drills and call-backs between two real nodes. */
class RegisterTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final String FILES = "Otoritas Contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static Registers register;
    private static PageVisitor admin;
    private static PageVisitor officer;
    private static PageVisitor platformAdmin;
    private static PageVisitor reviewer;
    private static UUID desk;
    private static UUID person;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.startAll();
        admin = nodes.signedIn(AUTHORITY, Role.ADMIN);
        officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        platformAdmin = nodes.signedIn(PLATFORM, Role.ADMIN);
        reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        register = new Registers(nodes, AUTHORITY, admin);
        desk = register.organisation(FILES);
        person = register.contact(desk, Registers.PERSON, Map.of());
        register.add(
                "representative",
                Map.of(
                        "belongsTo",
                        desk.toString(),
                        "name",
                        "Sample Head",
                        "capacity",
                        "director",
                        "country",
                        "ID",
                        "phones",
                        "021 5550102"));
        register.add("server", Map.of("host", "192.0.2.7", "country", "SG", "purpose", "files"));
        register.add(
                "domain",
                Map.of("domainName", "Otoritas.example", "country", "ID", "purpose", "web"));
        register.send(reviewer, "otoritas.example");
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static JdbcClient database(String party) {
        return nodes.bean(party, JdbcClient.class);
    }

    private static Document theirs() {
        return Registers.page(reviewer, "/register/parties/" + AUTHORITY);
    }

    @Test
    void otherSideSeesTheRegisterAsItWasSent() {
        Document page = theirs();

        assertThat(page.text())
                .contains(FILES, Registers.PERSON, "Sample Head", "192.0.2.7", "Singapore")
                .contains("+62 21 5550101", "duty@authority.example")
                .contains("Mon–Sun 00:00-24:00 Asia/Jakarta");
        assertThat(page.select("a[href^=tel:]").eachAttr("href"))
                .contains("tel:+62-21-5550100", "tel:+62-21-5550101");
        assertThat(page.select("form[action^=/register]")).isEmpty();
    }

    @Test
    void whatTheRegisterSaysIsSealedInTheDatabase() {
        assertThat(
                        database(AUTHORITY)
                                .sql(
                                        "select content from register_entries union all select content from register_changes")
                                .query((row, _) -> new String(row.getBytes("content"), UTF_8))
                                .list())
                .isNotEmpty()
                .noneMatch(one -> one.contains(Registers.PERSON) || one.contains("5550101"));
    }

    @Test
    void entryWithWrongValuesIsNotKeptAndEachIsNamed() throws Exception {
        var typed = new LinkedHashMap<String, String>();
        typed.put("kind", "contact");
        typed.put("name", "Sample Nobody");
        typed.put("phones", "12 34");
        typed.put("duty1", "nine to five");
        typed.put("zone", "Mars/Base");
        typed.put("validUntil", "2001-01-01");

        var answer = admin.post("/register/entries", typed);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("“12 34”", "“nine to five”", "“Mars/Base”", "2001-01-01 is past")
                .contains("choose the account");
        assertThat(Registers.page(admin, "/register").text()).doesNotContain("Sample Nobody");
    }

    @Test
    void onlyTheOwnerConfirmsWhatHasTurnedAmber() throws Exception {
        UUID old =
                register.add(
                        "server",
                        Map.of("host", "192.0.2.8", "country", "ID", "purpose", "old files"));
        database(AUTHORITY)
                .sql(
                        "update register_entries set confirmed_at = now() - interval '100 days' where id = :id")
                .param("id", old)
                .update();
        assertThat(Registers.page(admin, "/register").text()).contains("to be confirmed");
        assertThat(
                        Registers.page(officer, "/")
                                .select(".jalur-needs a[href=/register] strong")
                                .text())
                .isNotEqualTo("0");
        String confirm = "/register/entries/" + old + "/confirmation";

        assertThat(officer.post(confirm, Map.of()).statusCode()).isEqualTo(403);
        assertThat(admin.post(confirm, Map.of()).statusCode()).isEqualTo(302);

        assertThat(Registers.page(admin, "/register/entries/" + old).text())
                .contains("confirmed · admin");
        register.send(reviewer, "192.0.2.8");
        assertThat(theirs().text()).doesNotContain("to be confirmed");
        assertThat(theirs().select("tr:contains(192.0.2.8) .govuk-tag").eachText()).contains("new");
    }

    @Test
    void organisationWithPeopleCannotBeTakenOut() throws Exception {
        var answer = admin.post("/register/entries/" + desk + "/removal", Map.of());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("People of the register belong to “" + FILES + "”");
    }

    @Test
    void erasedPersonIsGoneOnBothSidesAndFromEveryVersion() throws Exception {
        UUID leaving = register.contact(desk, "Sample Leaver", Map.of());
        register.send(reviewer, "Sample Leaver");
        String version = theirs().select("a[href*=/versions/]").attr("href");
        String erasure = "/register/entries/" + leaving + "/erasure";
        assertThat(admin.post(erasure, Map.of()).statusCode()).as("no ground").isEqualTo(422);

        SharedLists.await(() -> posted(erasure, Map.of("eraseGround", "data_protection")) == 302);

        SharedLists.await(
                () -> !Registers.page(reviewer, version).text().contains("Sample Leaver"));
        assertThat(Registers.page(reviewer, version).text()).contains("1 entries were erased");
        assertThat(admin.get("/register/entries/" + leaving).statusCode()).isEqualTo(404);
        register.send(reviewer, Registers.PERSON);
    }

    /** What is on its way cannot be erased yet: 409. */
    private static int posted(String path, Map<String, String> form) {
        try {
            return admin.post(path, form).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoeverIsOnDutyIsCalledFirstAndTheNextAreNamed() {
        Document page = Registers.page(reviewer, "/who-to-call");

        assertThat(page.select(".jalur-on-duty").text())
                .contains("on duty now", "Asia/Jakarta", "Sample Head", "director");
        assertThat(page.select(".jalur-on-duty a[href^=tel:]")).isNotEmpty();
    }

    /** Numbers of a drill that the platform has begun, on both sides. */
    private record Begun(long here, long there) {
        static Begun drill(String everyDays) throws Exception {
            int before = count(PLATFORM, "select count(*) from drills");
            plan(platformAdmin, AUTHORITY, everyDays);
            nodes.runScheduled(PLATFORM, "startDue");
            nodes.runScheduled(PLATFORM, "startDue");
            assertThat(count(PLATFORM, "select count(*) from drills"))
                    .as("a due drill begins once")
                    .isEqualTo(before + 1);
            UUID id =
                    database(PLATFORM)
                            .sql("select id from drills order by no desc limit 1")
                            .query(UUID.class)
                            .single();
            SharedLists.await(() -> no(AUTHORITY, id).isPresent());
            return new Begun(no(PLATFORM, id).orElseThrow(), no(AUTHORITY, id).orElseThrow());
        }

        private static Optional<Long> no(String party, UUID id) {
            return database(party)
                    .sql("select no from drills where id = :id")
                    .param("id", id)
                    .query(Long.class)
                    .optional();
        }

        Document shown() {
            return Registers.page(platformAdmin, "/drills/" + here);
        }

        String theirs() {
            return "/drills/" + there;
        }

        int answer(PageVisitor who, UUID contact) throws Exception {
            return who.post(theirs() + "/answers", Map.of("contact", contact.toString()))
                    .statusCode();
        }
    }

    @Test
    void drillIsAnsweredByEachContactAndShownAlikeOnBothSides() throws Exception {
        PageVisitor colleague = nodes.signedIn(AUTHORITY, Role.APPROVER);
        Begun drill = Begun.drill("7");
        assertThat(Registers.page(platformAdmin, "/drills").text()).contains("every 7 days");
        assertThat(Registers.page(officer, "/").text()).contains("contacts that a drill waits for");
        assertThat(drill.answer(officer, UUID.randomUUID())).as("nobody's").isEqualTo(404);

        assertThat(drill.answer(colleague, person)).isEqualTo(302);

        assertThat(drill.answer(colleague, person)).as("again").isEqualTo(409);
        SharedLists.await(() -> line(drill.shown(), Registers.PERSON).contains("in time"));
        SharedLists.await(() ->
                line(Registers.page(officer, drill.theirs()), Registers.PERSON)
                        .contains("in time"));
        for (Document page : List.of(drill.shown(), Registers.page(officer, drill.theirs()))) {
            assertThat(line(page, Registers.PERSON))
                    .contains("a colleague who reached the contact · approver");
        }
    }

    private static String line(Document page, String name) {
        return page.select("tr:contains(" + name + ")").text();
    }

    @Test
    void ownAccountAnswersAsTheContactAndSilenceIsShown() throws Exception {
        UUID account =
                database(AUTHORITY)
                        .sql("select id from accounts where pseudonym = :own")
                        .param("own", register.owner())
                        .query(UUID.class)
                        .single();
        UUID own =
                register.contact(
                        desk, "Sample Linked", Map.of("contactAccount", account.toString()));
        register.send(reviewer, "Sample Linked");
        Begun drill = Begun.drill("");
        assertThat(line(Registers.page(admin, drill.theirs()), "Sample Linked"))
                .contains("I am here");

        assertThat(drill.answer(admin, own)).isEqualTo(302);

        SharedLists.await(
                () -> line(drill.shown(), "Sample Linked").contains("the contact itself · admin"));
        database(PLATFORM)
                .sql(
                        "update drills set answer_by = sent_at + interval '1 microsecond' where no = :no")
                .param("no", drill.here())
                .update();
        assertThat(line(drill.shown(), "Sample Linked")).contains("late");
        assertThat(line(drill.shown(), Registers.PERSON)).contains("silent");
        assertThat(Registers.page(reviewer, "/who-to-call").text())
                .contains("silent in the last drill");
    }

    @Test
    void drillThatFindsNobodyToAskSaysSo() throws Exception {
        plan(admin, PLATFORM, "");

        nodes.runScheduled(AUTHORITY, "startDue");

        assertThat(Registers.page(admin, "/drills").text()).contains("names no contact");
        assertThat(admin.post("/drills", Map.of("everyDays", "x")).statusCode()).isEqualTo(422);
    }

    private static void plan(PageVisitor who, String party, String days) throws Exception {
        var form = Map.of("drillParty", party, "everyDays", days, "answerHours", "24");
        assertThat(who.post("/drills", form).statusCode()).isEqualTo(302);
    }

    private static int count(String party, String sql) {
        return database(party).sql(sql).query(Integer.class).single();
    }

    @Test
    void emergencyCountsOnceBothSidesRecordedTheCallBack() throws Exception {
        Emergency emergency = Emergency.file(nodes, AUTHORITY, PLATFORM, desk);
        assertThat(emergency.dueHere())
                .as("urgent while it is only claimed")
                .isEqualTo(emergency.receivedAt().plus(Duration.ofHours(4)))
                .isEqualTo(emergency.dueThere());
        assertThat(Registers.page(reviewer, "/cases/" + emergency.theCase()).text())
                .contains("Emergency claimed, not yet confirmed");
        assertThat(Registers.page(officer, "/notices/" + emergency.notice()).text())
                .contains("Emergency claimed, not yet confirmed");

        emergency.record(reviewer, "not_reached");
        emergency.record(reviewer, "confirmed");
        assertThat(emergency.dueHere())
                .as("one side alone moves nothing")
                .isEqualTo(emergency.receivedAt().plus(Duration.ofHours(4)));
        SharedLists.await(() ->
                Registers.page(officer, emergency.answers())
                        .text()
                        .contains("says it is an emergency"));
        emergency.answer(officer, "yes");

        SharedLists.await(() ->
                emergency.dueThere().equals(emergency.dueHere())
                        && emergency
                                .dueHere()
                                .isBefore(emergency.receivedAt().plus(Duration.ofHours(2))));
        Instant confirmed = emergency.confirmedAt();
        assertThat(emergency.dueHere()).isEqualTo(confirmed.plus(Duration.ofHours(1)));
        assertThat(Registers.page(reviewer, "/cases/" + emergency.theCase()).text())
                .contains("Emergency confirmed by call-back");
        assertThat(reviewer.post(emergency.calls(), emergency.call("denied")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void callThatTheAuthorityDeniesConfirmsNothing() throws Exception {
        Emergency emergency = Emergency.file(nodes, AUTHORITY, PLATFORM, desk);
        emergency.record(reviewer, "confirmed");

        emergency.answer(officer, "no");

        SharedLists.await(() ->
                Registers.page(reviewer, emergency.calls()).text().contains("Emergency denied"));
        assertThat(emergency.dueHere()).isEqualTo(emergency.receivedAt().plus(Duration.ofHours(4)));
        assertThat(Registers.page(officer, emergency.answers()).text())
                .contains("The authority denied this call");
    }

    @Test
    void onlyNumbersThatWereRegisteredWhenTheNoticeCameAreCalled() throws Exception {
        Emergency emergency = Emergency.file(nodes, AUTHORITY, PLATFORM, desk);
        register.contact(desk, "Sample Latecomer", Map.of("phones", "+62 21 5550177"));
        register.send(reviewer, "Sample Latecomer");
        assertThat(Registers.page(reviewer, emergency.calls()).text())
                .contains("+62 21 5550100")
                .doesNotContain("5550177");

        var typed = new HashMap<>(emergency.call("confirmed"));
        typed.put("callNumber", desk + " +62215550177");
        var answer = reviewer.post(emergency.calls(), typed);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("choose a number of the register", "Sample Switchboard");
        typed = new HashMap<>(emergency.call("confirmed"));
        typed.put("callDay", "2099-01-01");
        assertThat(reviewer.post(emergency.calls(), typed).statusCode()).isEqualTo(422);
        assertThat(Registers.page(officer, emergency.answers()).text())
                .contains("has recorded no call-back yet");
        assertThat(reviewer.get("/cases/" + UUID.randomUUID() + "/call-backs").statusCode())
                .isEqualTo(404);
    }
}
