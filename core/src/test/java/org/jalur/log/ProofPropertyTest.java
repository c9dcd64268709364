package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Proofs of random trees, as a log makes them: each right one holds, and each other one does not.
class ProofPropertyTest {
    private static final int SAMPLES = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 1000, 2048, 3333})
    void everyInclusionAndConsistencyProofHolds(int size) {
        var tree = Tree.random(size);

        for (int i = 0; i < size; i++) {
            tree.log.inclusionProof(i, size).verify(tree.leaves.get(i), tree.root(size));
            tree.log.consistencyProof(i, size).verify(tree.root(i), tree.root(size));
        }
        for (int n = 0; n < SAMPLES; n++) {
            int to = 1 + tree.random.nextInt(size);
            int from = tree.random.nextInt(to + 1);
            int index = tree.random.nextInt(to);
            tree.log.inclusionProof(index, to).verify(tree.leaves.get(index), tree.root(to));
            tree.log.consistencyProof(from, to).verify(tree.root(from), tree.root(to));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 8, 100, 256, 700, 2600})
    void inclusionProofThatIsTamperedWithHoldsNowhere(int size) {
        var tree = Tree.random(size);
        RandomGenerator random = tree.random;

        for (int n = 0; n < SAMPLES; n++) {
            int to = 2 + random.nextInt(size - 1);
            int index = random.nextInt(to);
            Hash leaf = tree.leaves.get(index);
            Hash root = tree.root(to);
            List<Hash> path = tree.log.inclusionProof(index, to).path();

            for (List<Hash> other : tampered(path, random)) {
                assertRefused(() -> new InclusionProof(index, to, other).verify(leaf, root));
            }
            assertRefused(
                    () -> new InclusionProof(index, to, path).verify(flipped(leaf, random), root));
            assertRefused(
                    () -> new InclusionProof(index, to, path).verify(leaf, flipped(root, random)));
            int otherIndex = otherThan(index, to, random);
            assertRefused(() -> new InclusionProof(otherIndex, to, path).verify(leaf, root));
            int otherSize = otherThan(to, size + 1, random);
            assertRefused(() ->
                    new InclusionProof(index, otherSize, path).verify(leaf, tree.root(otherSize)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 8, 100, 256, 700, 2600})
    void consistencyProofThatIsTamperedWithHoldsNowhere(int size) {
        var tree = Tree.random(size);
        RandomGenerator random = tree.random;

        for (int n = 0; n < SAMPLES; n++) {
            int to = 2 + random.nextInt(size - 1);
            int from = 1 + random.nextInt(to - 1);
            Hash fromRoot = tree.root(from);
            Hash toRoot = tree.root(to);
            List<Hash> path = tree.log.consistencyProof(from, to).path();

            for (List<Hash> other : tampered(path, random)) {
                assertRefused(() -> new ConsistencyProof(from, to, other).verify(fromRoot, toRoot));
            }
            var proof = new ConsistencyProof(from, to, path);
            assertRefused(() -> proof.verify(flipped(fromRoot, random), toRoot));
            assertRefused(() -> proof.verify(fromRoot, flipped(toRoot, random)));
            assertRefused(() -> proof.verify(toRoot, fromRoot));
            int otherFrom = otherThan(from, to + 1, random);
            assertRefused(() ->
                    new ConsistencyProof(otherFrom, to, path).verify(tree.root(otherFrom), toRoot));
            int otherTo = otherThan(to, size + 1, random);
            assertRefused(() ->
                    new ConsistencyProof(from, otherTo, path).verify(fromRoot, tree.root(otherTo)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300, 1500})
    void changedEntryShowsInTheRootAndInEveryProofOverIt(int size) {
        var tree = Tree.random(size);

        for (int n = 0; n < SAMPLES / 10; n++) {
            int index = tree.random.nextInt(size);
            List<Hash> changed = new ArrayList<>(tree.leaves);
            changed.set(index, flipped(changed.get(index), tree.random));
            Hash root = MerkleTree.root(changed);

            assertThat(root).isNotEqualTo(tree.root(size));
            int old = 1 + tree.random.nextInt(size);
            ConsistencyProof proof = MerkleTree.consistencyProof(changed, old);
            if (index < old) {
                assertRefused(() -> proof.verify(tree.root(old), root));
            } else {
                proof.verify(tree.root(old), root);
            }
        }
    }

    /// Each way to bend a path: a flipped bit anywhere, a hash less, a hash more, two exchanged.
    private static List<List<Hash>> tampered(List<Hash> path, RandomGenerator random) {
        List<List<Hash>> all = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            List<Hash> changed = new ArrayList<>(path);
            changed.set(i, flipped(path.get(i), random));
            all.add(changed);
            List<Hash> shorter = new ArrayList<>(path);
            shorter.remove(i);
            all.add(shorter);
        }
        for (int i = 0; i <= path.size(); i++) {
            List<Hash> longer = new ArrayList<>(path);
            longer.add(i, i == 0 ? MerkleTree.EMPTY_ROOT : path.get(i - 1));
            all.add(longer);
        }
        if (path.size() > 1) {
            List<Hash> exchanged = new ArrayList<>(path);
            exchanged.set(0, path.getLast());
            exchanged.set(path.size() - 1, path.getFirst());
            all.add(exchanged);
        }
        return all;
    }

    private static Hash flipped(Hash hash, RandomGenerator random) {
        byte[] bytes = hash.bytes();
        bytes[random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(8));
        return Hash.of(bytes);
    }

    /// A number from 0 to below the bound, but not this one.
    private static int otherThan(int number, int bound, RandomGenerator random) {
        int other = random.nextInt(bound - 1);
        return other < number ? other : other + 1;
    }

    private static void assertRefused(Runnable verification) {
        assertThatThrownBy(verification::run).isInstanceOf(InvalidProofException.class);
    }

    private record Tree(List<Hash> leaves, TiledLog log, RandomGenerator random) {
        static Tree random(int size) {
            List<byte[]> entries = Entries.random(size, 17L * size);
            TiledLog log = TiledLog.open(new MemoryStorage(), 0, MerkleTree.EMPTY_ROOT);
            log.append(entries);
            return new Tree(Entries.leaves(entries), log, new Random(size));
        }

        Hash root(int size) {
            return log.head(size).root();
        }
    }
}
