package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jalur.log.WitnessAnswer.Conflict;
import org.jalur.log.WitnessAnswer.Cosigned;
import org.jalur.log.WitnessAnswer.Inconsistent;
import org.jalur.log.WitnessAnswer.Malformed;
import org.jalur.log.WitnessAnswer.UnknownLog;
import org.jalur.log.WitnessAnswer.Untrusted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final String ORIGIN = "alice.example/log";
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final NoteSigner LOG = Keys.signer(ORIGIN);
    private static final NoteSigner W1 = Keys.ed25519Cosigner("witness.example/w1", CLOCK);
    private static final NoteSigner W2 = Keys.mlDsa44("witness.example/w2", CLOCK);

    private final List<Hash> leaves = Entries.leaves(Entries.random(40, 5));
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();
    private final Map<String, List<NoteVerifier>> known = new HashMap<>();
    private final Witness witness =
            new Witness(origin -> known.getOrDefault(origin, List.of()), store, W1, W2);

    @BeforeEach
    void knowTheLog() {
        known.put(ORIGIN, List.of(LOG.verifier()));
    }

    @Test
    void growingLogIsCosignedByEachKeyOfTheWitness() {
        for (int[] sizes : new int[][] {{0, 0}, {0, 3}, {3, 3}, {3, 8}, {8, 40}}) {
            AddCheckpoint request = request(sizes[0], sizes[1]);

            SignedNote note =
                    request.cosigned(cosigned(add(request)), W1.verifier(), W2.verifier());

            assertThat(Cosignature.on(note, W1.verifier(), W2.verifier()))
                    .containsExactly(
                            new Cosignature(W1.verifier(), NOON),
                            new Cosignature(W2.verifier(), NOON));
            assertThat(Checkpoint.open(note, ORIGIN, LOG.verifier()).size()).isEqualTo(sizes[1]);
        }
    }

    @Test
    void newestCheckpointIsServedWithTheSignaturesOfLogAndWitnessAndNoOthers() {
        NoteSigner stranger = Keys.signer("stranger.example");
        Hash place = Witness.originHash(ORIGIN);
        assertThat(witness.checkpoint(place)).isEmpty();

        add(new AddCheckpoint(0, List.of(), checkpoint(3).signedBy(stranger)));

        SignedNote served = witness.checkpoint(place).orElseThrow();
        assertThat(served.open(LOG.verifier(), W1.verifier(), W2.verifier())).hasSize(3);
        assertThat(served.signatures()).hasSize(3);
        assertThat(Checkpoint.parse(served.text())).isEqualTo(claim(3));
        assertThat(witness.checkpoint(Witness.originHash("other"))).isEmpty();
        assertThat(place.hex()).isEqualTo(Hash.sha256(ORIGIN.getBytes(UTF_8)).hex());
    }

    @Test
    void otherOldSizeIsAConflictThatSaysTheRightOne() {
        add(request(0, 5));

        assertThat(add(request(0, 7))).isEqualTo(new Conflict(5));
        assertThat(add(request(3, 7))).isEqualTo(new Conflict(5));
        assertThat(add(request(6, 7))).isEqualTo(new Conflict(5));
        assertThat(add(request(0, 0))).isEqualTo(new Conflict(5));
        assertThat(add(request(5, 7))).isInstanceOf(Cosigned.class);
    }

    @Test
    void firstCheckpointStartsFromSizeZero() {
        assertThat(add(request(3, 7))).isEqualTo(new Conflict(0));
        assertThat(store.values).isEmpty();
    }

    @Test
    void unknownLogIsNotCosigned() {
        known.clear();

        assertThat(add(request(0, 5))).isInstanceOf(UnknownLog.class);
        assertThat(store.values).isEmpty();
    }

    @Test
    void setOfKnownLogsMayChangeAtAnyTime() {
        add(request(0, 5));
        known.clear();
        assertThat(add(request(5, 7))).isInstanceOf(UnknownLog.class);
        known.put(ORIGIN, List.of(Keys.signer(ORIGIN).verifier(), LOG.verifier()));

        assertThat(add(request(5, 7))).isInstanceOf(Cosigned.class);
    }

    @Test
    void checkpointWithoutAGoodSignatureOfTheLogIsNotCosigned() {
        SignedNote forged = claim(5).sign(Keys.signer(ORIGIN));
        SignedNote wrong = claim(5).sign(W1).with(checkpoint(6).signatures().getFirst());
        SignedNote twice = checkpoint(5).with(checkpoint(6).signatures().getFirst());

        assertThat(add(new AddCheckpoint(0, List.of(), forged))).isInstanceOf(Untrusted.class);
        assertThat(add(new AddCheckpoint(0, List.of(), wrong))).isInstanceOf(Untrusted.class);
        assertThat(add(new AddCheckpoint(0, List.of(), twice))).isInstanceOf(Untrusted.class);
        assertThat(store.values).isEmpty();
    }

    @Test
    void keyOfOneLogDoesNotSpeakForAnother() {
        known.put("bob.example/log", List.of(Keys.signer("bob.example/log").verifier()));
        SignedNote note = new Checkpoint("bob.example/log", 1, leaves.getFirst()).sign(LOG);

        assertThat(add(new AddCheckpoint(0, List.of(), note))).isInstanceOf(Untrusted.class);
    }

    @Test
    void oldSizeBeyondTheCheckpointIsMalformed() {
        add(request(0, 5));

        assertThat(add(new AddCheckpoint(5, List.of(), checkpoint(4))))
                .isInstanceOf(Malformed.class);
        assertThat(add(new AddCheckpoint(7, List.of(), checkpoint(4))))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void logThatRewroteItsPastIsNotCosigned() {
        add(request(0, 8));
        List<Hash> rewritten = new ArrayList<>(leaves);
        rewritten.set(2, MerkleTree.leafHash(new byte[] {9}));
        Hash root = MerkleTree.root(rewritten.subList(0, 20));
        SignedNote note = new Checkpoint(ORIGIN, 20, root).sign(LOG);
        List<Hash> path = MerkleTree.consistencyProof(rewritten.subList(0, 20), 8).path();

        assertThat(add(new AddCheckpoint(8, path, note))).isInstanceOf(Inconsistent.class);
        assertThat(head()).isEqualTo(claim(8).head());
    }

    @Test
    void secondRootForOneSizeIsNotCosigned() {
        add(request(0, 8));
        SignedNote other = new Checkpoint(ORIGIN, 8, leaves.getFirst()).sign(LOG);

        assertThat(add(new AddCheckpoint(8, List.of(), other))).isInstanceOf(Inconsistent.class);
    }

    @Test
    void proofMustBeExactlyTheRightOne() {
        assertThat(add(new AddCheckpoint(0, leaves.subList(0, 1), checkpoint(5))))
                .isInstanceOf(Inconsistent.class);
        add(request(0, 5));
        List<Hash> path = request(5, 20).path();

        List<Hash> longer = new ArrayList<>(path);
        longer.add(leaves.getFirst());
        assertThat(add(new AddCheckpoint(5, longer, checkpoint(20))))
                .isInstanceOf(Inconsistent.class);
        assertThat(add(new AddCheckpoint(5, path.subList(1, path.size()), checkpoint(20))))
                .isInstanceOf(Inconsistent.class);
        assertThat(add(new AddCheckpoint(5, List.of(), checkpoint(20))))
                .isInstanceOf(Inconsistent.class);
        assertThat(add(new AddCheckpoint(5, leaves.subList(0, 1), checkpoint(5))))
                .isInstanceOf(Inconsistent.class);
    }

    @Test
    void emptyTreeWithARootOfItsOwnIsInconsistent() {
        String text = ORIGIN + "\n0\n" + leaves.getFirst().base64() + "\n";

        assertThat(add(new AddCheckpoint(0, List.of(), SignedNote.sign(text, LOG))))
                .isInstanceOf(Inconsistent.class);
    }

    @Test
    void anythingElseIsMalformed() {
        String request = request(0, 5).format();

        for (String body :
                List.of(
                        "",
                        "old 0\n",
                        "old 0\n\n",
                        request + "\n",
                        request.replace("old", "new"))) {
            assertThat(witness.addCheckpoint(body.getBytes(UTF_8))).isInstanceOf(Malformed.class);
        }
        assertThat(witness.addCheckpoint(new byte[] {(byte) 0xff})).isInstanceOf(Malformed.class);
        assertThat(witness.addCheckpoint(new byte[AddCheckpoint.MAX_BYTES + 1]))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void originThatAKeyCannotCosignIsMalformed() {
        String longOrigin = "o".repeat(300);
        NoteSigner log = Keys.signer("log");
        known.put(longOrigin, List.of(log.verifier()));
        SignedNote note = new Checkpoint(longOrigin, 1, leaves.getFirst()).sign(log);

        assertThat(add(new AddCheckpoint(0, List.of(), note))).isInstanceOf(Malformed.class);
        assertThat(store.values).isEmpty();
    }

    @Test
    void requestThatLostARaceIsDecidedAnew() {
        add(request(0, 5));
        store.beforeNextSwap(() -> add(request(5, 9)));

        assertThat(add(request(5, 7))).isEqualTo(new Conflict(9));
        assertThat(head()).isEqualTo(claim(9).head());
    }

    @Test
    void sameRequestTwiceAtATimeIsCosignedTwice() {
        add(request(0, 5));
        store.beforeNextSwap(() -> add(request(5, 5)));

        assertThat(add(request(5, 5))).isInstanceOf(Cosigned.class);
        assertThat(store.swaps).isEqualTo(3);
    }

    @Test
    void nothingIsCosignedThatWasNotStored() {
        store.fail();

        assertThatThrownBy(() -> add(request(0, 5))).isInstanceOf(UncheckedIOException.class);
        assertThat(store.values).isEmpty();
    }

    @Test
    void spoiltStoreIsNotTheFaultOfWhoAsks() {
        add(request(0, 5));
        store.values.replaceAll((_, _) -> new byte[] {1});

        assertThatThrownBy(() -> add(request(5, 7))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void witnessGoesOnAfterARestart(@TempDir Path folder) {
        KnownLogs logs = KnownLogs.of(known);
        new Witness(logs, new FileCheckpointStore(folder), W1).addCheckpoint(bytes(request(0, 5)));

        var restarted = new Witness(logs, new FileCheckpointStore(folder), W1);

        assertThat(restarted.addCheckpoint(bytes(request(0, 7)))).isEqualTo(new Conflict(5));
        assertThat(restarted.addCheckpoint(bytes(request(5, 7)))).isInstanceOf(Cosigned.class);
        assertThat(restarted.checkpoint(Witness.originHash(ORIGIN))).isPresent();
    }

    @Test
    void ofManyRequestsAtATimeNoneTurnsTheLogBack(@TempDir Path folder) throws Exception {
        KnownLogs logs = KnownLogs.of(known);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> climbers =
                    IntStream.range(0, 6)
                            .mapToObj(i ->
                                    threads.submit(() ->
                                            climb(
                                                    new Witness(
                                                            logs,
                                                            new FileCheckpointStore(folder),
                                                            W1),
                                                    i)))
                            .toList();
            for (Future<Long> climber : climbers) {
                assertThat(climber.get()).isEqualTo(40);
            }
        }
    }

    /// Grows the log by what the witness says it has, until it has all; sizes never shrink.
    private long climb(Witness shared, int seed) {
        int size = 0;
        while (size < 40) {
            int next = Math.min(40, size + 1 + seed);
            int before = size;
            size =
                    switch (shared.addCheckpoint(bytes(request(before, next)))) {
                        case Cosigned _ -> next;
                        case Conflict(long newer) -> Math.toIntExact(newer);
                        case Malformed _, Untrusted _, UnknownLog _, Inconsistent _ -> -1;
                    };
            assertThat(size).isGreaterThanOrEqualTo(before);
        }
        return size;
    }

    @Test
    void witnessHasKeysForCosignatures() {
        assertThatThrownBy(() -> new Witness(KnownLogs.of(Map.of()), store))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Witness(KnownLogs.of(Map.of()), store, LOG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private WitnessAnswer add(AddCheckpoint request) {
        return witness.addCheckpoint(bytes(request));
    }

    private static byte[] bytes(AddCheckpoint request) {
        return request.format().getBytes(UTF_8);
    }

    private AddCheckpoint request(int from, int to) {
        return AddCheckpoint.of(
                MerkleTree.consistencyProof(leaves.subList(0, to), from), checkpoint(to));
    }

    private Checkpoint claim(int size) {
        return new Checkpoint(ORIGIN, size, MerkleTree.root(leaves.subList(0, size)));
    }

    private SignedNote checkpoint(int size) {
        return claim(size).sign(LOG);
    }

    private TreeHead head() {
        SignedNote newest = witness.checkpoint(Witness.originHash(ORIGIN)).orElseThrow();
        return Checkpoint.parse(newest.text()).head();
    }

    private static Cosigned cosigned(WitnessAnswer answer) {
        assertThat(answer).isInstanceOf(Cosigned.class);
        return (Cosigned) answer;
    }
}
