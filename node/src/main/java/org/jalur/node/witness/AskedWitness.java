package org.jalur.node.witness;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jalur.log.NoteVerifier;

/**
 * A witness that this node asks.
 *
 * @param name as people know it
 * @param prefix submission prefix: the operator configured it, and it is used exactly; absent if
 *     the witness cannot be called but pulls
 * @param keys what checks its cosignatures
 * @param independent whether it is neither of the two parties of a channel
 */
record AskedWitness(
        String name, Optional<URI> prefix, List<NoteVerifier> keys, boolean independent) {
    AskedWitness {
        keys = List.copyOf(keys);
    }

    URI at(String path) {
        return URI.create(prefix.orElseThrow().toString().replaceAll("/+$", "") + path);
    }
}
