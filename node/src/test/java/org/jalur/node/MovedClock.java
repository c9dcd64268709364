package org.jalur.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The system's clock, put forward by a test, in other processes as well if it lies in a file. */
final class MovedClock extends Clock {
    private final Optional<Path> file;
    private volatile Duration ahead = Duration.ZERO;

    MovedClock() {
        file = Optional.empty();
    }

    /** By a file, which is made if it is not there. */
    MovedClock(Path file) {
        this.file = Optional.of(file);
        if (!Files.exists(file)) {
            forward(Duration.ZERO);
        }
    }

    void forward(Duration by) {
        ahead = ahead().plus(by);
        file.ifPresent(one -> write(one, ahead));
    }

    private static void write(Path file, Duration ahead) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, ahead.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration ahead() {
        return file.filter(Files::exists).map(MovedClock::read).orElse(ahead);
    }

    private static Duration read(Path file) {
        try {
            return Duration.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
