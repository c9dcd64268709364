package org.jalur.node.zones;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jalur.access.zone.ZoneSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The zones that the operator has set up. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@EnableConfigurationProperties(DnsSettings.class)
class ZonesInUse {
    private final DnsSettings settings;

    ZonesInUse(DnsSettings settings) {
        this.settings = settings;
    }

    List<ZoneName> names() {
        return Arrays.stream(ZoneName.values()).filter(zone -> settings(zone).isPresent()).toList();
    }

    Optional<ZoneSettings> settings(ZoneName zone) {
        return settings.of(zone);
    }

    /** What a version depends on beside its names; empty where the zone is not set up. */
    String fingerprint(ZoneName zone) {
        return settings(zone).map(ZoneSettings::toString).orElse("");
    }
}
