package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/// Where the hashes of a tree's perfect subtrees come from: a list in memory or tiles on disk.
///
/// Roots and proofs need nothing else, so their recursion (RFC 6962 §2.1) is written here once.
@FunctionalInterface
interface Subtrees {
    /// The hash over the `2^height` leaves from `start`, which is a multiple of `2^height`.
    Hash perfect(long start, int height);

    /// MTH(D[0:size]).
    default Hash root(long size) {
        return size == 0 ? MerkleTree.EMPTY_ROOT : range(0, size);
    }

    /// §2.1.1, PATH(m, D[n]).
    default InclusionProof inclusionProof(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
        }
        List<Hash> path = new ArrayList<>();
        addPath(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /// §2.1.2, PROOF(m, D[n]); empty for equal sizes and from the empty tree.
    default ConsistencyProof consistencyProof(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("size " + to + " cannot extend size " + from);
        }
        List<Hash> path = new ArrayList<>();
        if (from > 0 && from < to) {
            addSubproof(from, 0, to, true, path);
        }
        return new ConsistencyProof(from, to, path);
    }

    private void addPath(long index, long begin, long end, List<Hash> path) {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + split(end - begin);
        if (index < middle) {
            addPath(index, begin, middle, path);
            path.add(range(middle, end));
        } else {
            addPath(index, middle, end, path);
            path.add(range(begin, middle));
        }
    }

    /// `known`: this subtree is the whole old tree, whose hash the verifier has.
    private void addSubproof(long from, long begin, long end, boolean known, List<Hash> path) {
        if (from == end) {
            if (!known) {
                path.add(range(begin, end));
            }
            return;
        }
        long middle = begin + split(end - begin);
        if (from <= middle) {
            addSubproof(from, begin, middle, known, path);
            path.add(range(middle, end));
        } else {
            addSubproof(from, middle, end, false, path);
            path.add(range(begin, middle));
        }
    }

    private Hash range(long begin, long end) {
        long width = end - begin;
        if (Long.bitCount(width) == 1) {
            return perfect(begin, Long.numberOfTrailingZeros(width));
        }
        long middle = begin + split(width);
        return MerkleTree.nodeHash(range(begin, middle), range(middle, end));
    }

    /// The largest power of two smaller than n.
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }
}
