package org.jalur.access.check;

import java.util.Map;
import java.util.Set;
import org.jalur.access.DomainName;

/**
 * What stands around the names of an order, as the operator keeps it.
 *
 * @param own names of the authority: its node, its mail, its pages
 * @param resolvers names of the registered resolvers
 * @param controls that must stay reachable
 * @param shared names that others' links or pages go through, each with what they are
 * @param sharedHosts below which strangers have pages and which the public suffix list lacks
 * @param popular names that many people use
 */
public record Surroundings(
        Set<DomainName> own,
        Set<DomainName> resolvers,
        Set<DomainName> controls,
        Map<DomainName, String> shared,
        Set<DomainName> sharedHosts,
        Set<DomainName> popular) {
    public Surroundings {
        own = Set.copyOf(own);
        resolvers = Set.copyOf(resolvers);
        controls = Set.copyOf(controls);
        shared = Map.copyOf(shared);
        sharedHosts = Set.copyOf(sharedHosts);
        popular = Set.copyOf(popular);
    }
}
