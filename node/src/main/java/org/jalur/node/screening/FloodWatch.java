package org.jalur.node.screening;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Throttled;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells the database, and so every process, what the flood brake of this one has caught. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class FloodWatch {
    private final LiveScreening live;
    private final Entries entries;
    private Set<Throttled> told = Set.of();

    FloodWatch(LiveScreening live, Entries entries) {
        this.live = live;
        this.entries = entries;
    }

    @Scheduled(fixedDelay = 1_000)
    void tell() {
        List<Throttled> caught = live.engine().map(Screening::throttled).orElse(List.of());
        var now = new HashSet<Throttled>();
        for (Throttled one : caught) {
            if (!told.contains(one)) {
                entries.throttle(one);
            }
            now.add(one);
        }
        told = now;
    }
}
