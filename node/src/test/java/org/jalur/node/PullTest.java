package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jalur.channel.PartyId;
import org.jalur.log.Checkpoint;
import org.jalur.log.Cosignature;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.SplitView;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.witness.CheckpointWatch;
import org.jalur.node.witness.CosignedCheckpoints;
import org.jalur.node.witness.CosignedCheckpoints.Cosigned;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A platform that nobody can reach from outside: it calls for both directions. */
class PullTest {
    private static final String AUTHORITY = "otoritas-terbuka";
    private static final String PLATFORM = "platform-tertutup";

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.with(AUTHORITY, "jalur.peers[0].delivery", "pulled");
        // An address at which nothing listens: whoever calls it has misunderstood.
        nodes.with(AUTHORITY, "jalur.peers[0].url", "http://127.0.0.1:9");
        nodes.with(PLATFORM, "jalur.peers[0].delivery", "pull");
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static String sendNotice() throws Exception {
        String notice =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notices",
                                ChannelTest.form(PLATFORM, "https://social.example/p/1"))
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
        return notice;
    }

    private static JsonNode receipted(String notice) throws Exception {
        return nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
    }

    /** Opens every case, so that the platform has something to say for each. */
    private static void claimAll() throws Exception {
        JsonNode page =
                nodes.await(
                        PLATFORM, "reviewer", "/api/cases", one -> !one.path("cases").isEmpty());
        for (JsonNode one : page.path("cases")) {
            nodes.post(
                    PLATFORM,
                    "reviewer",
                    "/api/cases/%s/claim".formatted(one.path("id").asString()),
                    Map.of());
        }
    }

    @Test
    void pulledNoticeGetsItsReceiptAndItsAnswerLikeAnyOther() throws Exception {
        String notice = sendNotice();

        JsonNode delivered = receipted(notice);
        claimAll();

        assertThat(delivered.at("/notice/delivery/state").asString()).isEqualTo("delivered");
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + notice,
                one -> one.path("notice").hasNonNull("acknowledgedAt"));
    }

    @Test
    void peerThatOnlyPullsCosignsTheJournalOfTheOther() throws Exception {
        receipted(sendNotice());
        long size = nodes.bean(AUTHORITY, PublishedLog.class).head().size();

        Cosigned cosigned =
                await(() ->
                        nodes.bean(AUTHORITY, CosignedCheckpoints.class).earliestWith(size - 1));

        NoteVerifier[] keys =
                nodes.bean(AUTHORITY, PeerKeys.class)
                        .of(new PartyId(PLATFORM))
                        .orElseThrow()
                        .witnessVerifiers()
                        .toArray(NoteVerifier[]::new);
        assertThat(Cosignature.on(cosigned.note(), keys)).as("by Ed25519 and ML-DSA-44").hasSize(2);
    }

    @Test
    void tilesOfAPeerThatOnlyPullsAreBroughtAndCompared() throws Exception {
        for (int i = 0; i < 2; i++) {
            String notice = sendNotice();
            receipted(notice);
            claimAll();
            nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.path("notice").hasNonNull("acknowledgedAt"));
        }
        var watch = nodes.bean(AUTHORITY, CheckpointWatch.class);
        JdbcClient jdbc = nodes.context(AUTHORITY).getBean(JdbcClient.class);

        byte[] brought =
                await(() -> {
                    watch.compare();
                    watch.begin();
                    return jdbc.sql(
                                    "select octets from wanted_tiles where octets is not null limit 1")
                            .query(byte[].class)
                            .optional();
                });

        assertThat(brought).as("whole hashes").hasSizeGreaterThanOrEqualTo(32);
        assertThat(brought.length % 32).isZero();
    }

    @Test
    void forkOfAPeerThatOnlyPullsIsShownToItWhenItCalls() throws Exception {
        receipted(sendNotice());
        NoteSigner[] stolen =
                nodes.bean(PLATFORM, OwnKeys.class).checkpointSigners().toArray(NoteSigner[]::new);
        String origin = nodes.bean(PLATFORM, OwnKeys.class).statement().origin();
        SignedNote one = new Checkpoint(origin, 3, Hash.sha256(new byte[1])).sign(stolen);
        SignedNote other = new Checkpoint(origin, 3, Hash.sha256(new byte[2])).sign(stolen);
        var fork = new SplitView(one, other, Hash.sha256(new byte[2]), List.of());

        var told =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        nodes.url(AUTHORITY)
                                                                + "/witness/conflicts"))
                                        .POST(HttpRequest.BodyPublishers.ofString(fork.format()))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());

        assertThat(told.statusCode()).isEqualTo(204);
        JdbcClient platform = nodes.context(PLATFORM).getBean(JdbcClient.class);
        String found =
                await(() ->
                        platform.sql("select origin from conflicts")
                                .query(String.class)
                                .optional());
        assertThat(found).isEqualTo(origin);
        JdbcClient authority = nodes.context(AUTHORITY).getBean(JdbcClient.class);
        await(() ->
                authority
                        .sql("select 1 from conflicts where told_at is not null")
                        .query(Integer.class)
                        .optional());
    }

    private static <T> T await(Callable<Optional<T>> wanted) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        Optional<T> found = wanted.call();
        while (found.isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            found = wanted.call();
        }
        return found.orElseThrow();
    }
}
