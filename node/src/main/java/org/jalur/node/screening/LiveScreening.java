package org.jalur.node.screening;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jalur.node.JalurSettings;
import org.jalur.node.web.Listening;
import org.jalur.node.web.Workers;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.jalur.screening.text.Form;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The engine of this process, kept at what the database says: a commit anywhere is heard on a
 * connection that listens, and read over the same one.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
public class LiveScreening implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LiveScreening.class);
    private static final String BELL = "jalur_screening";

    /** At least so often: what a lost notification told is read then. */
    private static final Duration HEARD = Duration.ofMillis(500);

    /**
     * Older lists are not answered from: a removed entry might still block, an added one not yet.
     */
    private static final Duration STALE = Duration.ofSeconds(10);

    private final DataSource database;
    private final Settings settings;
    private final EngineSnapshots snapshots;
    private final Clock clock;
    private final Workers workers = new Workers();
    private volatile Optional<Screening> engine = Optional.empty();
    private volatile Instant readAt = Instant.EPOCH;
    private String horizon = "";

    /** Whether values were erased that the copy, or the engine's own tables, may still hold. */
    private boolean erased;

    LiveScreening(DataSource database, JalurSettings node, EngineSnapshots snapshots, Clock clock) {
        this.clock = clock;
        this.database = database;
        this.settings = settings(node.screening());
        this.snapshots = snapshots;
    }

    private static Settings settings(JalurSettings.Screening chosen) {
        Settings standard = Settings.standard();
        return new Settings(
                chosen.loose() ? standard.deepest() : Form.STRICT,
                standard.addressesInText(),
                Optional.ofNullable(chosen.home()),
                standard.suffixes(),
                standard.longestText(),
                standard.flood());
    }

    /** How entries are compared, and so which are taken. */
    Settings settings() {
        return settings;
    }

    /** Empty while the lists are still being read after the start. */
    public Optional<Screening> engine() {
        return engine;
    }

    /** Why content cannot be compared now, if so. */
    Optional<String> trouble() {
        if (engine.isEmpty()) {
            return Optional.of("the lists are still being read after the start");
        }
        Duration age = Duration.between(readAt, clock.instant());
        return age.compareTo(STALE) > 0
                ? Optional.of("the lists were not read for %,d s".formatted(age.toSeconds()))
                : Optional.empty();
    }

    @Override
    public void start() {
        workers.begin();
        var listening = new Listening(database, BELL, workers);
        workers.start(
                "screening-feed", () -> listening.run("lists are not followed", this::follow));
    }

    @Override
    public void stop() {
        workers.stop();
        engine.ifPresent(Screening::close);
        engine = Optional.empty();
    }

    @Override
    public boolean isRunning() {
        return workers.isRunning();
    }

    private void follow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Rows of a dump that was read into a younger database have numbers that are not given
            // yet.
            for (String table : new String[] {"signature_lists", "entries"}) {
                statement.execute(
                        "update %s set id = id where changed_in >= pg_snapshot_xmax(pg_current_snapshot())"
                                .formatted(table));
            }
        }
        EngineSnapshots.Loaded loaded =
                engine.isPresent()
                        ? new EngineSnapshots.Loaded(engine.get(), Optional.of(horizon))
                        : snapshots.load(connection, settings);
        var feed =
                new EntryFeed(
                        connection,
                        loaded.engine(),
                        loaded.horizon(),
                        () -> readAt = clock.instant());
        read(feed);
        engine = Optional.of(loaded.engine());
        log.info("screening for {} entries", loaded.engine().status().entries());
        while (workers.isRunning()) {
            if (erased) {
                snapshots.forget();
                erased = false;
            }
            snapshots.saveSoon(loaded.engine(), feed.horizon());
            Listening.await(connection, HEARD);
            read(feed);
        }
    }

    private void read(EntryFeed feed) throws SQLException {
        // Kept until it took effect: after a fault the next round does not see it again.
        erased |= feed.read();
        horizon = feed.horizon();
    }
}
