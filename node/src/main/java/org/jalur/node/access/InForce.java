package org.jalur.node.access;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockState;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.order.Standing;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.DueTimer;
import org.jalur.node.zones.OrderZone;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the order zone hold what is in force, with what made it so in the same transaction, and
 * tells the platform the version.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class InForce implements DueTimer.Looking<BlockLooks.Due> {
    /** Advisory lock: whoever publishes sees what whoever published before committed. */
    private static final long LOCK = 0x616c7a6f6e65L;

    private final JdbcClient jdbc;
    private final AccessBlocks blocks;
    private final BlockLooks looks;
    private final EventMessages messages;
    private final OrderZone zone;
    private final Notifications notifications;
    private final ObjectProvider<BlockWatcher> watchers;
    private final List<NamesWatcher> namesWatchers;
    private final Clock clock;

    InForce(
            JdbcClient jdbc,
            AccessBlocks blocks,
            BlockLooks looks,
            EventMessages messages,
            OrderZone zone,
            Notifications notifications,
            ObjectProvider<BlockWatcher> watchers,
            List<NamesWatcher> namesWatchers,
            Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.looks = looks;
        this.messages = messages;
        this.zone = zone;
        this.notifications = notifications;
        this.watchers = watchers;
        this.namesWatchers = namesWatchers;
        this.clock = clock;
    }

    @Override
    public Consumer<BlockLooks.Due> at(List<BlockLooks.Due> due) {
        return one -> settle(one.block());
    }

    /** Names are open at their end even if the order cannot be read any more. */
    @Override
    public void failed(BlockLooks.Due due) {
        looks.failed(due);
        int over =
                jdbc.sql("delete from access_in_force where block = :block and ends_at <= :now")
                        .param("block", due.block())
                        .param("now", BlockLooks.at(clock.instant()))
                        .update();
        if (over > 0) {
            publish();
        }
    }

    /** Does all that is to be done about a block at this moment. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settle(UUID id) {
        looks.hold(id);
        Block block = blocks.one(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Standing standing = block.at(now);
        tell(block, standing, now);
        Set<BlockedName> before = held(id);
        Set<BlockedName> wanted = new HashSet<>(standing.inForce());
        // The database knows microseconds.
        Instant endsAt = standing.endsAt().truncatedTo(ChronoUnit.MICROS);
        boolean renewed = !wanted.isEmpty() && !endsAt(id).equals(Optional.of(endsAt));
        if (!before.equals(wanted) || renewed) {
            hold(id, wanted, endsAt);
            long serial = publish();
            if (!before.containsAll(wanted)) {
                messages.send(block, new OrderEvent.BlockPublished(serial, now));
            }
            if (!wanted.containsAll(before)) {
                messages.send(block, new OrderEvent.LiftPublished(serial, now));
            }
        }
        looks.lookAt(id, next(block, standing, now));
        watchers.stream().forEach(watcher -> watcher.changed(id));
        watch(id, now);
    }

    /** Read again: what was just published is a fact of the order as well. */
    private void watch(UUID id, Instant now) {
        Block block = blocks.one(id);
        Map<DomainName, Instant> unmeasured = block.course().unmeasured(now);
        Map<BlockedName, Instant> lifting =
                block.of().names().stream()
                        .filter(one -> unmeasured.containsKey(one.name()))
                        .collect(
                                Collectors.toMap(
                                        one -> one,
                                        one ->
                                                Optional.ofNullable(unmeasured.get(one.name()))
                                                        .orElseThrow()));
        namesWatchers.forEach(one ->
                one.watch(
                        id, block.of().reference(), Set.copyOf(block.at(now).inForce()), lifting));
    }

    private Set<BlockedName> held(UUID id) {
        return new HashSet<>(
                jdbc.sql("select name, subdomains from access_in_force where block = :block")
                        .param("block", id)
                        .query((row, _) ->
                                new BlockedName(
                                        new DomainName(row.getString("name")),
                                        row.getBoolean("subdomains")))
                        .list());
    }

    private Optional<Instant> endsAt(UUID id) {
        return jdbc.sql("select min(ends_at) as ends_at from access_in_force where block = :block")
                .param("block", id)
                .query((row, _) -> AccessBlocks.time(row, "ends_at"))
                .single();
    }

    private void hold(UUID id, Set<BlockedName> names, Instant endsAt) {
        jdbc.sql("delete from access_in_force where block = :block").param("block", id).update();
        List<BlockedName> all = List.copyOf(names);
        jdbc.sql(
                        """
                        insert into access_in_force (block, name, subdomains, ends_at)
                        select :block, name, subdomains, :endsAt
                        from unnest(:names::text[], :subdomains::boolean[]) as new(name, subdomains)
                        """)
                .param("block", id)
                .param("names", all.stream().map(one -> one.name().ascii()).toArray(String[]::new))
                .param(
                        "subdomains",
                        all.stream().map(BlockedName::withSubdomains).toArray(Boolean[]::new))
                .param("endsAt", BlockLooks.at(endsAt))
                .update();
    }

    /** The serial of the version that holds exactly what is in force. */
    private long publish() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((_, _) -> true)
                .single();
        Map<UUID, ExportedOrder> orders = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select block, reference, ends_at, name, subdomains
                        from access_in_force join access_orders on access_orders.id = block
                        where ends_at > :now order by reference, block, name
                        """)
                .param("now", BlockLooks.at(clock.instant()))
                .query(row -> {
                    UUID id = row.getObject("block", UUID.class);
                    var name =
                            new BlockedName(
                                    new DomainName(row.getString("name")),
                                    row.getBoolean("subdomains"));
                    var one =
                            new ExportedOrder(
                                    row.getString("reference"),
                                    row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                                    List.of(name));
                    orders.merge(
                            id,
                            one,
                            (known, more) ->
                                    new ExportedOrder(
                                            known.reference(),
                                            known.endsAt(),
                                            Stream.concat(
                                                            known.names().stream(),
                                                            more.names().stream())
                                                    .toList()));
                });
        return zone.publish(List.copyOf(orders.values())).serial().value();
    }

    /** Each once, by the moment that it is about. */
    private void tell(Block block, Standing standing, Instant now) {
        standing.proposal()
                .map(proposal -> since(block, standing, proposal))
                .ifPresent(since -> tell(block, Kind.LIFT_PROPOSED, since));
        if (standing.isReviewDue(now)) {
            tell(block, Kind.BLOCK_REVIEW, standing.reviewAt());
        }
        if (standing.inForce().isEmpty()) {
            notifications.settled(block.id(), Kind.LIFT_PROPOSED);
            notifications.settled(block.id(), Kind.BLOCK_REVIEW);
        }
    }

    private void tell(Block block, Kind kind, Instant since) {
        notifications.tell(Event.of(kind, block.id(), since, block.of().reference()));
    }

    private static Instant since(Block block, Standing standing, Standing.Proposal proposal) {
        return switch (proposal) {
            case CONDITIONS_MET -> last(block, OrderEvent.ConditionMet.class);
            case OBJECTION_UPHELD -> last(block, OrderEvent.ObjectionAnswered.class);
            case PROMISE_DUE -> standing.promisedLift().orElseThrow();
        };
    }

    private static Instant last(Block block, Class<? extends OrderEvent> kind) {
        return block.course().events().stream()
                .filter(kind::isInstance)
                .map(OrderEvent::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** When something comes by itself; empty if nothing does. */
    private static Optional<Instant> next(Block block, Standing standing, Instant now) {
        Stream<Instant> times =
                switch (standing.state()) {
                    case BlockState.Announced(_, var effectAt) -> Stream.of(effectAt);
                    case BlockState.InForce _ ->
                            Stream.concat(
                                    Stream.of(standing.endsAt(), standing.reviewAt()),
                                    standing.promisedLift().stream());
                    case BlockState.Drafted _,
                            BlockState.ApprovedByOne _,
                            BlockState.Approved _,
                            BlockState.LiftOrdered _,
                            BlockState.Lifting _,
                            BlockState.Lifted _,
                            BlockState.LiftedExceptUnreachable _,
                            BlockState.Ended _ ->
                            Stream.empty();
                };
        Stream<Instant> ahead =
                block.course().events().stream().map(OrderEvent::at).filter(now::isBefore);
        return Stream.concat(times, ahead).filter(now::isBefore).min(Instant::compareTo);
    }
}
