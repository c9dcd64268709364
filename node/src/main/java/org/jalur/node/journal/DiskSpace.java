package org.jalur.node.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jalur.node.JalurSettings;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Whether the journal's disk has room. Nothing more is accepted before it is full: what was
 * acknowledged can then still be written.
 */
@Component
class DiskSpace {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Path home;
    private final DataSize least;
    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private volatile long free;

    DiskSpace(JalurSettings settings) {
        home = settings.home();
        least = settings.leastFree();
        free = free();
    }

    /**
     * @throws ProblemException 507 if less is free than the operator wants; whatever was about to
     *     be accepted is not
     */
    void require() {
        long now = System.nanoTime();
        long last = looked.get();
        if (now - last >= FRESH && looked.compareAndSet(last, now)) {
            free = free();
        }
        if (free < least.toBytes()) {
            throw new ProblemException(
                    HttpStatus.INSUFFICIENT_STORAGE,
                    "low-disk",
                    "The journal's disk has %d MB left; below %d MB nothing is accepted. Make room, or lower jalur.least-free."
                            .formatted(free >> 20, least.toMegabytes()));
        }
    }

    private long free() {
        try {
            return Files.getFileStore(home).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal's disk does not say how much is free", e);
        }
    }
}
