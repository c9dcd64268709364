package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.node.accounts.Role;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registers as the agreement wants them kept, and the calls that are made by them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgreedContactsTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static final MovedClock CLOCK = new MovedClock();
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static Registers register(String party) throws Exception {
        return new Registers(nodes, party, nodes.signedIn(party, Role.ADMIN));
    }

    private static Document page(String party, Role role, String path) throws Exception {
        return Registers.page(nodes.signedIn(party, role), path);
    }

    /** Puts the clock forward, and wakes the timer of ladders as a new step would. */
    private static void pass(Duration time) {
        CLOCK.forward(time);
        nodes.bean(AUTHORITY, JdbcClient.class)
                .sql("select pg_notify('jalur_ladders', '')")
                .query((_, _) -> true)
                .list();
    }

    private static void awaitStep(Filing filing, String step, String state) throws Exception {
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + filing.notice() + "/ladder",
                ladder ->
                        ladder.path("steps")
                                .valueStream()
                                .anyMatch(one ->
                                        one.path("step").asString().equals(step)
                                                && one.path("state").asString().equals(state)));
    }

    @Test
    void registerIsAsFreshAsTheAgreementSaysAndNotTheSettings() throws Exception {
        Registers register = register(PLATFORM);
        register.organisation("Sample Desk");
        register.send(nodes.signedIn(AUTHORITY, Role.OFFICER), "Sample Desk");
        assertThat(page(PLATFORM, Role.ADMIN, "/register").text())
                .contains("By the agreement with " + AUTHORITY)
                .doesNotContain("settings of this node");

        CLOCK.forward(Duration.ofDays(65));
        assertThat(freshness("/register/parties/" + PLATFORM))
                .as("the settings would call it red after 60 days")
                .doesNotContain("to be confirmed", "stale");

        CLOCK.forward(Duration.ofDays(35));
        assertThat(freshness("/register/parties/" + PLATFORM)).contains("to be confirmed");
    }

    @Test
    void settingsHoldWhileNoAgreementIsInForceAndThePageSaysSo() throws Exception {
        PageVisitor admin = nodes.signedIn(PLATFORM, Role.ADMIN);
        Duration beforeTheFirstDay =
                Duration.between(CLOCK.instant(), Instant.parse("2025-12-01T00:00:00Z"));
        CLOCK.forward(beforeTheFirstDay);
        try {
            assertThat(Registers.page(admin, "/register").text())
                    .contains("No agreement with " + AUTHORITY + " is in force", "30 days")
                    .doesNotContain("By the agreement");
        } finally {
            CLOCK.forward(beforeTheFirstDay.negated());
        }
    }

    private static String freshness(String path) throws Exception {
        return page(AUTHORITY, Role.OFFICER, path).select("tbody .govuk-tag").text();
    }

    @Test
    @Order(1)
    void callsOfALadderAreMadeByTheRegisterAndStandInTheEvidence() throws Exception {
        Filing filing = Filing.of(nodes, AUTHORITY, PLATFORM, Map.of());
        awaitStep(filing, "Reminder", "ahead");
        pass(Duration.ofMinutes(4 * 60 - 4));
        awaitStep(filing, "Reminder", "announced");
        pass(Duration.ofMinutes(6));
        awaitStep(filing, "Reminder", "done");
        pass(Duration.ofMinutes(26));
        awaitStep(filing, "Duty contact", "announced");
        pass(Duration.ofMinutes(6));
        awaitStep(filing, "Duty contact", "due");
        String ladder = "/notices/" + filing.notice() + "/ladder";
        assertThat(page(AUTHORITY, Role.OFFICER, ladder).text())
                .contains("has no number for this step");

        Registers register = register(PLATFORM);
        UUID desk = register.organisation("Sample Trust Desk");
        register.contact(desk, Registers.PERSON, Map.of());
        register.send(nodes.signedIn(AUTHORITY, Role.OFFICER), Registers.PERSON);
        Document due = page(AUTHORITY, Role.OFFICER, ladder);
        assertThat(due.select("a[href^=tel:]").text()).contains("+62 21 5550101");
        assertThat(due.select("#callNumber").attr("value")).isEqualTo("+62 21 5550101");
        SharedLists.await(
                () -> waiting(AUTHORITY, UUID.fromString(filing.notice()), "ladder-call") == 1);

        String api = "/api/notices/" + filing.notice() + "/ladder/call";
        assertThat(nodes.post(AUTHORITY, "officer", api, call("+999123456789")).status())
                .isEqualTo(422);
        assertThat(nodes.post(AUTHORITY, "officer", api, call("+62215550101")).status())
                .isEqualTo(200);
        awaitStep(filing, "Duty contact", "done");
        SharedLists.await(
                () -> waiting(AUTHORITY, UUID.fromString(filing.notice()), "ladder-call") == 0);

        var file =
                nodes.signedIn(AUTHORITY, Role.AUDITOR)
                        .download(
                                "/notices/"
                                        + filing.notice()
                                        + "/evidence?open=facts,content,files");
        var findings = new ArrayList<Finding>();
        Summary summary =
                new Verification(
                                new Expectations(
                                        Map.of(
                                                new PartyId(AUTHORITY),
                                                nodes.identityOf(AUTHORITY)
                                                        .publicKey()
                                                        .fingerprint()),
                                        Optional.empty(),
                                        false))
                        .run(new ByteArrayInputStream(file.body()), findings::add);
        assertThat(summary.verdict()).as(findings.toString()).isEqualTo(Summary.Verdict.GENUINE);
        assertThat(findings.toString()).contains("kind=escalation");
    }

    private static Map<String, Object> call(String number) {
        return Map.of(
                "step",
                "Duty contact",
                "number",
                number,
                "at",
                CLOCK.instant().toString(),
                "outcome",
                "no_answer");
    }

    @Test
    void drillsTellTheirContactsAndWhoeverPlannedThem() throws Exception {
        Registers register = register(PLATFORM);
        UUID desk = register.organisation("Sample Drill Desk");
        register.contact(desk, "Sample Drill Person", Map.of());
        PageVisitor admin = nodes.signedIn(AUTHORITY, Role.ADMIN);
        register.send(admin, "Sample Drill Person");
        nodes.bean(AUTHORITY, JdbcClient.class)
                .sql(
                        """
                        insert into drill_schedules (id, channel, next_at, every_days, hours)
                        select gen_random_uuid(), id, :now, 0, 1 from channels limit 1
                        """)
                .param("now", CLOCK.instant().atOffset(ZoneOffset.UTC))
                .update();
        nodes.runScheduled(AUTHORITY, "startDue");
        PageVisitor there = nodes.signedIn(PLATFORM, Role.ADMIN);
        SharedLists.await(() ->
                Registers.page(there, "/notifications").text().contains("tries out your contact"));

        CLOCK.forward(Duration.ofHours(2));
        nodes.runScheduled(AUTHORITY, "remindOfContacts");

        assertThat(Registers.page(admin, "/notifications").text())
                .contains("did not answer a drill");
    }

    @Test
    void emergencyThatNobodyCalledBackIsRememberedAndSoIsTheCall() throws Exception {
        Registers register = register(AUTHORITY);
        UUID desk = register.organisation("Otoritas Contoh");
        register.send(nodes.signedIn(PLATFORM, Role.REVIEWER), "Otoritas Contoh");
        Emergency emergency = Emergency.file(nodes, AUTHORITY, PLATFORM, desk);
        nodes.runScheduled(PLATFORM, "remindOfContacts");
        assertThat(waiting(PLATFORM, emergency.theCase(), "call-back-waiting")).isZero();

        CLOCK.forward(Duration.ofMinutes(11));
        nodes.runScheduled(PLATFORM, "remindOfContacts");
        nodes.runScheduled(PLATFORM, "remindOfContacts");

        assertThat(waiting(PLATFORM, emergency.theCase(), "call-back-waiting")).isEqualTo(1);
    }

    /** Events of a kind that still need somebody. */
    private static int waiting(String party, UUID subject, String kind) {
        return nodes.bean(party, JdbcClient.class)
                .sql(
                        """
                        select count(*) from notification_events
                        where subject = :subject and kind = :kind and settled_at is null
                        """)
                .param("subject", subject.toString())
                .param("kind", kind)
                .query(Integer.class)
                .single();
    }
}
