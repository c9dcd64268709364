package org.jalur.node.objections;

import java.time.Clock;
import java.time.Duration;
import org.jalur.node.web.AddressRate;
import org.jalur.node.web.PublicSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** How many objections one address may file, by the form and by the API together. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class FilingRate {
    private final AddressRate rate;

    FilingRate(PublicSettings settings, Clock clock) {
        rate = new AddressRate(settings.objectionsPerAddress(), Duration.ofHours(1), clock);
    }

    boolean admits(String address) {
        return rate.admits(address);
    }

    Duration pause(String address) {
        return rate.pause(address);
    }
}
