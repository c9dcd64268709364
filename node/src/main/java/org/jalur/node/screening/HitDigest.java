package org.jalur.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells reviewers how many hits wait for them, at most once in four hours. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class HitDigest {
    private static final Duration SPAN = Duration.ofHours(4);

    private final Hits hits;
    private final Notifications notifications;
    private final Clock clock;

    HitDigest(Hits hits, Notifications notifications, Clock clock) {
        this.hits = hits;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 60_000)
    @Transactional
    public void tell() {
        int waiting = hits.countWaiting();
        if (waiting > 0) {
            long now = clock.instant().getEpochSecond();
            Instant span = Instant.ofEpochSecond(now - now % SPAN.toSeconds());
            notifications.tell(Event.of(Kind.HITS, "hits", span, "").counting(waiting));
        }
    }
}
