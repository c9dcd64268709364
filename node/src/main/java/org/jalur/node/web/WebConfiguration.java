package org.jalur.node.web;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the whole node shares: the clock. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
