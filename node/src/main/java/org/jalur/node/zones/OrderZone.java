package org.jalur.node.zones;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.access.zone.ZoneSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The small zone, of single orders. Versions are kept whether or not this node serves them, so that
 * whoever sets up {@code jalur.dns} later serves what is in force at once.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
public class OrderZone {
    private final Versions versions;
    private final OrdersOnFile orders;
    private final ZonesInUse zones;

    OrderZone(Versions versions, OrdersOnFile orders, ZonesInUse zones) {
        this.versions = versions;
        this.orders = orders;
        this.zones = zones;
    }

    /**
     * Makes the zone hold exactly these orders, in the caller's transaction; what the zone holds
     * already makes no new version. Every process serves the version once that is committed, and
     * tells the secondaries.
     *
     * @param inForce all orders in force with their names in force; what is not here is lifted
     * @return the version that has exactly this, new or not
     * @throws InvalidAccessException if a name has no room in the zone, or is the zone's own
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Published publish(Collection<ExportedOrder> inForce) {
        versions.hold(ZoneName.ORDERS);
        Set<BlockedName> wanted = new TreeSet<>();
        inForce.forEach(order -> wanted.addAll(order.names()));
        Set<BlockedName> before = new TreeSet<>(versions.names(ZoneName.ORDERS));
        List<BlockedName> removed = before.stream().filter(name -> !wanted.contains(name)).toList();
        List<BlockedName> added = wanted.stream().filter(name -> !before.contains(name)).toList();
        orders.replace(inForce);
        if (removed.isEmpty() && added.isEmpty()) {
            return versions.newest(ZoneName.ORDERS);
        }
        zones.settings(ZoneName.ORDERS)
                .ifPresent(settings -> ZoneCheck.requireRoom(settings, added));
        return versions.change(ZoneName.ORDERS, removed, added);
    }

    /** The newest version. */
    public Published newest() {
        return versions.newest(ZoneName.ORDERS);
    }

    /** What resolvers know the zone by, and its canary; empty where this node serves none. */
    public Optional<ZoneSettings> settings() {
        return zones.settings(ZoneName.ORDERS);
    }
}
