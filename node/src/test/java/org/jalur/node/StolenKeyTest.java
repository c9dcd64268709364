package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Hash;
import org.jalur.log.SignedNote;
import org.jalur.node.HandMadePeer.Result;
import org.jalur.node.exchange.PeerKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A thief holds every working key of an authority, and knows all that it ever sent. The identity
 * key is elsewhere: a stolen working key cannot rotate itself.
 */
class StolenKeyTest {
    private static final String PLATFORM = "platform-waspada";

    /** One for each test, and a last one that is somebody else. */
    private static final List<String> AUTHORITIES =
            IntStream.range(0, 12).mapToObj("otoritas-korban-%d"::formatted).toList();

    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir private static Path folder;
    private static TestNodes nodes;

    private String authority = "";

    /** The owner, and the thief with the same working keys: they send as the same party. */
    private HandMadePeer owner;

    private SigningKey stolen;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, AUTHORITIES, List.of(PLATFORM));
        for (int i = 0; i < AUTHORITIES.size(); i++) {
            nodes.with(PLATFORM, "jalur.peers[%d].delivery".formatted(i), "pulled");
        }
        nodes.start(PLATFORM);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    @BeforeEach
    void introduceKeys() throws Exception {
        authority = AUTHORITIES.get(NEXT.getAndIncrement());
        owner = peer(authority);
        Message keys = owner.keysMessage(1);
        assertThat(owner.send(keys).status()).isEqualTo(200);
        owner.after(keys);
        stolen = owner.key();
    }

    private static HandMadePeer peer(String party) {
        return new HandMadePeer(party, PLATFORM, nodes.url(PLATFORM), nodes.identityOf(party));
    }

    private KeyStatement known() {
        return nodes.bean(PLATFORM, PeerKeys.class).of(new PartyId(authority)).orElseThrow();
    }

    private int evidence() {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql(
                        "select count(*) from evidence where channel = (select id from channels where peer_party = :peer)")
                .param("peer", authority)
                .query(Integer.class)
                .single();
    }

    private Message withStatement(String statement) {
        return owner.sign(UUID.randomUUID(), "keys", List.of(), Optional.of(statement));
    }

    private Message message() {
        return owner.sign(UUID.randomUUID(), "withdrawal", List.of(), Optional.empty());
    }

    private String statement(
            String party, long serial, String origin, SigningKey identity, SigningKey working) {
        Map<Use, PublicSigningKey> keys = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            keys.put(use, working.publicKey());
        }
        return new KeyStatement(
                        new PartyId(party),
                        serial,
                        owner.time,
                        origin,
                        identity.publicKey(),
                        keys,
                        Optional.empty(),
                        Optional.of(Reason.ROTATION))
                .sign(identity);
    }

    private void assertRefused(Result result, int kept) {
        assertThat(result.status()).isEqualTo(401);
        assertThat(result.problem()).isEqualTo("unknown-key");
        assertThat(evidence()).isEqualTo(kept);
        assertThat(known().serial()).isEqualTo(1);
        assertThat(known().key(Use.MESSAGE)).isEqualTo(stolen.publicKey());
    }

    private void revoke() throws Exception {
        owner.signWith(SigningKey.generate());
        Message revocation = withStatement(owner.statement(2, Optional.of(Reason.COMPROMISE)));
        assertThat(owner.send(revocation).status()).isEqualTo(200);
        owner.after(revocation);
        assertThat(known().revokesPreviousAsCompromised()).isTrue();
    }

    @Test
    void statementSignedByAWorkingKeyIsRefused() throws Exception {
        owner.signWith(SigningKey.generate());
        String own = statement(authority, 2, owner.origin(), stolen, owner.key());

        assertRefused(owner.send(withStatement(own)), 0);
    }

    @Test
    void statementByAnotherIdentityIsRefused() throws Exception {
        owner.signWith(SigningKey.generate());
        String own = statement(authority, 2, owner.origin(), SigningKey.generate(), owner.key());

        assertRefused(owner.send(withStatement(own)), 0);
    }

    @Test
    void statementThatNamesTheIdentityButIsNotSignedByItIsRefused() throws Exception {
        owner.signWith(SigningKey.generate());
        String genuine =
                statement(authority, 2, owner.origin(), nodes.identityOf(authority), stolen);
        String own = statement(authority, 2, owner.origin(), SigningKey.generate(), owner.key());
        String mixed =
                own.substring(0, own.lastIndexOf('.'))
                        + genuine.substring(genuine.lastIndexOf('.'));

        assertRefused(owner.send(withStatement(mixed)), 0);
    }

    @Test
    void higherStatementOfAnotherPartyIsRefused() throws Exception {
        String other = AUTHORITIES.getLast();
        owner.signWith(SigningKey.generate());
        String replayed =
                statement(
                        other, 7, other + ".example/journal", nodes.identityOf(other), owner.key());

        assertRefused(owner.send(withStatement(replayed)), 0);
    }

    @Test
    void sameStatementAgainIsRefusedAndKept() throws Exception {
        assertRefused(owner.send(withStatement(owner.statement(1))), 1);
    }

    @Test
    void statementThatNamesAnotherJournalIsRefusedAndKept() throws Exception {
        owner.signWith(SigningKey.generate());
        String moved =
                statement(
                        authority,
                        2,
                        "another.example/journal",
                        nodes.identityOf(authority),
                        owner.key());

        assertRefused(owner.send(withStatement(moved)), 1);
    }

    @Test
    void revokedStatementIsRefusedAndKeptAndTheNewKeysStay() throws Exception {
        String first = owner.statement(1);
        revoke();
        SigningKey fresh = owner.key();

        owner.signWith(stolen);
        Result replayed = owner.send(withStatement(first));

        assertThat(replayed.problem()).isEqualTo("unknown-key");
        assertThat(evidence()).isEqualTo(1);
        assertThat(known().serial()).isEqualTo(2);
        owner.signWith(fresh);
        assertThat(owner.send(message()).status()).isEqualTo(200);
    }

    @Test
    void stolenKeySignsNoMessageAfterTheRevocation() throws Exception {
        Message before = message();
        assertThat(owner.send(before).status()).isEqualTo(200);
        owner.after(before);
        revoke();

        owner.signWith(stolen);
        Result after = owner.send(message());

        assertThat(after.problem()).isEqualTo("unknown-key");
        assertThat(owner.send(before).receipt()).as("what was receipted stays").isNotEmpty();
    }

    @Test
    void stolenKeySignsNoRequestAfterTheRevocation() throws Exception {
        List<Part> parts = List.of(Part.of("sample", "sample".getBytes(UTF_8)));
        byte[] body = HandMadePeer.frame(parts);
        String first = owner.statement(1);
        revoke();

        owner.signWith(stolen);
        assertThat(owner.upload(parts, authorization(body))).isEqualTo(401);
        assertThat(upload(body, first)).isEqualTo(401);
        assertThat(upload(body, statement(authority, 3, owner.origin(), stolen, stolen)))
                .isEqualTo(401);
    }

    private String authorization(byte[] body) {
        return owner.authorization("/channel/parts", body, Instant.now(), UUID.randomUUID());
    }

    private int upload(byte[] body, String shown) throws Exception {
        return owner.post(
                        "/channel/parts",
                        "application/octet-stream",
                        authorization(body),
                        body,
                        Map.of("Jalur-Keys", shown))
                .statusCode();
    }

    @Test
    void newKeySignsRequestsBeforeItsMessageArrivesIfTheStatementIsShown() throws Exception {
        byte[] body = HandMadePeer.frame(List.of(Part.of("sample", "sample".getBytes(UTF_8))));
        owner.signWith(SigningKey.generate());

        assertThat(upload(body, owner.statement(2))).isEqualTo(204);
        assertThat(known().serial()).as("a request changes no keys").isEqualTo(1);
    }

    @Test
    void stolenKeyGetsNoCosignaturesAfterTheRevocation() throws Exception {
        SignedNote forged = owner.checkpoint(1, Hash.sha256(new byte[] {1}));
        revoke();

        HttpResponse<byte[]> answer =
                owner.post(
                        "/witness/add-checkpoint",
                        "text/plain",
                        "",
                        new AddCheckpoint(0, List.of(), forged).format().getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
