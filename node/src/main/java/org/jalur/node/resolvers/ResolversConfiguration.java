package org.jalur.node.resolvers;

import java.time.Clock;
import org.jalur.access.measure.Comparison;
import org.jalur.dns.ask.Asker;
import org.jalur.dns.ask.Inquiry;
import org.jalur.dns.ask.Pace;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this node asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MeasureSettings.class)
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ResolversConfiguration {
    /** The control resolver is the operator's own, and asked for all resolvers together. */
    private static final int TO_CONTROL = 200;

    @Bean
    Comparison comparison(MeasureSettings settings) {
        return settings.comparison();
    }

    @Bean
    Controls controls(MeasureSettings settings, Clock clock) {
        return new Controls(
                settings.controlAddress(),
                new Inquiry(Asker.usual(), new Pace(TO_CONTROL), clock),
                clock);
    }
}
