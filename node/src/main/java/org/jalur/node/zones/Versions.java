package org.jalur.node.zones;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

    /** No version that is served is older. */
    static final Duration RENEWAL = Duration.ofHours(1);

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
        static Change read(ResultSet row, int number) throws SQLException {
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
                .query(Change::read)
                .list()
                .reversed();
    }

    /** When the first version after one was published; empty if that is the newest, or unknown. */
    Optional<Instant> firstAfter(ZoneName zone, Serial serial) {
        return jdbc.sql(
                        "select * from zone_changes where zone = :zone and from_serial = :serial limit 1")
                .param("zone", zone.wire())
                .param("serial", serial.value())
                .query(Change::read)
                .optional()
                .map(Change::at);
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
        boolean listed = removed.size() + added.size() <= MOST;
        return record(
                zone,
                listed ? Optional.of(new Names(removed, added)) : Optional.empty(),
                Optional.empty());
    }

    /** What a version has that the one before had not, and the other way round. */
    record Names(Collection<BlockedName> removed, Collection<BlockedName> added) {
        static final Names NONE = new Names(List.of(), List.of());
    }

    /**
     * Writes down a version whose names stand in {@code zone_names} already.
     *
     * @param names what changed; empty if it is too much to be listed
     * @param listImport what stands behind it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Published record(ZoneName zone, Optional<Names> names, Optional<Long> listImport) {
        Published before = hold(zone);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var version = new Published(next(before.serial(), now), now);
        Names listed = names.orElse(Names.NONE);
        jdbc.sql(
                        """
                        insert into zone_changes
                        values (:zone, :serial, :from, :at, :whole, :removed, :added, :import::bigint)
                        """)
                .param("zone", zone.wire())
                .param("serial", version.serial().value())
                .param("from", before.serial().value())
                .param("at", version.at().atOffset(ZoneOffset.UTC))
                .param("whole", names.isEmpty() || settingsChanged(zone))
                .param("removed", Spelling.of(listed.removed()))
                .param("added", Spelling.of(listed.added()))
                .param("import", listImport.orElse(null))
                .update();
        jdbc.sql(
                        """
                        update zones set serial = :serial, published_at = :at, settings = :settings
                        where name = :zone
                        """)
                .param("serial", version.serial().value())
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

    /** A version like the one before it, which a secondary takes whatever it has. */
    @Transactional
    public Published anew(ZoneName zone) {
        return record(zone, Optional.of(Names.NONE), Optional.empty());
    }

    /**
     * A version like the one before it, if that one is old: by the age of its version, which the
     * zone tells, anybody sees at a resolver whether the primary still lives.
     */
    @Transactional
    public void renew(ZoneName zone) {
        if (hold(zone).at().plus(RENEWAL).isBefore(clock.instant())) {
            record(zone, Optional.of(Names.NONE), Optional.empty());
        }
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
