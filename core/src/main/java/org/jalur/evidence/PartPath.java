package org.jalur.evidence;

import java.util.List;
import org.jalur.log.Hash;
import org.jalur.log.InclusionProof;
import org.jalur.log.InvalidProofException;

/**
 * Leads from one part to the root that the manifest commits to, so that it can be shown without the
 * others.
 *
 * @param index place of the part in the message, from 0
 * @param path RFC 6962 inclusion path from the leaf to the root
 */
public record PartPath(Hash leaf, int index, List<Hash> path) {
    public PartPath {
        path = List.copyOf(path);
        if (index < 0) {
            throw new IllegalArgumentException("a message has no part " + index);
        }
    }

    /**
     * @throws InvalidProofException if it leads elsewhere
     */
    void verify(int count, Hash root) {
        new InclusionProof(index, count, path).verify(leaf, root);
    }
}
