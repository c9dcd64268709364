package org.jalur.log;

import java.util.Iterator;
import java.util.List;

/**
 * That an entry stands at an index of a tree (RFC 6962 §2.1.1, checked as in RFC 9162 §2.1.3.2).
 *
 * @param index of the entry, from 0
 * @param size of the tree
 * @param path sibling hashes from the leaf upwards
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
        if (index < 0 || index >= size) {
            throw new InvalidProofException("no entry %d in a tree of %d".formatted(index, size));
        }
    }

    /** Throws {@link InvalidProofException} unless the leaf stands at the index under that root. */
    public void verify(Hash leaf, Hash root) {
        Iterator<Hash> siblings = path.iterator();
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        while (last > 0) {
            // §2.1.3.2, step 4: a node without right sibling moves up unhashed.
            if ((node & 1) == 1 || node < last) {
                if (!siblings.hasNext()) {
                    throw new InvalidProofException("the inclusion proof is too short");
                }
                Hash sibling = siblings.next();
                hash =
                        (node & 1) == 1
                                ? MerkleTree.nodeHash(sibling, hash)
                                : MerkleTree.nodeHash(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (siblings.hasNext()) {
            throw new InvalidProofException("the inclusion proof is too long");
        }
        if (!hash.equals(root)) {
            throw new InvalidProofException(
                    "the inclusion proof of entry %d leads to root %s, not to %s"
                            .formatted(index, hash, root));
        }
    }
}
