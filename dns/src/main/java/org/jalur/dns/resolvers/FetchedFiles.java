package org.jalur.dns.resolvers;

import java.util.List;

/**
 * Exports as an operator fetches them from an authority's node.
 *
 * @param zone the policy zone
 * @param configuration what names it: one file, for BIND that of the zone and that of the options
 */
public record FetchedFiles(String zone, List<String> configuration) {
    public FetchedFiles {
        configuration = List.copyOf(configuration);
    }
}
