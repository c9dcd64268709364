package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
    private static final int MOST = 70;

    @Test
    void emptyTreeHasTheDigestOfNothingAsRoot() {
        assertThat(MerkleTree.root(List.of())).isEqualTo(MerkleTree.EMPTY_ROOT);
        assertThat(MerkleTree.EMPTY_ROOT.hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void leafCannotBePassedOffAsNode() {
        Hash left = MerkleTree.leafHash(new byte[] {1});
        Hash right = MerkleTree.leafHash(new byte[] {2});
        byte[] both = new byte[64];
        left.copyTo(both, 0);
        right.copyTo(both, 32);

        assertThat(MerkleTree.leafHash(both)).isNotEqualTo(MerkleTree.nodeHash(left, right));
    }

    @Test
    void rootsAndProofsAreThoseOfTheRecursiveDefinitionAtEverySize() {
        for (int size = 0; size <= MOST; size++) {
            List<Hash> leaves = leaves(size);
            var naive = new NaiveTree(leaves);

            assertThat(MerkleTree.root(leaves)).isEqualTo(naive.root());
            for (int i = 0; i < size; i++) {
                InclusionProof inclusion = MerkleTree.inclusionProof(leaves, i);
                assertThat(inclusion.path()).isEqualTo(naive.path(i));
                inclusion.verify(leaves.get(i), naive.root());

                ConsistencyProof consistency = MerkleTree.consistencyProof(leaves, i);
                assertThat(consistency.path()).isEqualTo(i == 0 ? List.of() : naive.proof(i));
                consistency.verify(MerkleTree.root(leaves.subList(0, i)), naive.root());
            }
        }
    }

    @Test
    void inclusionProofHoldsForNoOtherLeafIndexSizeRootOrPath() {
        List<Hash> leaves = leaves(21);
        Hash root = MerkleTree.root(leaves);
        InclusionProof proof = MerkleTree.inclusionProof(leaves, 13);

        assertRefused(() -> proof.verify(leaves.get(12), root));
        assertRefused(() -> proof.verify(leaves.get(13), leaves.get(13)));
        assertRefused(() -> new InclusionProof(12, 21, proof.path()).verify(leaves.get(13), root));
        assertRefused(() -> new InclusionProof(13, 64, proof.path()).verify(leaves.get(13), root));
        for (int i = 0; i < proof.path().size(); i++) {
            List<Hash> swapped = new ArrayList<>(proof.path());
            swapped.set(i, root);
            assertRefused(() -> new InclusionProof(13, 21, swapped).verify(leaves.get(13), root));
            List<Hash> shorter = new ArrayList<>(proof.path());
            shorter.remove(i);
            assertRefused(() -> new InclusionProof(13, 21, shorter).verify(leaves.get(13), root));
        }
    }

    @Test
    void refusalSaysWhatWasWrong() {
        List<Hash> leaves = leaves(4);
        InclusionProof proof = MerkleTree.inclusionProof(leaves, 2);
        ConsistencyProof consistency = MerkleTree.consistencyProof(leaves, 2);

        assertThatThrownBy(() -> proof.verify(leaves.get(1), MerkleTree.root(leaves)))
                .hasMessageContaining("for leaf 2 in a tree of size 4 leads to root");
        assertThatThrownBy(() ->
                        new InclusionProof(2, 4, List.of()).verify(leaves.get(2), leaves.get(2)))
                .hasMessage("the inclusion path is too short for leaf 2 in a tree of size 4");
        assertThatThrownBy(() -> consistency.verify(leaves.get(1), MerkleTree.root(leaves)))
                .hasMessageContaining("from size 2 to 4 leads to root");
    }

    @Test
    void proofOfAbsurdShapeIsRefusedBeforeItIsHashed() {
        List<Hash> endless = leaves(65);

        assertRefused(() -> new InclusionProof(0, Long.MAX_VALUE, endless));
        assertRefused(() -> new ConsistencyProof(1, Long.MAX_VALUE, endless));
        assertRefused(() -> new ConsistencyProof(2, 1, List.of()));
        assertRefused(() -> new ConsistencyProof(-1, 1, List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE})
    void indexOutsideTheTreeIsRefused(long index) {
        assertThatThrownBy(() -> MerkleTree.inclusionProof(leaves(3), index))
                .isInstanceOf(IllegalArgumentException.class);
        assertRefused(() -> new InclusionProof(index, 3, List.of()));
    }

    @Test
    void pathCannotBeChangedAfterwards() {
        List<Hash> path = leaves(2);
        var proof = new InclusionProof(0, 4, path);

        path.set(0, MerkleTree.EMPTY_ROOT);

        assertThat(proof.path()).isEqualTo(leaves(2));
    }

    private static void assertRefused(Runnable verification) {
        assertThatThrownBy(verification::run).isInstanceOf(InvalidProofException.class);
    }

    private static List<Hash> leaves(int size) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleTree.leafHash(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }
}
