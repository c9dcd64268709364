package org.jalur.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.DraftFile;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.channel.SignOff;
import org.jalur.channel.SigningKey;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.SignedOff;
import org.jalur.evidence.Verification;
import org.jalur.log.Hash;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.serve.Recover;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Authorities whose identity key names approvers: without their word no notice counts. */
class ApprovedElsewhereTest {
    private static final String AUTHORITY = "otoritas-berkunci";

    /** Plays whoever has an authority's working keys, but no approver's. */
    private static final String OTHER = "otoritas-tangan";

    private static final String PLATFORM = "platform-berkunci";
    private static final SigningKey APPROVER = SigningKey.generate();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadePeer peer;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY, OTHER), List.of(PLATFORM));
        KeyFolder keys = nodes.keys(AUTHORITY);
        KeyFolder.Pending pending =
                keys.prepare(
                        new PartyId(AUTHORITY),
                        AUTHORITY + ".example/journal",
                        Optional.of(KeyStatement.Reason.ROTATION),
                        nodes.passphrase(AUTHORITY));
        SigningKey identity = nodes.identityOf(AUTHORITY);
        keys.install(
                pending.request()
                        .statement(
                                identity.publicKey(), Instant.now(), List.of(APPROVER.publicKey()))
                        .sign(identity),
                new PartyId(AUTHORITY),
                identity.publicKey().fingerprint(),
                nodes.passphrase(AUTHORITY),
                Clock.systemUTC());
        nodes.with(PLATFORM, "jalur.peers[1].delivery", "pulled");
        nodes.start(AUTHORITY);
        nodes.start(PLATFORM);
        peer = new HandMadePeer(OTHER, PLATFORM, nodes.url(PLATFORM), nodes.identityOf(OTHER));
        peer.approvers = List.of(APPROVER.publicKey());
        Message announced = peer.keysMessage(1);
        assertThat(peer.send(announced).status()).isEqualTo(200);
        peer.after(announced);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static String draft(String url) throws Exception {
        Reply draft =
                nodes.post(AUTHORITY, "officer", "/api/notices", ChannelTest.form(PLATFORM, url));
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        return draft.body().at("/notice/id").asString();
    }

    private static DraftFile file(PageVisitor approver, String notice) throws Exception {
        var answer = approver.download("/notices/" + notice + "/draft-file");
        assertThat(answer.statusCode()).isEqualTo(200);
        return DraftFile.read(answer.body());
    }

    private static Reply approve(String notice, Optional<String> signOff) throws Exception {
        return nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/"
                        + notice
                        + "/approval"
                        + signOff.map(one -> "?signOff=" + one).orElse(""),
                Map.of());
    }

    @Test
    void noticeLeavesOnlyWithWhatAnApproverSignedElsewhere() throws Exception {
        String notice = draft("https://social.example/elsewhere/1");
        String another = draft("https://social.example/elsewhere/2");
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        SignOff right = file(approver, notice).signOff();

        for (Optional<String> wrong :
                List.of(
                        Optional.<String>empty(),
                        Optional.of("nonsense"),
                        Optional.of(right.sign(SigningKey.generate())),
                        Optional.of(right.sign(nodes.messageKey(AUTHORITY))),
                        Optional.of(file(approver, another).signOff().sign(APPROVER)))) {
            Reply refused = approve(notice, wrong);
            assertThat(refused.status()).as(wrong.toString()).isEqualTo(422);
            assertThat(refused.body().path("type").asString()).endsWith("sign-off-needed");
        }
        assertThat(approve(notice, Optional.of(right.sign(APPROVER))).status()).isEqualTo(200);

        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases?limit=100",
                cases -> cases.toString().contains(notice));
        assertThat(signedOff(notice)).isEqualTo(new SignedOff.By(APPROVER.publicKey()));
    }

    @Test
    void noticeComesBackWithItsSignOffAfterALoss() throws Exception {
        String notice = draft("https://social.example/elsewhere/4");
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        assertThat(
                        approve(
                                        notice,
                                        Optional.of(
                                                file(approver, notice).signOff().sign(APPROVER)))
                                .status())
                .isEqualTo(200);
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        nodes.stop(AUTHORITY);
        new NodeDatabases(nodes).drop(AUTHORITY.replace('-', '_'));

        try (var processes = new NodeProcesses(nodes)) {
            var recovered =
                    processes.run(
                            Recover.class, processes.configuration(AUTHORITY, false, Map.of()));
            assertThat(recovered.code()).as(recovered.output()).isZero();
        }
        nodes.start(AUTHORITY);

        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.at("/notice/state").asString().equals("sent"));
        assertThat(signedOff(notice)).isEqualTo(new SignedOff.By(APPROVER.publicKey()));
    }

    /** What an auditor is told about the notice of an evidence file. */
    private static SignedOff signedOff(String notice) throws Exception {
        byte[] file =
                nodes.signedIn(AUTHORITY, Role.OFFICER)
                        .download("/notices/" + notice + "/evidence?open=facts")
                        .body();
        List<Finding> findings = new ArrayList<>();
        new Verification(Expectations.none()).run(new ByteArrayInputStream(file), findings::add);
        return findings.stream()
                .filter(Finding.OfMessage.class::isInstance)
                .map(Finding.OfMessage.class::cast)
                .filter(one -> one.manifest().kind().equals("notice"))
                .findFirst()
                .orElseThrow()
                .signedOff();
    }

    @Test
    void pageShowsWhatIsMissingAndTakesWhatTheCommandMade() throws Exception {
        String notice = draft("https://social.example/elsewhere/3");
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        DraftFile draft = file(approver, notice);
        String root = draft.signOff().root().hex();
        assertThat(approver.get("/notices/" + notice).body())
                .contains("/notices/" + notice + "/draft-file", "Approver’s signature");

        var wrong =
                approver.post(
                        "/notices/" + notice + "/approval",
                        Map.of("root", root, "signOff", "half of it"));
        var right =
                approver.post(
                        "/notices/" + notice + "/approval",
                        Map.of("root", root, "signOff", draft.signOff().sign(APPROVER) + "\n"));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("no signature of an approver", "half of it");
        assertThat(right.statusCode()).isEqualTo(302);
    }

    @Test
    void whoeverHasTheNodeAloneIsRefusedAndTheRefusalIsSigned() throws Exception {
        Optional<Refusal> without = send(List.of(sample()));
        Optional<Refusal> ownKey = send(List.of(sample(), sample()), peer.key());

        assertThat(without.orElseThrow().clause()).isEqualTo("sign-off");
        assertThat(ownKey.orElseThrow().clause()).isEqualTo("sign-off");
    }

    @Test
    void withdrawalsRenewalsListsAndOrdersWithoutAnApproverAreRefusedToo() throws Exception {
        for (String kind : List.of("withdrawal", "non-disclosure", "list", "access-order")) {
            UUID id = UUID.randomUUID();

            Optional<Refusal> refusal = send(id, kind, List.of(sample(), sample()));

            assertThat(refusal.orElseThrow().clause()).as(kind).isEqualTo("sign-off");
            assertThat(refusal.get().message()).contains(id);
        }
    }

    /** A notice that is not disclosed, approved and received. */
    private static String sent(String url) throws Exception {
        Map<String, Object> form = new java.util.HashMap<>(ChannelTest.form(PLATFORM, url));
        form.put(
                "nonDisclosure",
                Map.of(
                        "ground",
                        "Sample ground",
                        "until",
                        Instant.now().plus(java.time.Duration.ofDays(30)).toString()));
        String notice =
                nodes.post(AUTHORITY, "officer", "/api/notices", form)
                        .body()
                        .at("/notice/id")
                        .asString();
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        approve(notice, Optional.of(file(approver, notice).signOff().sign(APPROVER)));
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        return notice;
    }

    private static DraftFile read(PageVisitor approver, String path) throws Exception {
        var answer = approver.download(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return DraftFile.read(answer.body());
    }

    @Test
    void withdrawalWaitsForTheSignatureOfAnApproverAndHoldsForItsNoticeAlone() throws Exception {
        String notice = sent("https://social.example/elsewhere/5");
        String other = sent("https://social.example/elsewhere/6");
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        String page = "/notices/" + notice + "/withdrawal";
        assertThat(approver.get(page + "/draft-file").statusCode()).isEqualTo(409);

        Reply kept =
                nodes.post(
                        AUTHORITY, "approver", "/api" + page, Map.of("reason", "Sample mistake."));
        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + other + "/withdrawal",
                Map.of("reason", "Sample mistake."));

        assertThat(kept.status()).isEqualTo(202);
        assertThat(kept.body().at("/notice/state").asString()).isEqualTo("sent");
        assertThat(approver.get("/notices/" + notice).body())
                .contains("waits for an approver’s signature", "Sample mistake.", page);
        String right = read(approver, page + "/draft-file").signOff().sign(APPROVER);
        String ofTheOther =
                read(approver, "/notices/" + other + "/withdrawal/draft-file")
                        .signOff()
                        .sign(APPROVER);
        var wrong = approver.post(page + "/sign-off", Map.of("signOff", ofTheOther));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("no signature of an approver");
        assertThat(approver.post(page + "/sign-off", Map.of("signOff", right)).statusCode())
                .isEqualTo(302);
        assertThat(approver.post(page + "/sign-off", Map.of("signOff", right)).statusCode())
                .as("once")
                .isEqualTo(409);

        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + caseOf(notice),
                one ->
                        one.at("/case/state").asString().equals("withdrawn")
                                && one.at("/said/0/text").asString().equals("Sample mistake."));
        assertThat(
                        nodes.get(PLATFORM, "reviewer", "/api/cases/" + caseOf(other))
                                .body()
                                .at("/case/state")
                                .asString())
                .isEqualTo("open");
    }

    private static String caseOf(String notice) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql("select id from cases where notice_id = :notice")
                .param("notice", UUID.fromString(notice))
                .query(UUID.class)
                .single()
                .toString();
    }

    @Test
    void renewalLeavesOnlyWithTheSignatureOfAnApprover() throws Exception {
        String notice = sent("https://social.example/elsewhere/7");
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        String path = "/api/notices/" + notice + "/renewals";
        Instant until =
                Instant.now()
                        .plus(java.time.Duration.ofDays(60))
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        String id =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                path,
                                Map.of("until", until.toString(), "reason", "Sample reason."))
                        .body()
                        .path("id")
                        .asString();
        String file = "/notices/" + notice + "/renewal/draft-file";
        String signed = read(approver, file).signOff().sign(APPROVER);

        Reply without = nodes.post(AUTHORITY, "approver", path + "/" + id + "/approval", Map.of());
        Reply with =
                nodes.post(
                        AUTHORITY,
                        "approver",
                        path + "/" + id + "/approval?signOff=" + signed,
                        Map.of());

        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body().path("type").asString()).endsWith("sign-off-needed");
        assertThat(with.status()).as(with.body().toString()).isEqualTo(204);
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases/" + caseOf(notice),
                one -> one.at("/nonDisclosure/until").asString("").equals(until.toString()));
    }

    @Test
    void listLeavesOnlyWithTheSignatureOfAnApprover() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        var shared = new SharedLists(nodes, AUTHORITY, PLATFORM);
        UUID list =
                shared.draft(
                        officer,
                        "signed",
                        SharedLists.HEAD + "phrase,sample words to sign,s-1,,,,\n");
        DraftFile draft = read(approver, "/sent-lists/" + list + "/draft-file");
        String root = draft.signOff().root().hex();

        var without = shared.approve(approver, list);
        var with =
                approver.post(
                        "/sent-lists/" + list + "/approval",
                        Map.of("root", root, "signOff", draft.signOff().sign(APPROVER)));

        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("no signature of an approver");
        assertThat(with.statusCode()).isEqualTo(302);
        SharedLists.await(() -> shared.values("signed").contains("sample words to sign"));
    }

    private static Part sample() {
        return Part.of("notice", "{}".getBytes(UTF_8));
    }

    private static Optional<Refusal> send(List<Part> content, SigningKey key) throws Exception {
        UUID id = UUID.randomUUID();
        SignOff signOff =
                new DraftFile(id, new PartyId(OTHER), new PartyId(PLATFORM), content).signOff();
        var parts = new ArrayList<>(content);
        parts.add(Part.of(SignOff.PART, signOff.sign(key).getBytes(US_ASCII)));
        return send(id, parts);
    }

    private static Optional<Refusal> send(List<Part> parts) throws Exception {
        return send(UUID.randomUUID(), parts);
    }

    private static Optional<Refusal> send(UUID id, List<Part> parts) throws Exception {
        return send(id, "notice", parts);
    }

    private static Optional<Refusal> send(UUID id, String kind, List<Part> parts) throws Exception {
        byte[] frame = HandMadePeer.frame(parts);
        peer.upload(
                parts,
                peer.authorization("/channel/parts", frame, Instant.now(), UUID.randomUUID()));
        Message message = peer.sign(id, kind, parts, Optional.empty());
        HandMadePeer.Result result = peer.send(message);
        assertThat(result.receipt()).as(result.body().toString()).isNotEmpty();
        peer.after(message);
        Channel channel =
                nodes.bean(PLATFORM, Channels.class).with(new PartyId(OTHER)).orElseThrow();
        return nodes
                .bean(PLATFORM, JdbcClient.class)
                .sql("select leaves from messages where kind = 'refusal' and about = :about")
                .param("about", id)
                .query((row, _) -> Hash.of(row.getBytes("leaves")))
                .list()
                .stream()
                .flatMap(leaf -> nodes.bean(PLATFORM, PartStore.class).open(channel, leaf).stream())
                .map(part -> Parts.read(part, Refusal.class))
                .findFirst();
    }
}
