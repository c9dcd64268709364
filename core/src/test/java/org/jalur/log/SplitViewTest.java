package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jalur.log.ViewComparison.OneHistory;
import org.jalur.log.ViewComparison.Split;
import org.jalur.log.ViewComparison.Unproven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitViewTest {
    private static final String ORIGIN = "alice.example/log";
    private static final NoteSigner ALICE = Keys.signer(ORIGIN);
    private static final NoteVerifier A = ALICE.verifier();

    /// What the log showed to one side, and to the other: they differ from the third entry on.
    private static final List<Hash> ONE = Entries.leaves(Entries.random(40, 1));

    private static final List<Hash> OTHER = rewritten();

    @Test
    void twoRootsForOneSizeAreASplitThatAnyoneCanCheck() {
        SplitView evidence = split(ViewComparison.of(view(ONE, 9), view(OTHER, 9), ORIGIN, A));

        SplitView received = SplitView.parse(evidence.format());

        assertThat(received).isEqualTo(evidence);
        received.verify(ORIGIN, A);
    }

    @ParameterizedTest
    @CsvSource({"3,4", "4,8", "5,9", "8,9", "7,40", "32,33", "39,40", "40,40"})
    void rootThatTheNewerTreeNeverHadIsASplit(int older, int newer) {
        SplitView evidence = split(compare(view(ONE, older), older, view(OTHER, newer), newer));

        assertThat(SplitView.parse(evidence.format())).isEqualTo(evidence);
        evidence.verify(ORIGIN, A);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,7", "1,2", "2,40", "9,9", "9,21", "16,40", "40,40"})
    void growingLogHasOneHistory(int older, int newer) {
        assertThat(compare(view(ONE, older), older, view(ONE, newer), newer))
                .isEqualTo(new OneHistory());
        assertThat(
                        ViewComparison.of(
                                view(ONE, newer),
                                view(ONE, older),
                                head(ONE, older).root(),
                                MerkleTree.consistencyProof(ONE.subList(0, newer), older),
                                ORIGIN,
                                A))
                .isEqualTo(new OneHistory());
    }

    @Test
    void historiesThatPartLaterAreOneUpToThere() {
        assertThat(compare(view(ONE, 2), 2, view(OTHER, 40), 40)).isEqualTo(new OneHistory());
    }

    @Test
    void withoutAProofOnlyOneSizeSaysAnything() {
        assertThat(ViewComparison.of(view(ONE, 9), view(ONE, 9), ORIGIN, A))
                .isEqualTo(new OneHistory());
        assertThat(ViewComparison.of(view(ONE, 9), view(ONE, 0), ORIGIN, A))
                .isEqualTo(new OneHistory());
        assertThat(ViewComparison.of(view(ONE, 9), view(OTHER, 10), ORIGIN, A))
                .isInstanceOf(Unproven.class);
    }

    @Test
    void proofThatDoesNotHoldShowsNeither() {
        ConsistencyProof proof = MerkleTree.consistencyProof(ONE.subList(0, 20), 9);
        Hash then = head(ONE, 9).root();

        assertThat(of(view(OTHER, 9), view(OTHER, 20), then, proof)).isInstanceOf(Unproven.class);
        assertThat(of(view(OTHER, 9), view(ONE, 20), head(OTHER, 9).root(), proof))
                .isInstanceOf(Unproven.class);
        assertThat(of(view(ONE, 8), view(ONE, 20), then, proof)).isInstanceOf(Unproven.class);
        assertThat(of(view(ONE, 9), view(ONE, 21), then, proof)).isInstanceOf(Unproven.class);
        assertThat(of(view(OTHER, 9), view(ONE, 20), then, proof)).isInstanceOf(Split.class);
    }

    @Test
    void checkpointsOfOthersAccuseNobody() {
        NoteSigner namesake = Keys.signer(ORIGIN);
        SignedNote forged = claim(OTHER, 9).sign(namesake);
        SignedNote otherLog = new Checkpoint("other", 9, head(OTHER, 9).root()).sign(ALICE);

        assertThatThrownBy(() -> ViewComparison.of(view(ONE, 9), forged, ORIGIN, A))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(() -> ViewComparison.of(otherLog, view(ONE, 9), ORIGIN, A))
                .isInstanceOf(UntrustedNoteException.class);
        var evidence = new SplitView(view(ONE, 9), forged, head(OTHER, 9).root(), List.of());
        assertThatThrownBy(() -> evidence.verify(ORIGIN, A))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void evidenceThatShowsNothingIsRefused() {
        SignedNote nine = view(ONE, 9);
        SignedNote twenty = view(ONE, 20);
        Hash then = head(ONE, 9).root();
        List<Hash> path = MerkleTree.consistencyProof(ONE.subList(0, 20), 9).path();

        assertRefused(new SplitView(nine, nine, then, List.of()));
        assertRefused(new SplitView(nine, twenty, then, path));
        assertRefused(new SplitView(nine, twenty, head(OTHER, 9).root(), path));
        assertRefused(new SplitView(nine, twenty, head(OTHER, 9).root(), List.of()));
        assertRefused(new SplitView(view(OTHER, 9), nine, head(OTHER, 9).root(), List.of()));
        assertRefused(new SplitView(view(OTHER, 9), twenty, then, path.reversed()));
    }

    @Test
    void evidenceIsTwoCheckpointsOfOneLogInOrder() {
        SignedNote nine = view(ONE, 9);
        SignedNote otherLog = new Checkpoint("other", 9, head(OTHER, 9).root()).sign(ALICE);
        Hash then = head(ONE, 9).root();

        assertMalformed(() -> new SplitView(nine, otherLog, then, List.of()));
        assertMalformed(() -> new SplitView(nine, view(ONE, 8), then, List.of()));
        assertMalformed(() -> new SplitView(nine, SignedNote.sign("a\n", ALICE), then, List.of()));
        assertMalformed(() -> new SplitView(nine, nine, then, Collections.nCopies(65, then)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jalur/split-view@v1=>jalur/split-view@v2",
                "root => root ",
                "root =>",
                "\nolder =>\n\nolder ",
                "\nolder =>\nold ",
                "\nnewer =>\n",
                "older 5=>older 4",
                "older 5=>older 6",
                "older 5=>older 05",
                "newer 5=>newer 4",
                "newer 5=>newer 6",
                "newer 5=>newer 9223372036854775807",
                "newer 5=>newer -1",
            })
    void otherTextsAreRefused(String change) {
        String text = split(ViewComparison.of(view(ONE, 9), view(OTHER, 9), ORIGIN, A)).format();
        String[] parts = change.split("=>", -1);
        assertThat(text).contains(parts[0]);

        assertMalformed(() -> SplitView.parse(text.replace(parts[0], parts[1])));
    }

    @Test
    void cutOrLongerTextsAreRefused() {
        String text = split(ViewComparison.of(view(ONE, 9), view(OTHER, 9), ORIGIN, A)).format();

        for (int end = 0; end < text.length(); end++) {
            String cut = text.substring(0, end);
            assertMalformed(() -> SplitView.parse(cut));
        }
        assertMalformed(() -> SplitView.parse(text + "\n"));
        assertMalformed(() -> SplitView.parse(text + "x".repeat(2 << 20)));
    }

    private static ViewComparison compare(SignedNote one, int older, SignedNote other, int newer) {
        List<Hash> leaves =
                Checkpoint.parse(other.text()).equals(claim(OTHER, newer)) ? OTHER : ONE;
        return of(
                one,
                other,
                head(leaves, older).root(),
                MerkleTree.consistencyProof(leaves.subList(0, newer), older));
    }

    private static ViewComparison of(
            SignedNote one, SignedNote other, Hash then, ConsistencyProof proof) {
        return ViewComparison.of(one, other, then, proof, ORIGIN, A);
    }

    private static SplitView split(ViewComparison comparison) {
        assertThat(comparison).isInstanceOf(Split.class);
        return ((Split) comparison).evidence();
    }

    private static void assertRefused(SplitView evidence) {
        assertThatThrownBy(() -> evidence.verify(ORIGIN, A))
                .isInstanceOf(InvalidProofException.class);
    }

    private static void assertMalformed(Runnable reading) {
        assertThatThrownBy(reading::run).isInstanceOf(MalformedNoteException.class);
    }

    private static SignedNote view(List<Hash> leaves, int size) {
        return claim(leaves, size).sign(ALICE);
    }

    private static Checkpoint claim(List<Hash> leaves, int size) {
        return Checkpoint.of(ORIGIN, head(leaves, size));
    }

    private static TreeHead head(List<Hash> leaves, int size) {
        return new TreeHead(size, MerkleTree.root(leaves.subList(0, size)));
    }

    private static List<Hash> rewritten() {
        List<Hash> leaves = new ArrayList<>(ONE);
        leaves.set(2, MerkleTree.leafHash(new byte[] {9}));
        return leaves;
    }
}
