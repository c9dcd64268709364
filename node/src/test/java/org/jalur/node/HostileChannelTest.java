package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.node.HandMadePeer.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A platform's node against a peer that breaks the protocol: each breach has its own answer. */
class HostileChannelTest {
    private static final String PLATFORM = "platform-teguh";

    /** One for each test, so that each has a fresh channel on the same node. */
    private static final List<String> AUTHORITIES =
            IntStream.range(0, 24).mapToObj("otoritas-nakal-%d"::formatted).toList();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private String authority = "";
    private HandMadePeer peer;

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
    void takeChannel() {
        authority = AUTHORITIES.get(NEXT.getAndIncrement());
        peer =
                new HandMadePeer(
                        authority, PLATFORM, nodes.url(PLATFORM), nodes.identityOf(authority));
    }

    private void introduceKeys() throws Exception {
        Message keys = peer.keysMessage(1);
        assertThat(peer.send(keys).status()).isEqualTo(200);
        peer.after(keys);
    }

    private Message message() {
        return peer.sign(UUID.randomUUID(), "withdrawal", List.of(), Optional.empty());
    }

    private int evidence() {
        return count("evidence where true");
    }

    /** Rows of this test's channel. */
    private int count(String tableAndCondition) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql(
                        "select count(*) from %s and channel = (select id from channels where peer_party = :peer)"
                                .formatted(tableAndCondition))
                .param("peer", authority)
                .query(Integer.class)
                .single();
    }

    @Test
    void nothingIsTakenBeforeTheKeys() throws Exception {
        Result result = peer.send(message());

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.problem()).isEqualTo("unknown-key");
        assertThat(count("messages where direction = 'in'")).isZero();
    }

    @Test
    void keysOfAnotherIdentityAreRefused() throws Exception {
        var impostor =
                new HandMadePeer(authority, PLATFORM, nodes.url(PLATFORM), SigningKey.generate());

        assertThat(impostor.send(impostor.keysMessage(1)).problem()).isEqualTo("unknown-key");
    }

    @Test
    void sameMessageAgainGetsTheSameReceiptByteForByte() throws Exception {
        introduceKeys();
        Message message = message();

        Result first = peer.send(message);
        Result second = peer.send(message);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.receipt()).isNotEmpty();
        assertThat(second.receipt()).isEqualTo(first.receipt());
    }

    @Test
    void sameIdWithOtherBytesIsRefusedAndKept() throws Exception {
        introduceKeys();
        Message message = message();
        peer.send(message);
        peer.after(message);

        Result again =
                peer.send(
                        peer.sign(
                                message.manifest().id(),
                                "withdrawal",
                                List.of(),
                                Optional.empty()));

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.problem()).isEqualTo("id-reused");
        assertThat(evidence()).isEqualTo(1);
    }

    @Test
    void sequenceNumberTwiceIsRefusedAndKept() throws Exception {
        introduceKeys();
        peer.send(message());

        Result again = peer.send(message());

        assertThat(again.problem()).isEqualTo("sequence-reused");
        assertThat(evidence()).isEqualTo(1);
    }

    @Test
    void brokenChainIsRefusedAndKept() throws Exception {
        introduceKeys();
        peer.previous = Optional.of(org.jalur.log.Hash.sha256("another past".getBytes(UTF_8)));

        Result result = peer.send(message());

        assertThat(result.problem()).isEqualTo("broken-chain");
        assertThat(evidence()).isEqualTo(1);
    }

    @Test
    void laterMessageIsParkedUntilTheOneBeforeItComes() throws Exception {
        introduceKeys();
        Message first = message();
        peer.after(first);
        Message second = message();

        Result early = peer.send(second);
        Result late = peer.send(first);
        Result again = peer.send(second);

        assertThat(early.status()).isEqualTo(202);
        assertThat(early.body().path("state").asString()).isEqualTo("parked");
        assertThat(late.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(count("parked where true")).isZero();
    }

    @Test
    void messageFarAheadIsAGap() throws Exception {
        introduceKeys();
        peer.seq = 500;

        Result result = peer.send(message());

        assertThat(result.status()).isEqualTo(409);
        assertThat(result.problem()).isEqualTo("sequence-gap");
    }

    @Test
    void timeInTheFutureIsRefusedAndKept() throws Exception {
        introduceKeys();
        peer.time = peer.time.plus(Duration.ofMinutes(10));

        Result result = peer.send(message());

        assertThat(result.problem()).isEqualTo("time-in-future");
        assertThat(evidence()).isEqualTo(1);
    }

    @Test
    void oldMessageIsTakenHoweverOld() throws Exception {
        introduceKeys();
        peer.time = peer.time.minus(Duration.ofDays(400));

        assertThat(peer.send(message()).status()).isEqualTo(200);
    }

    @Test
    void foreignKeyAndForgedSignatureAreRefused() throws Exception {
        introduceKeys();
        Message genuine = message();
        peer.signWith(SigningKey.generate());
        Result foreign = peer.send(message());
        String compact = genuine.jws().compact();
        int dot = compact.lastIndexOf('.');
        String forged =
                compact.substring(0, dot + 1)
                        + (compact.charAt(dot + 1) == 'A' ? 'B' : 'A')
                        + compact.substring(dot + 2);
        Result bad = peer.sendRaw(forged, new byte[0]);

        assertThat(foreign.problem()).isEqualTo("unknown-key");
        assertThat(bad.problem()).isEqualTo("bad-signature");
        assertThat(bad.status()).isEqualTo(401);
    }

    @Test
    void messageForSomebodyElseIsRefused() throws Exception {
        introduceKeys();

        Result result =
                peer.send(
                        peer.sign(
                                UUID.randomUUID(),
                                "withdrawal",
                                List.of(),
                                Optional.empty(),
                                new PartyId("platform-lain")));

        assertThat(result.status()).isEqualTo(421);
        assertThat(result.problem()).isEqualTo("wrong-recipient");
    }

    @Test
    void unpinnedPartyIsRefused() throws Exception {
        var stranger =
                new HandMadePeer(
                        "otoritas-asing", PLATFORM, nodes.url(PLATFORM), SigningKey.generate());

        assertThat(stranger.send(stranger.keysMessage(1)).problem()).isEqualTo("unknown-party");
    }

    @Test
    void malformedMessagesAreToldSo() throws Exception {
        introduceKeys();

        assertThat(peer.sendRaw("not.a.jws", new byte[0]).problem()).isEqualTo("malformed");
        assertThat(
                        peer.post(
                                        "/channel/messages",
                                        "application/json",
                                        "",
                                        "{\"messages\":".getBytes(UTF_8))
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        peer.post(
                                        "/channel/messages",
                                        "application/json",
                                        "",
                                        "{\"messages\":[]}".getBytes(UTF_8))
                                .statusCode())
                .isEqualTo(413);
    }

    @Test
    void partsComeFirst() throws Exception {
        introduceKeys();
        Part part = Part.of("withdrawal", "{\"reason\":\"Sample.\"}".getBytes(UTF_8));
        Message message =
                peer.sign(UUID.randomUUID(), "withdrawal", List.of(part), Optional.empty());

        Result without = peer.send(message);
        byte[] body = HandMadePeer.frame(List.of(part));
        String authorization =
                peer.authorization("/channel/parts", body, Instant.now(), UUID.randomUUID());
        int uploaded = peer.upload(List.of(part), authorization);
        int replayed = peer.upload(List.of(part), authorization);
        Result with = peer.send(message);

        assertThat(without.problem()).isEqualTo("parts-missing");
        assertThat(without.body().at("/problem/missingParts/0").asString())
                .isEqualTo(part.leaf().hex());
        assertThat(uploaded).isEqualTo(204);
        assertThat(replayed).isEqualTo(422);
        assertThat(with.status()).isEqualTo(200);
    }

    @Test
    void partThatNoMessageNamesIsForgottenAfterADay() throws Exception {
        introduceKeys();
        Part named = Part.of("withdrawal", "{\"reason\":\"Sample.\"}".getBytes(UTF_8));
        Part unnamed = Part.of("sample", "uploaded, never named".getBytes(UTF_8));
        byte[] body = HandMadePeer.frame(List.of(named, unnamed));
        peer.upload(
                List.of(named, unnamed),
                peer.authorization("/channel/parts", body, Instant.now(), UUID.randomUUID()));
        peer.send(peer.sign(UUID.randomUUID(), "withdrawal", List.of(named), Optional.empty()));
        nodes.bean(PLATFORM, JdbcClient.class)
                .sql("update parts set stored_at = stored_at - interval '2 days'")
                .update();

        nodes.runScheduled(PLATFORM, "forgetUnnamed");

        assertThat(count("parts where message is null")).isZero();
        assertThat(count("parts where message is not null")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void requestsAreSignedOverTheirBodyAndFresh() throws Exception {
        introduceKeys();
        Part part = Part.of("sample", "sample".getBytes(UTF_8));
        byte[] other = HandMadePeer.frame(List.of(Part.of("sample", "other".getBytes(UTF_8))));

        assertThat(peer.upload(List.of(part), "")).isEqualTo(403);
        assertThat(
                        peer.upload(
                                List.of(part),
                                peer.authorization(
                                        "/channel/parts", other, Instant.now(), UUID.randomUUID())))
                .isEqualTo(401);
        assertThat(
                        peer.upload(
                                List.of(part),
                                peer.authorization(
                                        "/channel/parts",
                                        HandMadePeer.frame(List.of(part)),
                                        Instant.now().minus(Duration.ofHours(1)),
                                        UUID.randomUUID())))
                .isEqualTo(422);
    }

    @Test
    void historyIsForThePartiesOfTheChannelAlone() throws Exception {
        introduceKeys();
        var stranger =
                new HandMadePeer(
                        "otoritas-asing",
                        PLATFORM,
                        nodes.url(PLATFORM),
                        nodes.identityOf(authority));
        stranger.signWith(peer.key());
        String own = "{\"of\":\"%s\",\"from\":1}".formatted(authority);

        HttpResponse<byte[]> told = history(peer, own);

        assertThat(told.statusCode()).isEqualTo(200);
        var page = TestNodes.JSON.readTree(told.body());
        assertThat(page.path("last").asLong()).isEqualTo(1);
        assertThat(page.at("/messages/0/receipt").asString()).isNotEmpty();
        assertThat(history(peer, "{\"of\":\"%s\",\"from\":1}".formatted(PLATFORM)).statusCode())
                .isEqualTo(200);
        assertThat(history(stranger, own).statusCode()).isEqualTo(403);
        assertThat(history(peer, "{\"of\":\"otoritas-asing\",\"from\":1}").statusCode())
                .isEqualTo(400);
        assertThat(history(peer, "{\"of\":\"%s\",\"from\":0}".formatted(authority)).statusCode())
                .isEqualTo(400);
        assertThat(history(peer, "x".repeat(2000)).statusCode()).isEqualTo(413);
        assertThat(peer.post("/channel/history", "application/json", "", own.getBytes(UTF_8)))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(403);
    }

    private static HttpResponse<byte[]> history(HandMadePeer asking, String question)
            throws Exception {
        byte[] body = question.getBytes(UTF_8);
        return asking.post(
                "/channel/history",
                "application/json",
                asking.authorization("/channel/history", body, Instant.now(), UUID.randomUUID()),
                body);
    }

    @Test
    void whatIsOutsideTheAgreementOrUnheardOfIsReceiptedAndAnsweredByARefusal() throws Exception {
        introduceKeys();
        Message unheard = peer.sign(UUID.randomUUID(), "sing", List.of(), Optional.empty());
        Result first = peer.send(unheard);
        peer.after(unheard);
        Message empty = peer.sign(UUID.randomUUID(), "notice", List.of(), Optional.empty());
        Result second = peer.send(empty);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(count("messages where direction = 'out' and kind = 'refusal'")).isEqualTo(2);
        assertThat(count("cases where true")).isZero();
    }

    @Test
    void rotatedKeysHoldFromTheNextMessage() throws Exception {
        introduceKeys();
        SigningKey old = peer.key();
        peer.signWith(SigningKey.generate());
        Message rotation = peer.keysMessage(2);
        assertThat(peer.send(rotation).status()).isEqualTo(200);
        peer.after(rotation);

        Result withNew = peer.send(message());
        peer.signWith(old);
        peer.seq++;
        Result withOld = peer.send(message());

        assertThat(withNew.status()).isEqualTo(200);
        assertThat(withOld.problem()).isEqualTo("unknown-key");
    }

    @Test
    void everyReceivedMessageAndPieceOfEvidenceStandsInTheJournal() throws Exception {
        introduceKeys();
        peer.send(message());
        peer.send(message());

        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (journaled() < 3 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertThat(journaled()).isEqualTo(3);
    }

    private int journaled() {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql(
                        """
                        select count(*) from journal_entries
                        where (kind, digest) in (
                            select 'message-received', digest from messages join channels on channels.id = channel
                                where direction = 'in' and peer_party = :peer
                            union all
                            select 'evidence', digest from evidence join channels on channels.id = channel
                                where peer_party = :peer)
                        """)
                .param("peer", authority)
                .query(Integer.class)
                .single();
    }
}
