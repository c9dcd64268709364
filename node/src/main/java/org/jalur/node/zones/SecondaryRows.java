package org.jalur.node.zones;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Serial;
import org.jalur.dns.SecondaryState;
import org.jalur.dns.SecondaryState.Told;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each secondary is, for all processes and after a restart. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class SecondaryRows {
    private final JdbcClient jdbc;
    private final ZonesInUse zones;
    private final Map<String, SecondaryState> kept = new HashMap<>();

    SecondaryRows(JdbcClient jdbc, ZonesInUse zones) {
        this.jdbc = jdbc;
        this.zones = zones;
    }

    /**
     * @param has the version that it had last
     * @param fetched differences or whole
     * @param told the newest version that it was told of
     * @param refusal what it answered instead of an acknowledgement
     */
    record Row(
            ZoneName zone,
            String secondary,
            Optional<Serial> has,
            Optional<Instant> askedAt,
            Optional<String> fetched,
            Optional<Instant> fetchedAt,
            Optional<Serial> told,
            int tries,
            Optional<Instant> acknowledgedAt,
            Optional<String> refusal) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    ZoneName.valueOf(row.getString("zone").toUpperCase(Locale.ROOT)),
                    row.getString("secondary"),
                    serial(row, "has"),
                    instant(row, "asked_at"),
                    Optional.ofNullable(row.getString("fetched")),
                    instant(row, "fetched_at"),
                    serial(row, "told"),
                    row.getInt("tries"),
                    instant(row, "acknowledged_at"),
                    Optional.ofNullable(row.getString("refusal")));
        }

        private static Optional<Serial> serial(ResultSet row, String column) throws SQLException {
            long value = row.getLong(column);
            return row.wasNull() ? Optional.empty() : Optional.of(new Serial(value));
        }

        private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
            return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
        }
    }

    /** By zone and name. */
    List<Row> all() {
        return jdbc.sql("select * from zone_secondaries order by zone desc, secondary")
                .query(Row::from)
                .list();
    }

    /** Writes what has changed since it was written last. */
    void keep(List<SecondaryState> states) {
        for (SecondaryState state : states) {
            String key = state.zone() + " " + state.secondary();
            if (!state.equals(kept.get(key))) {
                zone(state.zone()).ifPresent(zone -> write(zone, state));
                kept.put(key, state);
            }
        }
    }

    private Optional<ZoneName> zone(DomainName origin) {
        return zones.names().stream()
                .filter(zone -> zones.settings(zone).orElseThrow().origin().equals(origin))
                .findFirst();
    }

    /**
     * Of several addresses the one that is furthest behind tells how it stands; of several
     * processes the one that heard of the secondary last, or that it answered.
     */
    private void write(ZoneName zone, SecondaryState state) {
        Optional<Told> told =
                state.told().stream()
                        .min(Comparator.comparing(one -> one.acknowledgedAt().isPresent()));
        jdbc.sql(
                        """
                        insert into zone_secondaries values (:zone, :secondary, :has::bigint, :askedAt::timestamptz,
                            :fetched, :fetchedAt::timestamptz, :told::bigint, :tries, :acknowledgedAt::timestamptz, :refusal)
                        on conflict (zone, secondary) do update set
                            has = case when excluded.has is null
                                    or excluded.asked_at < zone_secondaries.asked_at
                                then zone_secondaries.has else excluded.has end,
                            asked_at = greatest(excluded.asked_at, zone_secondaries.asked_at),
                            fetched = case when excluded.fetched is null
                                    or excluded.fetched_at < zone_secondaries.fetched_at
                                then zone_secondaries.fetched else excluded.fetched end,
                            fetched_at = greatest(excluded.fetched_at, zone_secondaries.fetched_at),
                            (told, tries, acknowledged_at, refusal) = (
                                select one.told, one.tries, one.acknowledged_at, one.refusal from (values
                                    (1, excluded.told, excluded.tries, excluded.acknowledged_at, excluded.refusal),
                                    (2, zone_secondaries.told, zone_secondaries.tries,
                                        zone_secondaries.acknowledged_at, zone_secondaries.refusal))
                                    as one (no, told, tries, acknowledged_at, refusal)
                                order by one.told desc nulls last, one.acknowledged_at is null, one.no limit 1)
                        """)
                .param("zone", zone.wire())
                .param("secondary", state.secondary())
                .param("has", state.has().map(Serial::value).orElse(null))
                .param("askedAt", at(state.askedAt()))
                .param(
                        "fetched",
                        state.fetched()
                                .map(one -> one.kind().name().toLowerCase(Locale.ROOT))
                                .orElse(null))
                .param("fetchedAt", at(state.fetched().map(SecondaryState.Fetched::at)))
                .param("told", told.map(one -> one.serial().value()).orElse(null))
                .param("tries", told.map(Told::tries).orElse(0))
                .param("acknowledgedAt", at(told.flatMap(Told::acknowledgedAt)))
                .param("refusal", told.flatMap(Told::refusal).orElse(null))
                .update();
    }

    private static @Nullable OffsetDateTime at(Optional<Instant> time) {
        return time.map(one -> one.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
