package org.jalur.node.web;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the whole node shares: the clock, and what strangers may ask. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicSettings.class)
class WebConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
