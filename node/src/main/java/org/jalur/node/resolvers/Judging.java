package org.jalur.node.resolvers;

import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Comparison;
import org.jalur.access.measure.Control;
import org.jalur.access.measure.Reading;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.measure.Testimony;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.node.zones.OrderZone;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** What a testimony means, whoever gave it: the control resolver is this node's own. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Judging {
    private final OrderZone zone;
    private final WatchedNames watched;
    private final Controls controls;
    private final Comparison comparison;

    Judging(OrderZone zone, WatchedNames watched, Controls controls, Comparison comparison) {
        this.zone = zone;
        this.watched = watched;
        this.controls = controls;
        this.comparison = comparison;
    }

    /** What to ask for besides; empty where the resolver follows no zone of this node. */
    Optional<DomainName> canary(Resolver resolver) {
        return resolver.transport() == Resolver.Transport.TRANSFER
                ? zone.settings().map(ZoneSettings::canary)
                : Optional.empty();
    }

    /**
     * What a testimony means. The newest serial is read after all was asked: a version that was
     * published meanwhile makes less certain, never more.
     *
     * @param asked the name that was asked for, which may be an invented one
     */
    Readings.Row row(
            Resolver resolver,
            DomainName asked,
            Testimony testimony,
            Readings.Source source,
            String origin)
            throws InterruptedException {
        Control control = controls.about(asked, zone.settings().map(ZoneSettings::canary));
        DomainName row = Subdomains.row(asked);
        Reading told = Reading.of(testimony, control, comparison, zone.newest().serial());
        Reading reading = watched.isInForce(row) ? told.whileBlocked(control) : told;
        return Readings.Row.of(
                resolver.id(),
                row,
                testimony.askedAt(),
                reading,
                testimony.serial(),
                source,
                origin);
    }
}
