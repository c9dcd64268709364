package org.jalur.log;

import java.security.MessageDigest;
import java.util.List;

/// The Merkle tree hash and its proofs as pure functions over leaf hashes in memory.
///
/// Source: RFC 6962 §2.1, RFC 9162 §2.1. For a log on disk see {@link TiledLog}.
public final class MerkleTree {
    /// The root of a tree without leaves: the digest of nothing (RFC 6962 §2.1).
    public static final Hash EMPTY_ROOT = Hash.sha256();

    // §2.1: leaves and nodes are hashed under different prefixes, so that one can never be passed
    // off as the other.
    private static final byte[] LEAF = {0};
    private static final byte NODE = 1;

    private MerkleTree() {}

    /// SHA-256(0x00 ‖ data).
    public static Hash leafHash(byte[] data) {
        return Hash.sha256(LEAF, data);
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static Hash nodeHash(Hash left, Hash right) {
        MessageDigest sha256 = Hash.newSha256();
        sha256.update(NODE);
        left.addTo(sha256);
        right.addTo(sha256);
        return Hash.finish(sha256);
    }

    /// The root over leaf hashes in log order; {@link #EMPTY_ROOT} if there are none.
    public static Hash root(List<Hash> leafHashes) {
        return subtrees(leafHashes).root(leafHashes.size());
    }

    /// Proves that the leaf at the zero-based index is in the tree over all these leaf hashes.
    ///
    /// @throws IllegalArgumentException if there is no such leaf
    public static InclusionProof inclusionProof(List<Hash> leafHashes, long index) {
        return subtrees(leafHashes).inclusionProof(index, leafHashes.size());
    }

    /// Proves that the tree over the first `fromSize` leaf hashes is a prefix of the tree over all.
    ///
    /// @throws IllegalArgumentException if there are fewer leaves
    public static ConsistencyProof consistencyProof(List<Hash> leafHashes, long fromSize) {
        return subtrees(leafHashes).consistencyProof(fromSize, leafHashes.size());
    }

    private static Subtrees subtrees(List<Hash> leafHashes) {
        return (start, height) -> perfect(leafHashes, (int) start, height);
    }

    private static Hash perfect(List<Hash> leafHashes, int start, int height) {
        if (height == 0) {
            return leafHashes.get(start);
        }
        int half = 1 << (height - 1);
        return nodeHash(
                perfect(leafHashes, start, height - 1),
                perfect(leafHashes, start + half, height - 1));
    }
}
