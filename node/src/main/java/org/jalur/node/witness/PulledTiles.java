package org.jalur.node.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jalur.log.LogStorage;
import org.jalur.node.exchange.Channel;

/** The tiles of a peer that only pulls: it brings them at its next calls. */
final class PulledTiles implements LogStorage {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final WantedTiles wanted;
    private final Channel channel;

    PulledTiles(WantedTiles wanted, Channel channel) {
        this.wanted = wanted;
        this.channel = channel;
        wanted.forgetMissing(channel);
    }

    @Override
    public Optional<byte[]> read(String path) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<WantedTiles.Answer> answer = wanted.find(channel, path);
            if (answer.isPresent()) {
                return answer.get().octets();
            }
            LockSupport.parkNanos(PAUSE);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        throw new UncheckedIOException(
                new IOException(
                        "%s has not brought %s of its journal yet"
                                .formatted(channel.peer(), path)));
    }

    @Override
    public void writeAll(Map<String, byte[]> objects) {
        throw new IllegalStateException("a peer's journal is only read");
    }
}
