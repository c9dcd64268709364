package org.jalur.node.contacts;

import org.jalur.agreement.ContactTerms;
import org.jalur.channel.PartyId;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The rules of the settings, the same for every peer. */
@Component
@EnableConfigurationProperties(RegisterSettings.class)
class ConfiguredRules implements ContactRules {
    private final RegisterSettings settings;

    ConfiguredRules(RegisterSettings settings) {
        this.settings = settings;
    }

    @Override
    public ContactTerms terms(PartyId peer) {
        return settings.terms();
    }
}
