package org.jalur.node.contacts;

import org.jalur.agreement.ContactTerms;
import org.jalur.channel.PartyId;
import org.jalur.node.agreement.Agreements;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What the agreement in force says; the settings, the same for every peer, while none is. */
@Component
@EnableConfigurationProperties(RegisterSettings.class)
class AgreedRules {
    private final Agreements agreements;
    private final RegisterSettings settings;

    AgreedRules(Agreements agreements, RegisterSettings settings) {
        this.agreements = agreements;
        this.settings = settings;
    }

    /**
     * How fresh registers are kept between this node's party and the peer.
     *
     * @param agreed whether the agreement in force says so
     */
    record Freshness(ContactTerms terms, boolean agreed) {}

    Freshness with(PartyId peer) {
        return agreements
                .with(peer)
                .map(signed -> new Freshness(signed.agreement().contacts(), true))
                .orElseGet(() -> new Freshness(settings.terms(), false));
    }

    ContactTerms terms(PartyId peer) {
        return with(peer).terms();
    }
}
