package org.jalur.node.resolvers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Cell;
import org.jalur.access.measure.ExtendedError;
import org.jalur.access.measure.Measurement;
import org.jalur.access.measure.NameState;
import org.jalur.access.measure.Reading;
import org.jalur.access.measure.Way;
import org.jalur.access.zone.Serial;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was measured; rows that only grow. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Readings {
    private static final String ROWS =
            """
            select no, resolver, name, asked_at, state, why, way, canary, serial, ttl, errors, source, origin
            from name_readings
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Readings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Who asked. */
    enum Source {
        NODE,
        PROBE,
        /** Somebody else, with tools of their own: shown, and no lift rests on it. */
        OUTSIDE
    }

    /**
     * @param why of the verdict
     * @param way that was answered so, as "a udp"
     * @param canary whether the resolver follows the zone
     * @param serial that the resolver gave
     * @param errors as the resolver said them, code and text
     * @param origin the probe's name, or what the outside results are called
     */
    record Row(
            UUID resolver,
            DomainName name,
            Instant askedAt,
            NameState state,
            String why,
            String way,
            String canary,
            Optional<Long> serial,
            int ttl,
            List<String> errors,
            Source source,
            String origin) {
        static Row from(ResultSet row, int number) throws SQLException {
            long serial = row.getLong("serial");
            boolean none = row.wasNull();
            return new Row(
                    row.getObject("resolver", UUID.class),
                    new DomainName(row.getString("name")),
                    row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                    NameState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                    row.getString("why"),
                    row.getString("way"),
                    row.getString("canary"),
                    none ? Optional.empty() : Optional.of(serial),
                    row.getInt("ttl"),
                    Arrays.asList((String[]) row.getArray("errors").getArray()),
                    Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                    row.getString("origin"));
        }

        static Row of(
                UUID resolver,
                DomainName name,
                Instant askedAt,
                Reading reading,
                Optional<Serial> serial,
                Source source,
                String origin) {
            return new Row(
                    resolver,
                    name,
                    askedAt,
                    reading.state(),
                    Resolver.wire(reading.why()),
                    words(reading.way()),
                    Resolver.wire(reading.canary()),
                    serial.map(Serial::value),
                    reading.ttl(),
                    reading.errors().stream().map(Row::words).toList(),
                    source,
                    origin);
        }

        private static String words(Way way) {
            return Resolver.wire(way.asked())
                    + (way.tcp() ? " tcp" : " udp")
                    + (way.dnssec() ? " do" : "");
        }

        private static String words(ExtendedError error) {
            String text = error.text();
            return (error.code() + " " + text.substring(0, Math.min(text.length(), 200))).strip();
        }

        Measurement measurement() {
            return new Measurement(new Cell(resolver.toString(), name), state, askedAt, ttl);
        }
    }

    /**
     * @return whether it is new: the same again changes nothing
     */
    boolean add(Row row) {
        return jdbc.sql(
                                """
                                insert into name_readings (resolver, name, asked_at, state, why, way, canary, serial,
                                    ttl, errors, source, origin, known_at)
                                values (:resolver, :name, :askedAt, :state, :why, :way, :canary, :serial::bigint,
                                    :ttl, :errors, :source, :origin, :now)
                                on conflict do nothing
                                """)
                        .param("resolver", row.resolver())
                        .param("name", row.name().ascii())
                        .param("askedAt", row.askedAt().atOffset(ZoneOffset.UTC))
                        .param("state", Resolver.wire(row.state()))
                        .param("why", row.why())
                        .param("way", row.way())
                        .param("canary", row.canary())
                        .param("serial", row.serial().orElse(null))
                        .param("ttl", row.ttl())
                        .param("errors", row.errors().toArray(String[]::new))
                        .param("source", Resolver.wire(row.source()))
                        .param("origin", row.origin())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** The newest of each name at each resolver; those from outside only where wanted. */
    List<Row> newest(Collection<DomainName> names, Collection<UUID> resolvers, boolean outside) {
        return jdbc.sql(
                        """
                        select read.* from unnest(:names::text[]) as wanted(name)
                        cross join unnest(:resolvers::uuid[]) as asked(resolver)
                        cross join lateral (
                            select no, resolver, name, asked_at, state, why, way, canary, serial, ttl, errors, source,
                                origin
                            from name_readings one
                            where one.name = wanted.name and one.resolver = asked.resolver
                                and (:outside or source <> 'outside')
                            order by asked_at desc, no desc limit 1) read
                        """)
                .param("names", texts(names))
                .param("resolvers", resolvers.toArray(UUID[]::new))
                .param("outside", outside)
                .query(Row::from)
                .list();
    }

    /** Since a moment, for what lifts rest on and for pictures; at most so many, the newest. */
    List<Row> since(
            Collection<DomainName> names,
            Collection<UUID> resolvers,
            Instant from,
            boolean outside,
            int most) {
        return jdbc.sql(
                        ROWS
                                + """
                                where name = any(:names) and resolver = any(:resolvers) and asked_at >= :from
                                    and (:outside or source <> 'outside')
                                order by asked_at desc, no desc limit :most
                                """)
                .param("names", texts(names))
                .param("resolvers", resolvers.toArray(UUID[]::new))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("outside", outside)
                .param("most", most)
                .query(Row::from)
                .list();
    }

    /** All since a moment, one by one, the oldest first. */
    void each(Instant from, Consumer<Row> reader) {
        jdbc.sql(ROWS + "where asked_at >= :from order by asked_at, no")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .withFetchSize(500)
                .query((RowCallbackHandler) row -> reader.accept(Row.from(row, 0)));
    }

    private static String[] texts(Collection<DomainName> names) {
        return names.stream().map(DomainName::ascii).toArray(String[]::new);
    }
}
