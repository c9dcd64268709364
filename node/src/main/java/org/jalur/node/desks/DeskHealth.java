package org.jalur.node.desks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * How the desks stand, for operators: "degraded" while one does not run, which takes nothing of the
 * host out of service.
 */
@Component("desksHealthIndicator")
@ConditionalOnProperty("jalur.desks[0]")
class DeskHealth implements HealthIndicator, MeterBinder {
    private static final String DEGRADED = "DEGRADED";

    private final Desks desks;

    DeskHealth(Desks desks) {
        this.desks = desks;
    }

    @Override
    public Health health() {
        boolean inOrder = desks.all().stream().allMatch(desk -> desk.standing().isInOrder());
        Health.Builder health = inOrder ? Health.up() : Health.status(DEGRADED);
        desks.all().forEach(desk -> health.withDetail(desk.name(), desk.standing().inWords()));
        return health.build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Desk desk : desks.all()) {
            Gauge.builder(
                            "jalur.desk.up",
                            desk,
                            one -> one.standing() instanceof Standing.Running ? 1 : 0)
                    .tag("desk", desk.name())
                    .description("1 while a hosted desk answers")
                    .register(registry);
        }
    }
}
