package org.jalur.node.zones;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.Serial;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of the zones.
 *
 * <p>A serial is the second of its version, or one more than the last where that is more. So the
 * first version after a database came back from an old backup is after all that it forgot, and
 * secondaries take it: each start makes one.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Versions {
    /** What {@link ZoneServer} listens to; says which zone. */
    static final String BELL = "jalur_zones";

    /** A change of more names is not kept as one. */
    static final int MOST = 10_000;

    private final JdbcClient jdbc;
    private final ZonesInUse zones;
    private final Clock clock;

    Versions(JdbcClient jdbc, ZonesInUse zones, Clock clock) {
        this.jdbc = jdbc;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * How one version became the next.
     *
     * @param whole whether it has no list of names
     */
    record Change(
            Serial from,
            Serial to,
            Instant at,
            boolean whole,
            List<BlockedName> removed,
            List<BlockedName> added) {
        static Change from(ResultSet row, int number) throws SQLException {
            Published version = Published.from(row, number);
            return new Change(
                    new Serial(row.getLong("from_serial")),
                    version.serial(),
                    version.at(),
                    row.getBoolean("whole"),
                    names(row, "removed"),
                    names(row, "added"));
        }

        private static List<BlockedName> names(ResultSet row, String column) throws SQLException {
            return Arrays.stream((String[]) row.getArray(column).getArray())
                    .map(Spelling::stored)
                    .toList();
        }
    }

    /** From here to the end of the transaction nobody else changes the zone. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Published hold(ZoneName zone) {
        return jdbc.sql("select serial, published_at from zones where name = :zone for update")
                .param("zone", zone.wire())
                .query(Published::from)
                .single();
    }

    Published newest(ZoneName zone) {
        return jdbc.sql("select serial, published_at from zones where name = :zone")
                .param("zone", zone.wire())
                .query(Published::from)
                .single();
    }

    /** All names of the newest version; for the small zone. */
    List<BlockedName> names(ZoneName zone) {
        return jdbc.sql("select name from zone_names where zone = :zone")
                .param("zone", zone.wire())
                .query((row, _) -> Spelling.stored(row.getString(1)))
                .list();
    }

    /** The latest versions with how they came about, the oldest first. */
    List<Change> latest(ZoneName zone, int most) {
        return jdbc.sql(
                        """
                        select * from zone_changes where zone = :zone
                        order by published_at desc, serial desc limit :most
                        """)
                .param("zone", zone.wire())
                .param("most", most)
                .query(Change::from)
                .list()
                .reversed();
    }

    /** Writes the next version: the one before it without some names, and with others. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Published change(
            ZoneName zone, Collection<BlockedName> removed, Collection<BlockedName> added) {
        jdbc.sql("delete from zone_names where zone = :zone and name = any(:names)")
                .param("zone", zone.wire())
                .param("names", Spelling.of(removed))
                .update();
        jdbc.sql(
                        """
                        insert into zone_names select :zone, name from unnest(:names::text[]) as new(name)
                        on conflict do nothing
                        """)
                .param("zone", zone.wire())
                .param("names", Spelling.of(added))
                .update();
        return record(zone, removed, added, Optional.empty());
    }

    /** Writes down a version whose names stand in {@code zone_names} already. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Published record(
            ZoneName zone,
            Collection<BlockedName> removed,
            Collection<BlockedName> added,
            Optional<Long> listImport) {
        Published before = hold(zone);
        Serial serial = next(before.serial(), clock.instant());
        boolean whole = removed.size() + added.size() > MOST || settingsChanged(zone);
        boolean listed = removed.size() + added.size() <= MOST;
        var version = new Published(serial, clock.instant());
        jdbc.sql(
                        """
                        insert into zone_changes values (:zone, :serial, :from, :at, :whole, :removed, :added, :import::bigint)
                        """)
                .param("zone", zone.wire())
                .param("serial", serial.value())
                .param("from", before.serial().value())
                .param("at", version.at().atOffset(ZoneOffset.UTC))
                .param("whole", whole)
                .param("removed", listed ? Spelling.of(removed) : new String[0])
                .param("added", listed ? Spelling.of(added) : new String[0])
                .param("import", listImport.orElse(null))
                .update();
        jdbc.sql(
                        """
                        update zones set serial = :serial, published_at = :at, settings = :settings
                        where name = :zone
                        """)
                .param("serial", serial.value())
                .param("at", version.at().atOffset(ZoneOffset.UTC))
                .param("settings", zones.fingerprint(zone))
                .param("zone", zone.wire())
                .update();
        jdbc.sql("select pg_notify(:bell, :zone)")
                .param("bell", BELL)
                .param("zone", zone.wire())
                .query((_, _) -> true)
                .list();
        return version;
    }

    /** Whether all records of the next version differ from those of the newest. */
    private boolean settingsChanged(ZoneName zone) {
        String settings =
                jdbc.sql("select settings from zones where name = :zone")
                        .param("zone", zone.wire())
                        .query(String.class)
                        .single();
        return !settings.equals(zones.fingerprint(zone));
    }

    static Serial next(Serial last, Instant now) {
        var second = new Serial(now.getEpochSecond() & 0xffff_ffffL);
        return last.value() == 0 || second.isAfter(last) ? second : last.next();
    }
}
