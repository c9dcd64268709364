package org.jalur.node.screening;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while content cannot be compared, and so is held. */
@Component("screening")
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class ScreeningHealth implements HealthIndicator {
    private final LiveScreening live;

    ScreeningHealth(LiveScreening live) {
        this.live = live;
    }

    @Override
    public Health health() {
        return live.trouble()
                .map(why -> Health.down().withDetail("why", why).build())
                .orElseGet(() -> Health.up().build());
    }
}
