package org.jalur.node.desks;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.JalurSettings;
import org.jalur.node.serve.RefusedException;
import org.jalur.node.web.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The desks of this host: they start once it answers, and stop before it does. */
@Component
@ConditionalOnProperty("jalur.desks[0]")
class Desks implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Desks.class);
    private static final Duration PACE = Duration.ofMillis(500);

    private final List<Desk> desks;
    private final Map<Desk, Hosted> admitted = new HashMap<>();
    private final Workers workers = new Workers();

    Desks(JalurSettings settings, Clock clock) {
        if (settings.party().kind() != JalurSettings.Kind.PLATFORM) {
            throw new IllegalArgumentException(
                    "jalur.desks is set and jalur.party.kind is authority; a platform hosts desks");
        }
        List<DeskFolder> folders = settings.desks().stream().map(DeskFolder::new).toList();
        if (folders.stream().distinct().count() != folders.size()) {
            throw new IllegalArgumentException("jalur.desks names a folder twice");
        }
        desks =
                folders.stream()
                        .map(folder -> new Desk(folder, settings, this::admit, clock))
                        .toList();
    }

    List<Desk> all() {
        return desks;
    }

    /** Who came first stays. */
    private synchronized void admit(Desk desk, Hosted hosted) {
        admitted.forEach((other, theirs) -> {
            Optional<String> conflict = other == desk ? Optional.empty() : hosted.conflict(theirs);
            conflict.ifPresent(sentence -> {
                throw new RefusedException(sentence);
            });
        });
        admitted.put(desk, hosted);
    }

    @Override
    public void start() {
        workers.begin();
        desks.forEach(desk -> workers.start("desk " + desk.name(), () -> run(desk)));
    }

    private void run(Desk desk) {
        while (workers.isRunning()) {
            try {
                desk.look();
                Thread.sleep(PACE);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                log.error("the desk {} cannot be looked at", desk.name(), e);
            }
        }
    }

    @Override
    public void stop() {
        workers.stop();
        List<Thread> stopping =
                desks.stream().map(desk -> Thread.ofVirtual().start(() -> end(desk))).toList();
        try {
            for (Thread one : stopping) {
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Desk desk) {
        try {
            desk.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return workers.isRunning();
    }
}
