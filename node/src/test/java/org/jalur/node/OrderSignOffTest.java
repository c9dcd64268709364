package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.DraftFile;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.node.accounts.Role;
import org.jalur.node.register.KeyFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An order of an authority whose identity key names approvers, as at a hosted desk. */
class OrderSignOffTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final MovedClock CLOCK = new MovedClock();
    private static final SigningKey APPROVER = SigningKey.generate();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeWitness witness;
    private static AccessBlocks blocks;
    private static String notice;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM)).at(CLOCK);
        witness = new HandMadeWitness(nodes.url(PLATFORM));
        Path policy = Files.writeString(folder.resolve("policy.txt"), witness.policy());
        nodes.with(AUTHORITY, "jalur.relay.witness", HandMadeWitness.NAME)
                .with(AUTHORITY, "jalur.relay.after", "1s");
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            nodes.with(party, "jalur.witness-policy", policy.toString());
            nodes.start(party);
        }
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        notice = blocks.silence("https://social.example/o/1");
        nodes.stop(AUTHORITY);
        nameApprover();
        nodes.start(AUTHORITY);
    }

    private static void nameApprover() throws Exception {
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
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        witness.close();
    }

    @Test
    void orderThatTwoApprovedLeavesOnlyWithTheSignatureOfAnApprover() throws Exception {
        JsonNode draft = blocks.draft(blocks.form("BLOK-TT", List.of(notice))).body();
        String id = AccessBlocks.id(draft);
        String file = "/access-blocks/" + id + "/draft-file";
        PageVisitor approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        assertThat(approver.download(file).statusCode()).as("not approved yet").isEqualTo(409);
        for (String role : List.of("approver", "approver.2")) {
            TestNodes.Reply reply = blocks.approve(role, draft);
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        }

        assertThat(AccessBlocks.state(blocks.here(id))).isEqualTo("waits_signature");
        assertThat(blocks.there("BLOK-TT")).as("nothing is told before").isEmpty();
        assertThat(approver.get("/access-blocks/" + id).body())
                .contains("waits for a signature", file, "Send the order");
        DraftFile read = DraftFile.read(approver.download(file).body());
        String path = "/access-blocks/" + id + "/sign-off";
        var wrong =
                approver.post(path, Map.of("signOff", read.signOff().sign(SigningKey.generate())));
        var right = approver.post(path, Map.of("signOff", read.signOff().sign(APPROVER)));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("no signature of an approver");
        assertThat(right.statusCode()).isEqualTo(302);
        blocks.await(id, one -> AccessBlocks.state(one).equals("announced"));
    }
}
