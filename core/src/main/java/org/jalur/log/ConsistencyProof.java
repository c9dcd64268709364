package org.jalur.log;

import java.util.List;

/// A proof that a tree of `fromSize` leaves is a prefix of a tree of `toSize` leaves: nothing was
/// changed or removed.
///
/// Source: RFC 6962 §2.1.2, RFC 9162 §2.1.4. Where these leave a choice, decided here:
///
/// - Equal sizes: the path is empty and the roots are equal.
/// - From size 0: the path is empty and the old root is {@link MerkleTree#EMPTY_ROOT}. Every tree
///   extends the empty one, and tlog-witness starts a log that way; such a proof says nothing about
///   the new root.
/// - A larger tree never leads back to a smaller one.
///
/// Throws {@link InvalidProofException} if the sizes are negative or shrink, or the path is longer
/// than any tree is high.
public record ConsistencyProof(long fromSize, long toSize, List<Hash> path) {
    // One hash per level, and the old tree's own subtree where the old size is not a power of two.
    private static final int MAX_PATH = InclusionProof.MAX_PATH + 1;

    public ConsistencyProof {
        if (fromSize < 0 || fromSize > toSize) {
            throw new InvalidProofException(
                    "a tree of size " + toSize + " cannot extend one of size " + fromSize);
        }
        if (path.size() > MAX_PATH) {
            throw new InvalidProofException(
                    "a consistency path of " + path.size() + " hashes is longer than any tree");
        }
        path = List.copyOf(path);
    }

    /// Returns if the tree with the new root extends the tree with the old root.
    ///
    /// @throws InvalidProofException if this proof does not show it
    public void verify(Hash fromRoot, Hash toRoot) {
        if (fromSize == 0 && !fromRoot.equals(MerkleTree.EMPTY_ROOT)) {
            throw new InvalidProofException("a tree of size 0 has no root " + fromRoot);
        }
        if (fromSize == 0 || fromSize == toSize) {
            verifyTrivial(fromRoot, toRoot);
        } else if (path.isEmpty()) {
            throw new InvalidProofException("the consistency path is empty " + fromTo());
        } else {
            verifyGrowth(fromRoot, toRoot);
        }
    }

    private void verifyTrivial(Hash fromRoot, Hash toRoot) {
        if (!path.isEmpty()) {
            throw new InvalidProofException("the consistency path should be empty " + fromTo());
        }
        if (fromSize == toSize && !fromRoot.equals(toRoot)) {
            throw new InvalidProofException(
                    "two roots for size " + toSize + ": " + fromRoot + " and " + toRoot);
        }
    }

    private void verifyGrowth(Hash fromRoot, Hash toRoot) {
        // RFC 9162 §2.1.4.2; node and last are its fn and sn. An old tree that is perfect is its
        // own starting hash.
        boolean perfect = Long.bitCount(fromSize) == 1;
        Hash start = perfect ? fromRoot : path.getFirst();
        int levels = Long.numberOfTrailingZeros(fromSize);
        long node = (fromSize - 1) >> levels;
        long last = (toSize - 1) >> levels;
        Hash oldHash = start;
        Hash newHash = start;
        for (Hash sibling : perfect ? path : path.subList(1, path.size())) {
            if (last == 0) {
                throw new InvalidProofException("the consistency path is too long " + fromTo());
            }
            if (isOdd(node) || node == last) {
                oldHash = MerkleTree.nodeHash(sibling, oldHash);
                newHash = MerkleTree.nodeHash(sibling, newHash);
                while (!isOdd(node) && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newHash = MerkleTree.nodeHash(newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new InvalidProofException("the consistency path is too short " + fromTo());
        }
        if (!oldHash.equals(fromRoot)) {
            throw new InvalidProofException(
                    "the consistency path "
                            + fromTo()
                            + " starts from root "
                            + oldHash
                            + ", not from "
                            + fromRoot);
        }
        if (!newHash.equals(toRoot)) {
            throw new InvalidProofException(
                    "the consistency path "
                            + fromTo()
                            + " leads to root "
                            + newHash
                            + ", not to "
                            + toRoot);
        }
    }

    private String fromTo() {
        return "from size " + fromSize + " to " + toSize;
    }

    private static boolean isOdd(long n) {
        return (n & 1) == 1;
    }
}
