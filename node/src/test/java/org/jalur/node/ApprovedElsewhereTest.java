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
        byte[] frame = HandMadePeer.frame(parts);
        peer.upload(
                parts,
                peer.authorization("/channel/parts", frame, Instant.now(), UUID.randomUUID()));
        Message message = peer.sign(id, "notice", parts, Optional.empty());
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
