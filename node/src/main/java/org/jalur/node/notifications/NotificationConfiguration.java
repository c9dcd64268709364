package org.jalur.node.notifications;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jalur.node.notifications.carriers.NotificationSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings of notifications, and their figures. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationSettings.class)
class NotificationConfiguration {
    /** Deliveries by where they stand; counted whenever somebody asks. */
    @Bean
    MeterBinder notificationDeliveries(NotificationOutbox outbox) {
        return (MeterRegistry registry) -> {
            for (NotificationOutbox.State state : NotificationOutbox.State.values()) {
                Gauge.builder("jalur.notifications", outbox, all -> all.count(state))
                        .tag("state", state.wire())
                        .description("deliveries of notifications")
                        .register(registry);
            }
        };
    }
}
