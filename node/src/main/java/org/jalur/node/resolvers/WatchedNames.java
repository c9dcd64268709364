package org.jalur.node.resolvers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.order.BlockedName;
import org.jalur.node.access.NamesWatcher;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Names that are in force or being lifted: what resolvers are asked for. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class WatchedNames implements NamesWatcher {
    private final JdbcClient jdbc;
    private final MeasureSettings settings;
    private final Clock clock;

    WatchedNames(JdbcClient jdbc, MeasureSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param name a name, or a row for its subdomains
     * @param since when the zone that has it, or has it no more, was published
     */
    record Watched(UUID block, String reference, DomainName name, boolean lifting, Instant since) {
        static Watched from(ResultSet row, int number) throws SQLException {
            return new Watched(
                    row.getObject("block", UUID.class),
                    row.getString("reference"),
                    new DomainName(row.getString("name")),
                    row.getBoolean("lifting"),
                    row.getObject("since", OffsetDateTime.class).toInstant());
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void watch(
            UUID block,
            String reference,
            Set<BlockedName> inForce,
            Map<BlockedName, Instant> lifting) {
        Map<DomainName, Optional<Instant>> rows = rows(inForce, lifting);
        String[] names = rows.keySet().stream().map(DomainName::ascii).toArray(String[]::new);
        int changed =
                jdbc.sql("delete from watched_names where block = :block and name <> all(:names)")
                        .param("block", block)
                        .param("names", names)
                        .update();
        for (Map.Entry<DomainName, Optional<Instant>> row : rows.entrySet()) {
            changed +=
                    put(
                            block,
                            reference,
                            row.getKey(),
                            row.getValue().isPresent(),
                            row.getValue().orElseGet(clock::instant));
        }
        if (changed > 0) {
            askSoon();
        }
    }

    /**
     * Names and what is asked for their subdomains, with since when each is to be open. What is
     * still in force, or named itself, comes before what is told of a name above.
     */
    private static Map<DomainName, Optional<Instant>> rows(
            Set<BlockedName> inForce, Map<BlockedName, Instant> lifting) {
        Map<DomainName, Optional<Instant>> rows = new HashMap<>();
        inForce.forEach(one -> rows.put(one.name(), Optional.empty()));
        lifting.forEach((one, since) -> rows.putIfAbsent(one.name(), Optional.of(since)));
        Subdomains.rows(inForce).forEach(row -> rows.putIfAbsent(row, Optional.empty()));
        lifting.forEach((one, since) ->
                Subdomains.rows(one).forEach(row -> rows.putIfAbsent(row, Optional.of(since))));
        return rows;
    }

    private int put(UUID block, String reference, DomainName name, boolean lifting, Instant since) {
        return jdbc.sql(
                        """
                        insert into watched_names (block, name, reference, lifting, since)
                        values (:block, :name, :reference, :lifting, :since)
                        on conflict (block, name) do update
                            set lifting = excluded.lifting, since = excluded.since
                            where watched_names.lifting <> excluded.lifting
                        """)
                .param("block", block)
                .param("name", name.ascii())
                .param("reference", reference)
                .param("lifting", lifting)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .update();
    }

    private void askSoon() {
        jdbc.sql("update resolver_turns set next_at = :now where next_at > :now")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Watched> all() {
        return jdbc.sql("select * from watched_names order by name, block")
                .query(Watched::from)
                .list();
    }

    List<Watched> of(UUID block) {
        return jdbc.sql("select * from watched_names where block = :block order by name")
                .param("block", block)
                .query(Watched::from)
                .list();
    }

    /** Whether an order blocks what a row tells of. */
    boolean isInForce(DomainName row) {
        return jdbc.sql(
                        "select exists (select 1 from watched_names where name = :name and not lifting)")
                .param("name", row.ascii())
                .query(Boolean.class)
                .single();
    }

    /** What another order keeps blocked of these rows. */
    Set<DomainName> heldByOthers(UUID block, Collection<DomainName> rows) {
        Set<DomainName> inForce =
                jdbc.sql(
                                """
                                select distinct name from watched_names where not lifting and block <> :block
                                """)
                        .param("block", block)
                        .query((row, _) -> new DomainName(row.getString("name")))
                        .set();
        return rows.stream()
                .filter(row -> Subdomains.isBlocked(row, inForce))
                .collect(Collectors.toUnmodifiableSet());
    }

    List<UUID> lifting() {
        return jdbc.sql("select distinct block from watched_names where lifting")
                .query((row, _) -> row.getObject("block", UUID.class))
                .list();
    }

    /** Names for a resolver, those that were asked longest ago first. */
    List<DomainName> oldest(UUID resolver, int most) {
        return jdbc.sql(
                        """
                        select name from (select distinct name from watched_names) watched
                        left join lateral (select asked_at from name_readings read
                            where read.name = watched.name and read.resolver = :resolver and source <> 'outside'
                            order by asked_at desc limit 1) latest on true
                        order by asked_at nulls first, name limit :most
                        """)
                .param("resolver", resolver)
                .param("most", most)
                .query((row, _) -> new DomainName(row.getString("name")))
                .list();
    }

    /** Until a resolver is asked again; empty if nothing is watched. */
    Optional<Duration> pause() {
        return jdbc.sql(
                        """
                        select max(since) as since, bool_or(lifting) as lifting from watched_names
                        having count(*) > 0
                        """)
                .query(this::pause)
                .optional();
    }

    private Duration pause(ResultSet row, int number) throws SQLException {
        Instant since = row.getObject("since", OffsetDateTime.class).toInstant();
        if (clock.instant().isBefore(since.plus(settings.change()))) {
            return settings.soon();
        }
        return row.getBoolean("lifting") ? settings.lifting() : settings.steady();
    }
}
