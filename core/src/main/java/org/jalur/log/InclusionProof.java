package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/// A proof that a tree of `size` leaves holds a certain leaf at the zero-based `index`.
///
/// The path has one hash per level, from the leaf's sibling up to a child of the root. Source: RFC
/// 6962 §2.1.1, RFC 9162 §2.1.3.
///
/// Throws {@link InvalidProofException} if no tree of that size has such an index, or the path is
/// longer than any tree is high.
public record InclusionProof(long index, long size, List<Hash> path) {
    /// A tree of up to 2^63 - 1 leaves is never higher than this.
    static final int MAX_PATH = 63;

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new InvalidProofException("no leaf " + index + " in a tree of size " + size);
        }
        if (path.size() > MAX_PATH) {
            throw new InvalidProofException(
                    "an inclusion path of " + path.size() + " hashes is longer than any tree");
        }
        path = List.copyOf(path);
    }

    /// One level of the way from the leaf to the root.
    ///
    /// @param sibling the hash of the path
    /// @param isLeft whether it stands left of the node that is proven so far
    /// @param node the hash of both together
    public record Step(Hash sibling, boolean isLeft, Hash node) {}

    /// Returns if this proof leads from the leaf hash to the root.
    ///
    /// @throws InvalidProofException if it does not
    public void verify(Hash leafHash, Hash root) {
        List<Step> steps = steps(leafHash);
        Hash hash = steps.isEmpty() ? leafHash : steps.getLast().node();
        if (!hash.equals(root)) {
            throw new InvalidProofException(
                    "the inclusion path for "
                            + position()
                            + " leads to root "
                            + hash
                            + ", not to "
                            + root);
        }
    }

    /// The way from the leaf hash upwards, whichever root it leads to.
    ///
    /// @throws InvalidProofException if the path is not as long as the tree is high there
    public List<Step> steps(Hash leafHash) {
        // RFC 9162 §2.1.3.2; node and last are its fn and sn.
        List<Step> steps = new ArrayList<>(path.size());
        long node = index;
        long last = size - 1;
        Hash hash = leafHash;
        for (Hash sibling : path) {
            if (last == 0) {
                throw new InvalidProofException("the inclusion path is too long for " + position());
            }
            boolean isLeft = isOdd(node) || node == last;
            hash = isLeft ? MerkleTree.nodeHash(sibling, hash) : MerkleTree.nodeHash(hash, sibling);
            steps.add(new Step(sibling, isLeft, hash));
            if (isLeft) {
                while (!isOdd(node) && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new InvalidProofException("the inclusion path is too short for " + position());
        }
        return List.copyOf(steps);
    }

    private String position() {
        return "leaf " + index + " in a tree of size " + size;
    }

    private static boolean isOdd(long n) {
        return (n & 1) == 1;
    }
}
