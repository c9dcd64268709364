package org.jalur.node.desks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jalur.node.JalurSettings;
import org.jalur.node.serve.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hosted desk: started, looked at, and started again after it ended, later each time. Nothing
 * that happens to it reaches its host. Looked at by one thread.
 */
final class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 6;

    private final DeskFolder folder;
    private final JalurSettings host;
    private final Admission admission;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private Optional<DeskProcess> process = Optional.empty();
    private Optional<Hosted> hosted = Optional.empty();
    private Instant nextTry = Instant.EPOCH;
    private Instant asked = Instant.EPOCH;
    private int failures;
    private volatile Standing standing;

    /** Whether a desk may run beside the others. */
    interface Admission {
        /**
         * @throws RefusedException if another uses what this one wants
         */
        void admit(Desk desk, Hosted hosted);
    }

    Desk(DeskFolder folder, JalurSettings host, Admission admission, Clock clock) {
        this.folder = folder;
        this.host = host;
        this.admission = admission;
        this.clock = clock;
        standing = new Standing.Starting(clock.instant());
    }

    String name() {
        return folder.name();
    }

    Standing standing() {
        return standing;
    }

    /** Does what is to be done about it now. */
    void look() throws InterruptedException {
        Instant now = clock.instant();
        if (folder.isStopped()) {
            stop();
            standing = new Standing.Stopped();
            nextTry = now;
            failures = 0;
        } else if (process.filter(DeskProcess::isAlive).isPresent()) {
            ask(now);
        } else if (process.isPresent()) {
            String reason = process.get().reason();
            process = Optional.empty();
            failed(reason, now);
        } else if (!now.isBefore(nextTry)) {
            begin(now);
        }
    }

    private void begin(Instant now) {
        try {
            Hosted admitted = Hosted.admit(folder, host);
            admission.admit(this, admitted);
            hosted = Optional.of(admitted);
            process = Optional.of(DeskProcess.start(folder, host.deskMemory()));
            standing = new Standing.Starting(now);
        } catch (RefusedException | IOException e) {
            failed(Optional.ofNullable(e.getMessage()).orElse(e.toString()), now);
        }
    }

    private void failed(String reason, Instant now) {
        boolean heldFor =
                standing instanceof Standing.Running(var since)
                        && since.plus(LONGEST).isBefore(now);
        failures = heldFor ? 1 : failures + 1;
        Duration wait = SHORTEST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        nextTry = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        standing = new Standing.Failed(reason, nextTry);
        log.error("the desk {} does not run: {}; it is tried again at {}", name(), reason, nextTry);
    }

    private void ask(Instant now) throws InterruptedException {
        boolean settled = standing instanceof Standing.Running;
        if (settled && asked.plus(BETWEEN_QUESTIONS).isAfter(now)) {
            return;
        }
        asked = now;
        boolean ready = isReady();
        switch (standing) {
            case Standing.Starting(var since) -> {
                if (ready) {
                    running(now);
                } else if (since.plus(LONGEST_START).isBefore(now)) {
                    silent(now);
                }
            }
            case Standing.Running _ -> {
                if (!ready) {
                    silent(now);
                }
            }
            case Standing.Silent _, Standing.Stopped _, Standing.Failed _ -> {
                if (ready) {
                    running(now);
                }
            }
        }
    }

    private void running(Instant now) {
        standing = new Standing.Running(now);
        log.info("the desk {} runs", name());
    }

    private void silent(Instant now) {
        standing = new Standing.Silent(now);
        log.error("the desk {} does not answer; its process is left alone", name());
    }

    private boolean isReady() throws InterruptedException {
        URI url = hosted.orElseThrow().url();
        String base = url.toString().replaceFirst("/$", "");
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(base + "/actuator/health/readiness"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Ends its process, if there is one. */
    void stop() throws InterruptedException {
        if (process.isPresent()) {
            process.get().stop();
            process = Optional.empty();
            log.info("the desk {} is stopped", name());
        }
    }
}
