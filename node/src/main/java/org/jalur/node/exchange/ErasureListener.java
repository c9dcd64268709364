package org.jalur.node.exchange;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.log.Hash;

/** Learns that parts are erased, in the transaction that records it: copies of them go too. */
public interface ErasureListener {
    /**
     * Why content cannot be erased that the other side names; empty if nothing is against it.
     *
     * @param about what the message is about
     */
    default Optional<String> objection(Channel channel, UUID about) {
        return Optional.empty();
    }

    /**
     * @param notice that the parts are about
     * @param leaves of the parts
     */
    void erased(Channel channel, UUID notice, Set<Hash> leaves);
}
