package org.jalur.log;

import java.util.List;

/**
 * That a tree extends an earlier one (RFC 6962 §2.1.2, checked as in RFC 9162 §2.1.4.2). Nothing
 * needs proof for a tree of size 0 or for equal sizes: then the path must be empty, and of equal
 * sizes the roots must be equal.
 *
 * @param from size of the earlier tree
 * @param to size of the later tree
 * @param path the hashes in the order of the RFC
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
        if (from < 0 || from > to) {
            throw new InvalidProofException(
                    "a tree of %d entries cannot extend one of %d".formatted(to, from));
        }
    }

    /** Throws {@link InvalidProofException} unless the later root extends the earlier one. */
    public void verify(Hash fromRoot, Hash toRoot) {
        if (from == 0 || from == to) {
            verifyTrivial(fromRoot, toRoot);
            return;
        }
        if (path.isEmpty()) {
            throw new InvalidProofException("the consistency proof is empty");
        }
        // §2.1.4.2, steps 2 to 6: a full earlier tree is its own first node.
        int next = 0;
        Hash first = Long.bitCount(from) == 1 ? fromRoot : path.get(next++);
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Hash earlier = first;
        Hash later = first;
        for (; next < path.size(); next++) {
            if (last == 0) {
                throw new InvalidProofException("the consistency proof is too long");
            }
            Hash sibling = path.get(next);
            if ((node & 1) == 1 || node == last) {
                earlier = MerkleTree.nodeHash(sibling, earlier);
                later = MerkleTree.nodeHash(sibling, later);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                later = MerkleTree.nodeHash(later, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new InvalidProofException("the consistency proof is too short");
        }
        if (!earlier.equals(fromRoot) || !later.equals(toRoot)) {
            throw new InvalidProofException(
                    "the consistency proof from %d to %d does not lead to both roots"
                            .formatted(from, to));
        }
    }

    private void verifyTrivial(Hash fromRoot, Hash toRoot) {
        if (!path.isEmpty()) {
            throw new InvalidProofException("nothing needs proof here, but the path is not empty");
        }
        if (from == 0 && !fromRoot.equals(MerkleTree.EMPTY_ROOT)) {
            throw new InvalidProofException("the root of the empty tree is wrong");
        }
        if (from == to && !fromRoot.equals(toRoot)) {
            throw new InvalidProofException("two different roots for size " + from);
        }
    }
}
