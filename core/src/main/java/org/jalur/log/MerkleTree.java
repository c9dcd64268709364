package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/** The hash tree of RFC 6962 §2.1, as pure functions. */
public final class MerkleTree {
    /** Head of the tree without entries: the SHA-256 of nothing (RFC 6962 §2.1). */
    public static final Hash EMPTY_ROOT = Hash.sha256();

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    public static Hash leafHash(byte[] entry) {
        return Hash.sha256(LEAF, entry);
    }

    public static Hash nodeHash(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }

    /** MTH(D[n]) over leaf hashes. */
    public static Hash root(List<Hash> leaves) {
        return leaves.isEmpty() ? EMPTY_ROOT : fold(leaves);
    }

    /** PATH(m, D[n]) of RFC 6962 §2.1.1, from the leaf upwards. */
    public static InclusionProof inclusionProof(List<Hash> leaves, int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IllegalArgumentException(
                    "no entry %d in a tree of %d".formatted(index, leaves.size()));
        }
        var path = new ArrayList<Hash>();
        path(leaves, index, path);
        return new InclusionProof(index, leaves.size(), path);
    }

    /** The largest power of two smaller than n (RFC 6962 §2.1); n is at least 2. */
    static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    private static Hash fold(List<Hash> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = (int) split(leaves.size());
        return nodeHash(fold(leaves.subList(0, split)), fold(leaves.subList(split, leaves.size())));
    }

    private static void path(List<Hash> leaves, int index, List<Hash> path) {
        if (leaves.size() == 1) {
            return;
        }
        int split = (int) split(leaves.size());
        List<Hash> left = leaves.subList(0, split);
        List<Hash> right = leaves.subList(split, leaves.size());
        if (index < split) {
            path(left, index, path);
            path.add(fold(right));
        } else {
            path(right, index - split, path);
            path.add(fold(left));
        }
    }
}
