package org.jalur.node.serve;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Stops the node when the process that started it is gone: then the standard input closes. */
@Component
@ConditionalOnProperty(name = "jalur.stop-with-stdin", havingValue = "true")
class ParentWatch {
    private static final Logger log = LoggerFactory.getLogger(ParentWatch.class);

    private final ApplicationContext context;

    ParentWatch(ApplicationContext context) {
        this.context = context;
    }

    @EventListener(ApplicationStartedEvent.class)
    void watch() {
        Thread.ofPlatform().name("parent-watch").daemon().start(this::stopWhenStdinCloses);
    }

    private void stopWhenStdinCloses() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on this stream; only its end counts.
            }
        } catch (IOException e) {
            log.warn("standard input: {}", e.getMessage());
        }
        System.exit(SpringApplication.exit(context));
    }
}
