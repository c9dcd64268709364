package org.jalur.node.zones;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jalur.access.zone.PolicyZone;
import org.jalur.access.zone.ZoneChange;
import org.jalur.access.zone.ZoneJournal;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.dns.Limits;
import org.jalur.dns.Primary;
import org.jalur.dns.Secondary;
import org.jalur.dns.SecondaryState;
import org.jalur.dns.ServedZone;
import org.jalur.node.web.Listening;
import org.jalur.node.web.Workers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Serves the zones, and follows their versions in the database, whichever process made them. Each
 * zone has a thread of its own, so that a large one holds up no small one.
 */
@Component
@ConditionalOnProperty("jalur.dns.address")
class ZoneServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ZoneServer.class);

    /** It looks by itself so often; a bell that was lost costs no more. */
    private static final Duration SLEEP = Duration.ofSeconds(5);

    private static final Duration STATES = Duration.ofMillis(500);
    private static final int JOURNAL = 2 * Versions.MOST;

    private final DataSource database;
    private final DnsSettings settings;
    private final ZonesInUse zones;
    private final Versions versions;
    private final ZoneContents contents;
    private final SecondaryRows rows;
    private final Clock clock;
    private final Workers threads = new Workers();
    private Optional<Primary> primary = Optional.empty();

    ZoneServer(
            DataSource database,
            DnsSettings settings,
            ZonesInUse zones,
            Versions versions,
            ZoneContents contents,
            SecondaryRows rows,
            Clock clock) {
        this.database = database;
        this.settings = settings;
        this.zones = zones;
        this.versions = versions;
        this.contents = contents;
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public void start() {
        List<Secondary> secondaries = new ConfiguredSecondaries(settings, zones).all();
        InetSocketAddress at =
                ConfiguredSecondaries.address(
                        Optional.ofNullable(settings.address()).orElseThrow(), settings.port());
        try {
            primary = Optional.of(new Primary(at, secondaries, Limits.usual(), clock));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "jalur.dns.address %s, port %d, cannot be used: %s; choose another, or end what uses it"
                            .formatted(settings.address(), settings.port(), e.getMessage()),
                    e);
        }
        threads.begin();
        for (ZoneName zone : zones.names()) {
            threads.start("zone-" + zone.wire(), () -> run(zone));
        }
        threads.start("zone-secondaries", this::keepStates);
    }

    /** Where it answers; empty while it does not run. */
    Optional<InetSocketAddress> address() {
        return primary.map(Primary::address);
    }

    @Override
    public void stop() {
        threads.stop();
        primary.ifPresent(running -> {
            try {
                running.close();
            } catch (IOException e) {
                log.warn("the DNS server was not closed well", e);
            }
        });
        primary = Optional.empty();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void run(ZoneName zone) {
        var serving = new AtomicReference<@Nullable Serving>();
        new Listening(database, Versions.BELL, threads)
                .run(
                        "the zone %s is served as it was".formatted(zone.wire()),
                        connection -> {
                            if (serving.get() == null) {
                                serving.set(begin(zone));
                            }
                            follow(Objects.requireNonNull(serving.get()), connection);
                        });
    }

    /**
     * The names first, then a version of its own: its serial is after all that were ever given out,
     * also by a database that has forgotten them, and whoever has the version before it needs its
     * difference only.
     */
    private Serving begin(ZoneName zone) {
        ZoneContents.Version stored = contents.read(zone);
        var serving = new Serving(zone, zones.settings(zone).orElseThrow(), stored);
        versions.anew(zone);
        return serving;
    }

    private void follow(Serving serving, Connection connection) throws SQLException {
        while (threads.isRunning()) {
            versions.renew(serving.name);
            serving.update();
            Listening.await(connection, SLEEP);
        }
    }

    private void keepStates() {
        while (threads.isRunning()) {
            try {
                List<SecondaryState> states = primary.map(Primary::states).orElse(List.of());
                rows.keep(states);
            } catch (RuntimeException e) {
                log.error("how far secondaries are was not kept", e);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STATES);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A zone as it is served, with what led to it. */
    private final class Serving {
        private final ZoneName name;
        private final ZoneSettings zoneSettings;
        private ZoneContents.Version version;
        private PolicyZone zone;
        private ZoneJournal journal;

        private Serving(ZoneName name, ZoneSettings zoneSettings, ZoneContents.Version version) {
            this.name = name;
            this.zoneSettings = zoneSettings;
            this.version = version;
            zone = new PolicyZone(zoneSettings, version.serial(), version.names());
            journal = ZoneJournal.startingAt(version.serial(), JOURNAL);
        }

        private void update() {
            ZoneContents.Version next = contents.after(name, version);
            if (next.serial().equals(version.serial())) {
                return;
            }
            var nextZone = new PolicyZone(zoneSettings, next.serial(), next.names());
            journal =
                    (next.anew()
                                    ? Optional.<ZoneChange>empty()
                                    : ZoneChange.between(zone, nextZone, Versions.MOST))
                            .map(journal::with)
                            .orElseGet(() -> ZoneJournal.startingAt(next.serial(), JOURNAL));
            zone = nextZone;
            version = next;
            primary.ifPresent(running -> running.serve(new ServedZone(zone, journal)));
        }
    }
}
