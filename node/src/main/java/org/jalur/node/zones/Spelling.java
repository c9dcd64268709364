package org.jalur.node.zones;

import java.util.Collection;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;

/** Blocked names as the database and lists spell them: "*." before one with its subdomains. */
final class Spelling {
    private static final String BELOW = "*.";

    private Spelling() {}

    static String of(BlockedName blocked) {
        return blocked.withSubdomains() ? BELOW + blocked.name() : blocked.name().ascii();
    }

    static String[] of(Collection<BlockedName> names) {
        return names.stream().map(Spelling::of).toArray(String[]::new);
    }

    /** Reads what {@link #of} wrote. */
    static BlockedName stored(String text) {
        return text.startsWith(BELOW)
                ? BlockedName.withSubdomains(new DomainName(text.substring(BELOW.length())))
                : BlockedName.exactly(new DomainName(text));
    }

    /** Reads what a person or a list wrote. */
    static BlockedName typed(String text) {
        return text.startsWith(BELOW)
                ? BlockedName.withSubdomains(DomainName.read(text.substring(BELOW.length())))
                : BlockedName.exactly(DomainName.read(text));
    }
}
