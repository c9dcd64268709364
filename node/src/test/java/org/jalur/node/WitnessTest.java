package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Message;
import org.jalur.channel.PartyId;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Checkpoint;
import org.jalur.log.Cosignature;
import org.jalur.log.Hash;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.SplitView;
import org.jalur.log.Witness;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.JournalAudit;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.witness.CheckpointWatch;
import org.jalur.node.witness.CosignedCheckpoints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes vouch for each other's journals, and nobody can show two histories unnoticed. */
class WitnessTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String STRANGER = "otoritas-lain";
    private static final String PLATFORM = "platform-contoh";

    /** A row with a size, and nothing that is still behind. */
    private static final Pattern WITNESS_IS_UP_TO_DATE =
            Pattern.compile(
                    PLATFORM
                            + "</th>\\s*<td[^>]*>peer</td>\\s*<td[^>]*>[1-9]\\d*</td>\\s*<td[^>]*>0</td>");

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadePeer peer;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY, STRANGER), List.of(PLATFORM));
        nodes.with(PLATFORM, "jalur.peers[1].delivery", "pulled");
        nodes.start(AUTHORITY);
        nodes.start(PLATFORM);
        peer =
                new HandMadePeer(
                        STRANGER, PLATFORM, nodes.url(PLATFORM), nodes.identityOf(STRANGER));
        Message keys = peer.keysMessage(1);
        assertThat(peer.send(keys).status()).isEqualTo(200);
        peer.after(keys);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static HttpResponse<String> get(String party, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(nodes.url(party) + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> addCheckpoint(String body) throws Exception {
        return post("/witness/add-checkpoint", body);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(nodes.url(PLATFORM) + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String request(long old, SignedNote checkpoint) {
        return new AddCheckpoint(old, List.of(), checkpoint).format();
    }

    private static Hash root(int seed) {
        return Hash.sha256(new byte[] {(byte) seed});
    }

    @Test
    void journalIsCosignedByThePeerWithinTwoSeconds() throws Exception {
        Instant before = Instant.now();
        long size = nodes.bean(AUTHORITY, PublishedLog.class).head().size();
        Optional<CosignedCheckpoints.Cosigned> cosigned = Optional.empty();
        while (cosigned.isEmpty() && Instant.now().isBefore(before.plusSeconds(20))) {
            cosigned = nodes.bean(AUTHORITY, CosignedCheckpoints.class).earliestWith(size - 1);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }

        NoteVerifier[] keys =
                nodes.bean(AUTHORITY, PeerKeys.class)
                        .of(new PartyId(PLATFORM))
                        .orElseThrow()
                        .witnessVerifiers()
                        .toArray(NoteVerifier[]::new);
        List<Cosignature> cosignatures = Cosignature.on(cosigned.orElseThrow().note(), keys);
        assertThat(cosignatures).as("by Ed25519 and ML-DSA-44").hasSize(2);
        assertThat(cosignatures.getFirst().at()).isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void journalPageSaysWhereEachWitnessStandsAndHowToCheckIt() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        Instant limit = Instant.now().plusSeconds(20);
        String page = officer.get("/journal").body();
        while (!WITNESS_IS_UP_TO_DATE.matcher(page).find() && Instant.now().isBefore(limit)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            page = officer.get("/journal").body();
        }
        assertThat(page).containsPattern(WITNESS_IS_UP_TO_DATE);

        Matcher newest = Pattern.compile("curl -L (\\S+/journal/tile/\\S+)").matcher(page);
        assertThat(newest.find()).isTrue();
        HttpResponse<byte[]> entries =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(newest.group(1))).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(entries.statusCode()).isEqualTo(200);
        assertThat(entries.body()).isNotEmpty();
    }

    @Test
    void checkpointIsServedFreshWithBothSignaturesAndTilesForEver() throws Exception {
        HttpResponse<String> checkpoint = get(AUTHORITY, "/journal/checkpoint");
        KeyStatement keys = nodes.bean(AUTHORITY, OwnKeys.class).statement();
        SignedNote note = SignedNote.parse(checkpoint.body());

        assertThat(note.open(keys.checkpointVerifiers().toArray(NoteVerifier[]::new))).hasSize(2);
        assertThat(checkpoint.headers().firstValue("Cache-Control")).hasValue("no-cache");
        long size = Checkpoint.parse(note.text()).size();
        HttpResponse<String> tile = get(AUTHORITY, "/journal/tile/entries/000.p/" + size);
        assertThat(tile.statusCode()).isEqualTo(200);
        assertThat(tile.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }

    @Test
    void nothingButTilesIsServedFromTheJournal() throws Exception {
        for (String path :
                List.of(
                        "tile/0/../../keys/working-1.p12",
                        "tile/9/000",
                        "tile/0/1",
                        "tile/0/000.p/0000",
                        "tile/0/%2e%2e/x")) {
            assertThat(get(AUTHORITY, "/journal/" + path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void implementationOfOthersReadsTheJournal() throws Exception {
        boolean required = "1".equals(System.getenv("JALUR_REQUIRE_ALL"));
        boolean installed = Files.isExecutable(Path.of("/usr/bin/go"));
        Assumptions.assumeTrue(required || installed, "no Go is installed");
        var command =
                new ProcessBuilder(
                                "go",
                                "run",
                                Path.of("src/test/go/journalcheck.go").toString(),
                                nodes.url(AUTHORITY) + "/journal",
                                nodes.bean(AUTHORITY, OwnKeys.class)
                                        .statement()
                                        .checkpointVerifiers()
                                        .getFirst()
                                        .vkey())
                        .redirectErrorStream(true);
        command.environment()
                .putAll(
                        Map.of(
                                "GO111MODULE",
                                "off",
                                "GOPATH",
                                "/usr/share/gocode",
                                "GOCACHE",
                                folder.resolve("go").toString()));
        Process go = command.start();
        String said = new String(go.getInputStream().readAllBytes(), UTF_8);

        assertThat(go.waitFor()).as(said).isZero();
        assertThat(said).contains("pairs of sizes are right; 2 signatures");
    }

    @Test
    void witnessAnswersAsSpecified() throws Exception {
        SignedNote first = peer.checkpoint(7, root(1));
        assertThat(addCheckpoint("what is this").statusCode()).isEqualTo(400);
        assertThat(addCheckpoint(request(9, first)).statusCode())
                .as("old size beyond the checkpoint")
                .isEqualTo(400);
        SignedNote unknown =
                SignedNote.parse(first.format().replace(peer.origin(), "unheard.example/log"));
        assertThat(addCheckpoint(request(0, unknown)).statusCode()).isEqualTo(404);
        SignedNote forged = new SignedNote(first.text(), peer.checkpoint(7, root(2)).signatures());
        assertThat(addCheckpoint(request(0, forged)).statusCode()).isEqualTo(403);

        HttpResponse<String> cosigned = addCheckpoint(request(0, first));
        assertThat(cosigned.statusCode()).isEqualTo(200);
        assertThat(cosigned.body().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("— platform-contoh.example/journal/witness "));
        HttpResponse<String> behind = addCheckpoint(request(0, first));
        assertThat(behind.statusCode()).isEqualTo(409);
        assertThat(behind.body()).isEqualTo("7\n");
        assertThat(behind.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/x.tlog.size"));
        assertThat(addCheckpoint(request(7, peer.checkpoint(7, root(3)))).statusCode())
                .as("another root at the same size")
                .isEqualTo(422);
        assertThat(addCheckpoint(request(7, peer.checkpoint(9, root(3)))).statusCode())
                .as("no proof")
                .isEqualTo(422);

        String hash = Witness.originHash(peer.origin()).hex();
        assertThat(get(PLATFORM, "/witness/" + hash + "/checkpoint").body())
                .startsWith(first.text());
        assertThat(get(PLATFORM, "/witness/%s/checkpoint".formatted("0".repeat(64))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void twoHistoriesThatAPeerQuotesAreFoundAndProven() throws Exception {
        quote(Optional.of(peer.checkpoint(50, root(50)).format()), Optional.empty());
        quote(Optional.of(peer.checkpoint(50, root(51)).format()), Optional.empty());

        nodes.bean(PLATFORM, CheckpointWatch.class).compare();

        String evidence = evidence(peer.origin());
        SplitView.parse(evidence)
                .verify(
                        peer.origin(),
                        nodes.bean(PLATFORM, PeerKeys.class)
                                .ofLog(peer.origin())
                                .toArray(NoteVerifier[]::new));
    }

    @Test
    void peerThatLiesAboutThisJournalOnlyWarns() throws Exception {
        quote(Optional.empty(), Optional.of(peer.checkpoint(1, root(9)).format()));
        nodes.bean(PLATFORM, CheckpointWatch.class).compare();

        assertThat(conflicts("platform-contoh.example/journal")).isZero();
    }

    @Test
    void whatIsNoProofOfAForkIsRefused() throws Exception {
        SignedNote note = peer.checkpoint(60, root(60));
        String same = new SplitView(note, note, root(60), List.of()).format();

        assertThat(post("/witness/conflicts", same).statusCode()).isEqualTo(422);
        assertThat(post("/witness/conflicts", "nonsense").statusCode()).isEqualTo(422);
    }

    @Test
    void proofOfAForkIsTakenFromAnybody() throws Exception {
        String proof =
                new SplitView(
                                peer.checkpoint(70, root(70)),
                                peer.checkpoint(70, root(71)),
                                root(71),
                                List.of())
                        .format();
        int before = conflicts(peer.origin());

        assertThat(post("/witness/conflicts", proof).statusCode()).isEqualTo(204);
        assertThat(post("/witness/conflicts", proof).statusCode()).isEqualTo(204);
        assertThat(conflicts(peer.origin())).isEqualTo(before + 1);
    }

    @Test
    void auditReadsEverythingAndNamesWhatWasDamaged() throws Exception {
        JournalAudit audit = nodes.bean(PLATFORM, JournalAudit.class);
        long size;
        do {
            audit.run();
            assertThat(audit.newest().orElseThrow().audit().isSound()).isTrue();
            size = audit.newest().orElseThrow().audit().entries();
            Path bundle =
                    nodes.home(PLATFORM)
                            .resolve("journal/tile/entries/000.p")
                            .resolve(Long.toString(size));
            byte[] right = Files.readAllBytes(bundle);
            byte[] wrong = right.clone();
            wrong[wrong.length - 1] ^= 1;
            Files.write(bundle, wrong);

            audit.run();
            Files.write(bundle, right);
            // Once the journal has grown, another bundle is read.
        } while (audit.newest().orElseThrow().audit().entries() != size);

        assertThat(audit.newest().orElseThrow().audit().findings())
                .anyMatch(finding -> finding.path().startsWith("tile/entries/000"));
    }

    @Test
    void fullDiskStopsAcceptanceAndLosesNothing() throws Exception {
        var full = new TestNodes(folder.resolve("full"), List.of(AUTHORITY), List.of(PLATFORM));
        try {
            full.with(PLATFORM, "jalur.least-free", "8000000000MB");
            full.startAll();
            String notice =
                    full.post(
                                    AUTHORITY,
                                    "officer",
                                    "/api/notices",
                                    ChannelTest.form(PLATFORM, "https://social.example/a/1"))
                            .body()
                            .at("/notice/id")
                            .asString();
            full.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());

            assertThat(
                            full.bean(PLATFORM, JdbcClient.class)
                                    .sql("select count(*) from messages where direction = 'in'")
                                    .query(Integer.class)
                                    .single())
                    .isZero();
            assertThat(
                            full.bean(AUTHORITY, JdbcClient.class)
                                    .sql("select count(*) from outbox")
                                    .query(Integer.class)
                                    .single())
                    .as("the sender still has it")
                    .isPositive();
        } finally {
            full.close();
        }
    }

    @Test
    void journalFromAnOldBackupSignsNothing() throws Exception {
        Path home = nodes.home(AUTHORITY);
        Path backup = folder.resolve("backup");
        nodes.stop(AUTHORITY);
        copy(home, backup);
        nodes.start(AUTHORITY);
        long before = nodes.bean(AUTHORITY, PublishedLog.class).head().size();
        grow();
        awaitCosigned(AUTHORITY, before);
        nodes.stop(AUTHORITY);
        copy(backup, home);
        String old = Files.readString(checkpoint(home));

        nodes.start(AUTHORITY);
        grow();
        LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());

        assertThat(Files.readString(checkpoint(home))).as("nothing was signed").isEqualTo(old);
    }

    /** A message of the hand-made peer that the platform takes in. */
    private static void quote(Optional<String> own, Optional<String> ofTheReceiver)
            throws Exception {
        peer.quote(own, ofTheReceiver);
        Message message = peer.sign(UUID.randomUUID(), "withdrawal", List.of(), Optional.empty());
        assertThat(peer.send(message).status()).isEqualTo(200);
        peer.after(message);
    }

    /** Something that the authority's journal records. */
    private static void grow() {
        nodes.bean(AUTHORITY, JdbcClient.class)
                .sql(
                        """
                        insert into journal_pending (kind, digest, recorded_at)
                        values ('evidence', sha256(gen_random_uuid()::text::bytea), now())
                        """)
                .update();
    }

    private static void awaitCosigned(String party, long beyond) {
        for (int i = 0; i < 200; i++) {
            if (nodes.bean(party, CosignedCheckpoints.class)
                    .newest()
                    .filter(one -> one.size() > beyond)
                    .isPresent()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("no witness has cosigned beyond " + beyond);
    }

    private static Path checkpoint(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("checkpoints"))) {
            return files.filter(
                            file -> file.getFileName().toString().equals("checkpoint.checkpoint"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static int conflicts(String origin) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql("select count(*) from conflicts where origin = :origin")
                .param("origin", origin)
                .query(Integer.class)
                .single();
    }

    private static String evidence(String origin) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql("select evidence from conflicts where origin = :origin limit 1")
                .param("origin", origin)
                .query(String.class)
                .single();
    }
}
