package org.jalur.node.zones;

import java.util.Collection;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.PolicyZone;
import org.jalur.access.zone.ZoneSettings;

/** Refuses what no version of a zone can hold, before anything is written. */
final class ZoneCheck {
    private ZoneCheck() {}

    /**
     * @throws InvalidAccessException if a name is too long for the zone, or is the zone's own
     */
    static void requireRoom(ZoneSettings settings, Collection<BlockedName> names) {
        PolicyZone.first(settings, NameTable.of(names));
    }
}
