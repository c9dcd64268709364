package org.jalur.node.zones;

import java.util.Collection;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.ZoneSettings;

/** Refuses what no version of a zone can hold, before anything is written. */
final class ZoneCheck {
    private static final String FIELD = "name";
    private static final int WILDCARD = "*.".length();

    private ZoneCheck() {}

    /**
     * @throws InvalidAccessException if a name is too long for the zone, or is the zone's own
     */
    static void requireRoom(ZoneSettings settings, Collection<BlockedName> names) {
        names.forEach(name -> requireRoom(settings, name));
    }

    /**
     * @throws InvalidAccessException if the name is too long for the zone, or is the zone's own
     */
    static void requireRoom(ZoneSettings settings, BlockedName blocked) {
        int length =
                blocked.name().ascii().length()
                        + (blocked.withSubdomains() ? WILDCARD : 0)
                        + 1
                        + settings.origin().ascii().length();
        if (length > DomainName.LONGEST) {
            throw new InvalidAccessException(
                    FIELD,
                    AccessRule.NAME_TOO_LONG_FOR_ZONE,
                    blocked.name(),
                    length,
                    DomainName.LONGEST);
        }
        if (blocked.hits(settings.canary()) || blocked.hits(settings.serialName())) {
            throw new InvalidAccessException(FIELD, AccessRule.NAME_IN_ZONE, blocked.name());
        }
    }
}
