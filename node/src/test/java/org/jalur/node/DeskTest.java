package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.HostedDesk.role;

import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.Hash;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A platform hosts the desk of an authority that has no node: a party of its own, beside it. */
class DeskTest {
    private static final String DESK = "otoritas-meja";
    private static final String PLATFORM = "platform-induk";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static NodeProcesses processes;
    private static HostedDesk desk;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(DESK), List.of(PLATFORM));
        processes = new NodeProcesses(nodes);
        desk = new HostedDesk(nodes, DESK, PLATFORM, folder.resolve("desk"));
        desk.add(processes.configuration(PLATFORM, true, Map.of()));
        nodes.with(PLATFORM, "jalur.desks[0]", desk.folder().toString());
        nodes.start(PLATFORM);
    }

    @BeforeEach
    void bothAreUp() throws Exception {
        desk.awaitReady();
        desk.openAccounts();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static Map<String, Object> form(String url) {
        return ChannelTest.form(PLATFORM, url);
    }

    private static String send(Map<String, Object> form) throws Exception {
        Reply draft = nodes.post(DESK, role("officer"), "/api/notices", form);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        String id = draft.body().at("/notice/id").asString();
        Reply approved =
                nodes.post(DESK, role("approver"), "/api/notices/" + id + "/approval", Map.of());
        assertThat(approved.status()).as(approved.body().toString()).isEqualTo(200);
        nodes.await(DESK, role("officer"), "/api/notices/" + id, one -> one.hasNonNull("receipt"));
        return id;
    }

    /** A reviewer of the host refuses every item, and the desk learns it. */
    private static void refuse(String notice) throws Exception {
        JsonNode queue =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases?limit=500",
                        page -> caseOf(page, notice).isPresent());
        String id = caseOf(queue, notice).orElseThrow();
        nodes.post(PLATFORM, "reviewer", "/api/cases/" + id + "/claim", Map.of());
        Reply decided =
                nodes.post(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + id + "/decisions",
                        Map.of(
                                "decisions",
                                List.of(
                                        Map.of(
                                                "outcome",
                                                "refused",
                                                "ground",
                                                "not_illegal",
                                                "policy",
                                                "Sample rule",
                                                "reason",
                                                "Sample reason."))));
        assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
        nodes.await(
                DESK,
                role("officer"),
                "/api/notices/" + notice,
                one -> one.at("/notice/state").asString().equals("closed"));
    }

    private static Optional<String> caseOf(JsonNode page, String notice) {
        return page.path("cases")
                .valueStream()
                .filter(one -> one.path("notice").asString().equals(notice))
                .map(one -> one.path("id").asString())
                .findFirst();
    }

    private static String standing() throws Exception {
        return nodes.get(PLATFORM, "admin", "/actuator/health")
                .body()
                .at("/components/desks/details/desk")
                .asString();
    }

    private static void awaitStanding(String words) throws Exception {
        nodes.await(
                PLATFORM,
                "admin",
                "/actuator/health",
                health -> health.at("/components/desks/details/desk").asString().contains(words));
    }

    @Test
    void noticeByApiIsReceiptedDecidedAndProvenLikeAnyOther() throws Exception {
        String notice = send(form("https://social.example/desk/1"));
        refuse(notice);

        byte[] file = evidence(notice);

        var findings = new ArrayList<Finding>();
        var expected =
                new Expectations(
                        Map.of(
                                new PartyId(DESK),
                                nodes.identityOf(DESK).publicKey().fingerprint(),
                                new PartyId(PLATFORM),
                                nodes.identityOf(PLATFORM).publicKey().fingerprint()),
                        Optional.empty(),
                        false);
        Summary summary =
                new Verification(expected).run(new ByteArrayInputStream(file), findings::add);
        assertThat(summary.verdict()).as(findings.toString()).isEqualTo(Summary.Verdict.GENUINE);
        assertThat(summary.genuine()).isGreaterThanOrEqualTo(3);
    }

    private static byte[] evidence(String notice) throws Exception {
        var officer = new PageVisitor(nodes.url(DESK));
        officer.signIn(HostedDesk.name("officer"), HostedDesk.PASSWORD);
        var answer = officer.download("/notices/" + notice + "/evidence?open=facts");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void noticeFromCsvOpensACaseWithAllItems() throws Exception {
        Map<String, Object> form = new HashMap<>(form("unused"));
        form.remove("items");
        form.put(
                "itemsCsv",
                """
                url;kind;text
                https://social.example/desk/2;post;"Sample; quoted"
                https://social.example/desk/3;channel;
                """);

        String notice = send(form);

        JsonNode queue =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases?limit=500",
                        page -> caseOf(page, notice).isPresent());
        JsonNode opened =
                nodes.get(PLATFORM, "reviewer", "/api/cases/" + caseOf(queue, notice).orElseThrow())
                        .body();
        assertThat(opened.path("items").size()).isEqualTo(2);
    }

    @Test
    void agreementIsNegotiatedAndSignedByPeopleOfBothSides() throws Exception {
        String current =
                new String(
                        AgreementText.write(nodes.agreement(DESK, PLATFORM)).octets(),
                        StandardCharsets.UTF_8);
        ObjectNode next = (ObjectNode) TestNodes.JSON.readTree(current);
        next.put("title", "Sample version two");
        next.putObject("version")
                .put("number", 2)
                .put("previous", Hash.sha256(current.getBytes(StandardCharsets.UTF_8)).hex());

        Reply proposed =
                nodes.post(DESK, role("signatory"), "/api/agreements/" + PLATFORM, next.toString());

        assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(201);
        String id = proposed.body().at("/summary/id").asString();
        sign(PLATFORM, DESK, id, "signatory", "signatory.2");
        sign(DESK, PLATFORM, id, role("signatory"), role("signatory.2"));
        for (var side : Map.of(DESK, role("signatory"), PLATFORM, "signatory").entrySet()) {
            String peer = side.getKey().equals(DESK) ? PLATFORM : DESK;
            nodes.await(
                    side.getKey(),
                    side.getValue(),
                    "/api/agreements/" + peer + "/" + id,
                    one -> one.at("/summary/state").asString().equalsIgnoreCase("in_force"));
        }
    }

    private static void sign(String party, String peer, String id, String... signatories)
            throws Exception {
        String path = "/api/agreements/" + peer + "/" + id;
        String digest =
                nodes.await(party, signatories[0], path, _ -> true)
                        .at("/summary/digest")
                        .asString();
        for (String signatory : signatories) {
            Reply signed =
                    nodes.post(
                            party,
                            signatory,
                            path + "/signature",
                            Map.of("digest", digest, "representative", "Sample Representative"));
            assertThat(signed.status()).as(signed.body().toString()).isEqualTo(200);
        }
    }

    @Test
    void everyPageSaysWhoRunsTheDeskAndNoneOfTheHosts() throws Exception {
        var officer = new PageVisitor(nodes.url(DESK));
        assertThat(officer.get("/sign-in").body()).contains(PLATFORM + " runs this node");
        officer.signIn(HostedDesk.name("officer"), HostedDesk.PASSWORD);

        assertThat(officer.get("/notice-forms").body()).contains(PLATFORM + " runs this node");
        assertThat(officer.get("/nowhere").body()).contains(PLATFORM + " runs this node");
        assertThat(nodes.signedIn(PLATFORM, Role.REVIEWER).get("/cases").body())
                .doesNotContain("runs this node");
    }

    @Test
    void neitherSideTakesATokenOfTheOther() throws Exception {
        var taken = new ArrayList<String>();
        int calls = 0;
        for (var route : EndpointMatrixTest.ALLOWED.entrySet()) {
            if (route.getValue().contains(EndpointMatrixTest.EVERYBODY)) {
                continue; // Open to the world on both.
            }
            for (String role : List.of("reviewer", "senior-reviewer", "signatory", "admin")) {
                calls += refused(DESK, role, route.getKey(), taken);
            }
            for (String role : List.of("officer", "approver", "signatory", "admin", "auditor")) {
                calls += refused(PLATFORM, role(role), route.getKey(), taken);
            }
        }

        assertThat(taken).isEmpty();
        assertThat(calls).isGreaterThan(400);
    }

    private static int refused(String party, String role, String route, List<String> taken)
            throws Exception {
        String method = route.split(" ")[0];
        int status =
                nodes.callRaw(
                        party,
                        role,
                        method,
                        EndpointMatrixTest.path(route),
                        method.equals("GET") ? "" : "{}");
        if (status != 401) {
            taken.add("%s of %s as %s: %d".formatted(route, party, role, status));
        }
        return 1;
    }

    @Test
    void neitherSideSignsInPeopleOfTheOther() throws Exception {
        Accounts accounts = nodes.bean(PLATFORM, Accounts.class);
        var account = accounts.open("Sample Moderator", Role.REVIEWER);
        nodes.bean(PLATFORM, Passwords.class).set(account, "a sample password of a test");
        var moderator = new PageVisitor(nodes.url(DESK));
        var officer = new PageVisitor(nodes.url(PLATFORM));

        moderator.signIn("Sample Moderator", "a sample password of a test");
        officer.signIn(HostedDesk.name("officer"), HostedDesk.PASSWORD);

        assertThat(moderator.isSignedIn()).isFalse();
        assertThat(officer.isSignedIn()).isFalse();
    }

    @Test
    void sessionAtTheHostOpensNothingAtTheDesk() throws Exception {
        PageVisitor moderator = nodes.signedIn(PLATFORM, Role.REVIEWER);
        assertThat(moderator.isSignedIn()).isTrue();

        // Browsers keep cookies by host name, whatever the port.
        var atTheDesk = new PageVisitor(nodes.url(DESK));
        moderator
                .cookies()
                .getCookieStore()
                .getCookies()
                .forEach(cookie ->
                        atTheDesk
                                .cookies()
                                .getCookieStore()
                                .add(java.net.URI.create(nodes.url(DESK)), cookie));

        assertThat(atTheDesk.isSignedIn()).isFalse();
    }

    @Test
    void operatorStopsAndStartsTheDeskAndNothingIsLost() throws Exception {
        String notice = send(form("https://social.example/desk/4"));

        desk.stop();
        awaitStanding("stopped by the operator");
        assertThat(nodes.get(PLATFORM, "", "/actuator/health").body().path("status").asString())
                .isEqualTo("UP");
        assertThat(isReachable()).isFalse();
        desk.start();

        refuse(notice);
        send(form("https://social.example/desk/5"));
    }

    private static boolean isReachable() throws Exception {
        try {
            nodes.get(DESK, "", "/actuator/health");
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }

    @Test
    void killedDeskIsStartedAgain() throws Exception {
        ProcessHandle process = desk.process().orElseThrow();

        process.destroyForcibly();
        process.onExit().join();

        awaitStanding("running since");
        desk.awaitReady();
        send(form("https://social.example/desk/6"));
        assertThat(desk.process().orElseThrow().pid()).isNotEqualTo(process.pid());
    }

    @Test
    void deskThatCannotStartSaysWhyAndLeavesItsHostInService() throws Exception {
        desk.stop();
        Path passphrase = desk.folder().resolve("keys.passphrase");
        Path aside = desk.folder().resolve("aside");
        Files.move(passphrase, aside);
        desk.letStart();

        awaitStanding("keys.passphrase cannot be read");

        Reply open = nodes.get(PLATFORM, "", "/actuator/health");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.body().path("status").asString()).isEqualTo("DEGRADED");
        assertThat(open.body().has("components")).isFalse();
        assertThat(nodes.get(PLATFORM, "", "/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(nodes.get(PLATFORM, "reviewer", "/api/cases").status()).isEqualTo(200);
        assertThat(nodes.text(PLATFORM, "admin", "/actuator/prometheus"))
                .contains("jalur_desk_up{desk=\"desk\"} 0.0");
        Files.move(aside, passphrase);
        desk.awaitReady();
        awaitStanding("running since");
    }

    @Test
    void deskEndsAndStartsWithItsHost() throws Exception {
        String notice = send(form("https://social.example/desk/7"));
        ProcessHandle before = desk.process().orElseThrow();

        nodes.stop(PLATFORM);

        assertThat(before.isAlive()).isFalse();
        nodes.start(PLATFORM);
        desk.awaitReady();
        assertThat(standing()).doesNotContain("does not run");
        refuse(notice);
    }

    @Test
    void lostDatabaseOfTheDeskComesBackFromTheHostAsAPeer() throws Exception {
        String notice = send(form("https://social.example/desk/8"));
        refuse(notice);
        desk.stop();
        desk.loseDatabase();

        NodeProcesses.Ended recovered = processes.run(Recover.class, desk.configuration());

        assertThat(recovered.code()).as(recovered.output()).isZero();
        assertThat(recovered.output()).contains("Stored again");
        desk.start();
        desk.openAccounts();
        assertThat(
                        nodes.get(DESK, role("officer"), "/api/notices/" + notice)
                                .body()
                                .at("/notice/state")
                                .asString())
                .isEqualTo("closed");
        send(form("https://social.example/desk/9"));
    }
}
