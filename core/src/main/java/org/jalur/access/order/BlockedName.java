package org.jalur.access.order;

import org.jalur.access.DomainName;

/**
 * A name that an order blocks: by itself, or with every name below it, also those that will exist
 * later.
 */
public record BlockedName(DomainName name, boolean withSubdomains)
        implements Comparable<BlockedName> {
    public static BlockedName exactly(DomainName name) {
        return new BlockedName(name, false);
    }

    public static BlockedName withSubdomains(DomainName name) {
        return new BlockedName(name, true);
    }

    /** Whether a resolver that follows the order answers no more for a name. */
    public boolean hits(DomainName other) {
        return withSubdomains ? other.isWithin(name) : other.equals(name);
    }

    @Override
    public int compareTo(BlockedName other) {
        int order = name.compareTo(other.name);
        return order != 0 ? order : Boolean.compare(withSubdomains, other.withSubdomains);
    }
}
