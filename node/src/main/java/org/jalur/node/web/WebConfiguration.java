package org.jalur.node.web;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What the whole node shares: the clock, and timers. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
