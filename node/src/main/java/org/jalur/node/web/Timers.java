package org.jalur.node.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Timers of the whole node; a command that only repairs its database runs without them. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnBooleanProperty(name = Timers.PROPERTY, matchIfMissing = true)
public class Timers {
    public static final String PROPERTY = "jalur.timers";
}
