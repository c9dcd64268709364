package org.jalur.node.zones;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The zones as people and programs look at them. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ZoneViews {
    private static final int VERSIONS = 10;

    private final JdbcClient jdbc;
    private final DnsSettings settings;
    private final ZonesInUse zones;
    private final Versions versions;
    private final SecondaryRows rows;
    private final Clock clock;

    ZoneViews(
            JdbcClient jdbc,
            DnsSettings settings,
            ZonesInUse zones,
            Versions versions,
            SecondaryRows rows,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.zones = zones;
        this.versions = versions;
        this.rows = rows;
        this.clock = clock;
    }

    /** Whether a secondary has the newest version. */
    enum Standing {
        /** It has. */
        FOLLOWS,
        /** It has an earlier one. */
        LAGS,
        /** It was never heard of. */
        NEVER
    }

    /**
     * @param operator id of the operator in the register
     * @param has the version that it had last
     * @param behindSince since when there is a later version than its own
     * @param behindSeconds how long that is
     * @param toldAt whether it wants NOTIFY at all
     * @param told the newest version that it was told of
     * @param acknowledgedAt when it answered that
     * @param refusal what it answered instead
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record SecondaryView(
            String name,
            String operator,
            Standing standing,
            Optional<Long> has,
            Optional<Instant> behindSince,
            Optional<Long> behindSeconds,
            Optional<Instant> askedAt,
            Optional<String> fetched,
            Optional<Instant> fetchedAt,
            boolean toldAt,
            Optional<Long> told,
            @JsonInclude int tries,
            Optional<Instant> acknowledgedAt,
            Optional<String> refusal) {}

    /** A zone as it is published. */
    record ZoneView(
            ZoneName zone,
            String origin,
            String canary,
            long serial,
            Optional<Instant> publishedAt,
            long names,
            int ttl,
            int refresh,
            int expire,
            List<SecondaryView> secondaries) {}

    /** The zones that are set up; with the small one first. */
    List<ZoneView> all() {
        List<SecondaryRows.Row> seen = rows.all();
        return zones.names().stream().map(zone -> view(zone, seen)).toList();
    }

    /** How the newest versions came about, the newest first. */
    List<Versions.Change> latest(ZoneName zone) {
        return versions.latest(zone, VERSIONS).reversed();
    }

    private ZoneView view(ZoneName zone, List<SecondaryRows.Row> seen) {
        ZoneSettings zoneSettings = zones.settings(zone).orElseThrow();
        Published newest = versions.newest(zone);
        return new ZoneView(
                zone,
                zoneSettings.origin().ascii(),
                zoneSettings.canary().ascii(),
                newest.serial().value(),
                Optional.of(newest.at()).filter(_ -> newest.serial().value() != 0),
                count(zone),
                zoneSettings.ttl(),
                zoneSettings.refresh(),
                zoneSettings.expire(),
                settings.secondaries().stream()
                        .filter(one -> one.allowedZones().contains(zone))
                        .map(one -> secondary(zone, one, newest, seen))
                        .toList());
    }

    private long count(ZoneName zone) {
        return jdbc.sql("select count(*) from zone_names where zone = :zone")
                .param("zone", zone.wire())
                .query(Long.class)
                .single();
    }

    private SecondaryView secondary(
            ZoneName zone,
            DnsSettings.Secondary configured,
            Published newest,
            List<SecondaryRows.Row> seen) {
        Optional<SecondaryRows.Row> row =
                seen.stream()
                        .filter(one ->
                                one.zone() == zone && one.secondary().equals(configured.name()))
                        .findFirst();
        Optional<Serial> has = row.flatMap(SecondaryRows.Row::has);
        boolean follows = has.filter(newest.serial()::equals).isPresent();
        Optional<Instant> since =
                has.filter(_ -> !follows).flatMap(theirs -> versions.firstAfter(zone, theirs));
        return new SecondaryView(
                configured.name(),
                Optional.ofNullable(configured.operator()).orElse(configured.name()),
                follows ? Standing.FOLLOWS : has.isPresent() ? Standing.LAGS : Standing.NEVER,
                has.map(Serial::value),
                since,
                since.map(time -> Math.max(0, Duration.between(time, clock.instant()).toSeconds())),
                row.flatMap(SecondaryRows.Row::askedAt),
                row.flatMap(SecondaryRows.Row::fetched),
                row.flatMap(SecondaryRows.Row::fetchedAt),
                !configured.notifyAt().isEmpty(),
                row.flatMap(SecondaryRows.Row::told).map(Serial::value),
                row.map(SecondaryRows.Row::tries).orElse(0),
                row.flatMap(SecondaryRows.Row::acknowledgedAt),
                row.flatMap(SecondaryRows.Row::refusal));
    }

    /** All secondaries, a line for each and zone. */
    void write(OutputStream out) throws IOException {
        try (var csv =
                new CSVPrinter(
                        new OutputStreamWriter(out, StandardCharsets.UTF_8),
                        CSVFormat.RFC4180
                                .builder()
                                .setHeader(
                                        "zone",
                                        "secondary",
                                        "operator",
                                        "standing",
                                        "newest",
                                        "has",
                                        "behind_since",
                                        "asked_at",
                                        "fetched",
                                        "fetched_at",
                                        "told",
                                        "tries",
                                        "acknowledged_at",
                                        "refusal")
                                .get())) {
            for (ZoneView zone : all()) {
                for (SecondaryView one : zone.secondaries()) {
                    csv.printRecord(
                            zone.origin(),
                            one.name(),
                            one.operator(),
                            one.standing().name().toLowerCase(java.util.Locale.ROOT),
                            zone.serial(),
                            text(one.has()),
                            text(one.behindSince()),
                            text(one.askedAt()),
                            text(one.fetched()),
                            text(one.fetchedAt()),
                            text(one.told()),
                            one.tries(),
                            text(one.acknowledgedAt()),
                            text(one.refusal()));
                }
            }
        }
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }
}
