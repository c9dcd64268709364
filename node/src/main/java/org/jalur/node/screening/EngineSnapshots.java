package org.jalur.node.screening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jalur.node.JalurSettings;
import org.jalur.screening.engine.DamagedSnapshotException;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Copies of the engine on disk, so that a start need not read millions of rows: only what has
 * changed since. A copy says of which database it is, and up to where it knows it. It holds values
 * of entries, so it goes the moment one of them is erased.
 */
@Component
class EngineSnapshots {
    private static final Logger log = LoggerFactory.getLogger(EngineSnapshots.class);
    private static final Duration PACE = Duration.ofMinutes(10);
    private static final String HORIZON = "horizon";

    /** As PostgreSQL writes one: oldest that runs, next to come, those that run between. */
    private static final Pattern SNAPSHOT = Pattern.compile("\\d{1,18}:\\d{1,18}:[\\d,]*");

    private final Path folder;
    private final int from;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean saving = new AtomicBoolean();

    /** How often something was erased, and up to which of these the engine was purged. */
    private final AtomicLong erasures = new AtomicLong();

    private volatile long purged;

    private volatile Instant savedAt = Instant.MIN;
    private volatile String savedHorizon = "";
    private volatile String database = "";

    EngineSnapshots(JalurSettings settings, Clock clock) {
        folder = folder(settings.home());
        from = settings.screening().snapshotFrom();
        this.clock = clock;
    }

    static Path folder(Path home) {
        return home.resolve("screening");
    }

    /**
     * @param horizon up to where the engine knows the database; empty for one without entries
     */
    record Loaded(Screening engine, Optional<String> horizon) {}

    /** The copy, if it is one of this database; else an engine that knows nothing. */
    Loaded load(Connection connection, Settings settings) throws SQLException {
        String newest;
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                select id::text, pg_snapshot_xmax(pg_current_snapshot())::text as newest
                                from screening_identity
                                """);
                ResultSet row = statement.executeQuery()) {
            row.next();
            database = row.getString("id");
            newest = row.getString("newest");
        }
        turn.lock();
        try (FileChannel _ = lock()) {
            List<String> known =
                    Files.exists(folder.resolve(HORIZON))
                            ? Files.readAllLines(folder.resolve(HORIZON), UTF_8)
                            : List.of();
            // A database that is younger than the copy was restored from a backup.
            if (known.size() == 2
                    && known.getFirst().equals(database)
                    && SNAPSHOT.matcher(known.getLast()).matches()
                    && newest(known.getLast()) <= Long.parseUnsignedLong(newest)) {
                savedAt = clock.instant();
                savedHorizon = known.getLast();
                return new Loaded(
                        Screening.load(folder, settings, clock), Optional.of(known.getLast()));
            }
        } catch (DamagedSnapshotException e) {
            log.warn("the copy of the lists is not used, they are read anew: {}", e.getMessage());
        } catch (IOException e) {
            log.warn("the copy of the lists cannot be read, they are read anew", e);
        } finally {
            turn.unlock();
        }
        return new Loaded(new Screening(settings, clock), Optional.empty());
    }

    /** The number before which a snapshot, as PostgreSQL writes it, may have seen everything. */
    private static long newest(String snapshot) {
        return Long.parseUnsignedLong(snapshot.split(":", -1)[1]);
    }

    /**
     * Begins to write a copy where one is due; returns at once.
     *
     * @param horizon what the engine has seen of the database
     */
    void saveSoon(Screening engine, String horizon) {
        boolean large = engine.status().entries() >= from;
        boolean due = !horizon.equals(savedHorizon) && savedAt.plus(PACE).isBefore(clock.instant());
        if (((large && due) || isUnclean()) && !saving.getAndSet(true)) {
            Thread.ofVirtual()
                    .name("screening-snapshot")
                    .start(() -> {
                        try {
                            if (isUnclean()) {
                                long before = erasures.get();
                                engine.purge();
                                purged = before;
                            }
                            if (large) {
                                save(engine, horizon);
                            }
                        } finally {
                            saving.set(false);
                        }
                    });
        }
    }

    /** Whether the engine may still hold what was erased. */
    private boolean isUnclean() {
        return erasures.get() != purged;
    }

    private void save(Screening engine, String horizon) {
        turn.lock();
        try (FileChannel _ = lock()) {
            if (isUnclean()) {
                // Something was erased just now.
                return;
            }
            engine.save(folder);
            Path fresh = folder.resolve(HORIZON + ".new");
            Files.writeString(fresh, database + "\n" + horizon + "\n");
            // Last: the copy may know more than it says, never less.
            Files.move(
                    fresh,
                    folder.resolve(HORIZON),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            savedAt = clock.instant();
            savedHorizon = horizon;
        } catch (IOException | UncheckedIOException e) {
            log.error("no copy of the lists could be written; the next start takes longer", e);
        } finally {
            turn.unlock();
        }
    }

    /** Deletes the copy, once one that is being written is there. */
    void forget() {
        erasures.incrementAndGet();
        turn.lock();
        try (FileChannel _ = lock()) {
            delete(folder);
            savedAt = Instant.MIN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            turn.unlock();
        }
    }

    /** Processes of one node take turns at the folder. */
    private FileChannel lock() throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        FileChannel channel =
                FileChannel.open(
                        folder.resolveSibling("screening.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Deletes a copy, if there is one. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
