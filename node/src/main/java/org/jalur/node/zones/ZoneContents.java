package org.jalur.node.zones;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.NameTableBuilder;
import org.jalur.access.zone.Serial;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The names of a zone as one table in memory, read as of one moment. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ZoneContents {
    /** More versions behind than this, and all names are read again. */
    private static final int STEPS = 200;

    private static final int FETCH = 10_000;

    private final JdbcClient jdbc;
    private final Versions versions;
    private final TransactionTemplate snapshot;

    ZoneContents(JdbcClient jdbc, Versions versions, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.versions = versions;
        snapshot = new TransactionTemplate(manager);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * A version with its names.
     *
     * @param anew whether whoever has an earlier version has to take all of it
     */
    record Version(Serial serial, NameTable names, boolean anew) {}

    /** The newest version, all of it read. */
    Version read(ZoneName zone) {
        return Objects.requireNonNull(snapshot.execute(_ -> readAll(zone)));
    }

    /** The newest version, from one that is in memory; the same if there is none newer. */
    Version after(ZoneName zone, Version before) {
        return Objects.requireNonNull(
                snapshot.execute(_ -> {
                    Serial newest = versions.newest(zone).serial();
                    if (newest.equals(before.serial())) {
                        return before;
                    }
                    return steps(zone, before.serial(), newest)
                            .map(steps ->
                                    new Version(newest, changed(before.names(), steps), false))
                            .orElseGet(() -> readAll(zone));
                }));
    }

    private Version readAll(ZoneName zone) {
        var builder = new NameTableBuilder();
        try (var names =
                jdbc
                        .sql("select name from zone_names where zone = :zone")
                        .param("zone", zone.wire())
                        .withFetchSize(FETCH)
                        .query((row, _) -> Spelling.stored(row.getString(1)))
                        .stream()) {
            names.forEach(builder::add);
        }
        return new Version(versions.newest(zone).serial(), builder.build(), true);
    }

    /** From one version to the newest; empty if a step is missing or has no list of names. */
    private Optional<List<Versions.Change>> steps(ZoneName zone, Serial from, Serial newest) {
        Map<Serial, Versions.Change> known = new HashMap<>();
        versions.latest(zone, STEPS).forEach(change -> known.put(change.from(), change));
        List<Versions.Change> steps = new ArrayList<>();
        Serial reached = from;
        while (!reached.equals(newest)) {
            Versions.Change next = known.remove(reached);
            if (next == null || next.whole()) {
                return Optional.empty();
            }
            steps.add(next);
            reached = next.to();
        }
        return Optional.of(steps);
    }

    private static NameTable changed(NameTable names, List<Versions.Change> steps) {
        Map<BlockedName, Boolean> last = new HashMap<>();
        for (Versions.Change step : steps) {
            step.removed().forEach(name -> last.put(name, false));
            step.added().forEach(name -> last.put(name, true));
        }
        return names.with(
                last.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList(),
                last.entrySet().stream()
                        .filter(one -> !one.getValue())
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
