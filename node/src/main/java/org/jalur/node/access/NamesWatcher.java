package org.jalur.node.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jalur.access.order.BlockedName;

/** Whoever measures names has to know which, in the transaction that changes them. */
public interface NamesWatcher {
    /**
     * The names of an order that matter at resolvers now; what is in neither is over.
     *
     * @param lifting published as open and not measured since, each with when it was published
     */
    void watch(
            UUID block,
            String reference,
            Set<BlockedName> inForce,
            Map<BlockedName, Instant> lifting);
}
