package org.jalur.node.resolvers;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Cell;
import org.jalur.access.measure.Closure;
import org.jalur.access.measure.LiftReading;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.measure.Verdict;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.OrderEvent;
import org.jalur.node.access.OrderActs;
import org.jalur.node.access.OrderedNames;
import org.jalur.node.accounts.Caller;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whether lifts are done: when every name at every registered resolver was measured open after it
 * was published. That is an event of the order, and a message: the platform sees the same.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class LiftMeasuring {
    private static final int LONGEST_REASON = 2_000;

    private final WatchedNames watched;
    private final OrderedNames ordered;
    private final ResolverRegister register;
    private final Readings readings;
    private final Closures closures;
    private final OrderActs acts;
    private final LiftReminders reminders;
    private final Notifications notifications;
    private final TransactionTemplate transactions;
    private final Clock clock;

    LiftMeasuring(
            WatchedNames watched,
            OrderedNames ordered,
            ResolverRegister register,
            Readings readings,
            Closures closures,
            OrderActs acts,
            LiftReminders reminders,
            Notifications notifications,
            TransactionTemplate transactions,
            Clock clock) {
        this.watched = watched;
        this.ordered = ordered;
        this.register = register;
        this.readings = readings;
        this.closures = closures;
        this.acts = acts;
        this.reminders = reminders;
        this.notifications = notifications;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Names of an order that were published as open at the same moment.
     *
     * @param names as they were ordered
     * @param rows that are measured for them: each name, and what tells of its subdomains
     * @param held rows that another order keeps blocked: the lift waits for that order, and no
     *     operator lags
     * @param reading empty where no resolver is registered: nothing would prove the lift
     */
    record Lift(
            UUID block,
            String reference,
            Instant published,
            Set<DomainName> names,
            Set<DomainName> rows,
            Set<DomainName> held,
            Optional<LiftReading> reading) {
        /** The ordered name that a row tells of. */
        DomainName ordered(DomainName row) {
            return Subdomains.above(row, rows).filter(names::contains).orElse(row);
        }
    }

    /** Reads all lifts, each in a transaction of its own. */
    void read() {
        watched.lifting().forEach(block -> transactions.executeWithoutResult(_ -> readHeld(block)));
    }

    private void readHeld(UUID block) {
        // Read without the lock first: most of the time nothing is to be done.
        if (lifts(block).stream().noneMatch(this::isToDo)) {
            return;
        }
        acts.hold(block);
        lifts(block).forEach(this::act);
    }

    private boolean isToDo(Lift lift) {
        return lift.reading()
                .filter(reading ->
                        switch (reading) {
                            case LiftReading.AllOpen _, LiftReading.OpenExcept _ -> true;
                            case LiftReading.Waiting waiting ->
                                    reminders.isDue(lift, waiting.lagging());
                        })
                .isPresent();
    }

    List<Lift> lifts(UUID block) {
        Map<Instant, List<WatchedNames.Watched>> together =
                watched.of(block).stream()
                        .filter(WatchedNames.Watched::lifting)
                        .collect(
                                Collectors.groupingBy(
                                        WatchedNames.Watched::since,
                                        TreeMap::new,
                                        Collectors.toList()));
        List<UUID> resolvers = register.counting().stream().map(Resolver::id).toList();
        List<Closure> closed = closures.of(block);
        return together.entrySet().stream()
                .map(one -> lift(one.getKey(), one.getValue(), resolvers, closed))
                .toList();
    }

    private Lift lift(
            Instant published,
            List<WatchedNames.Watched> watchedNames,
            List<UUID> resolvers,
            List<Closure> closed) {
        Set<DomainName> rows =
                watchedNames.stream()
                        .map(WatchedNames.Watched::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        WatchedNames.Watched first = watchedNames.getFirst();
        Set<DomainName> names =
                ordered.of(first.block()).names().stream()
                        .map(BlockedName::name)
                        .filter(rows::contains)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<DomainName> held = watched.heldByOthers(first.block(), rows);
        List<Readings.Row> newest = readings.newest(rows, resolvers, false);
        Optional<LiftReading> reading =
                resolvers.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                LiftReading.of(
                                                cells(rows, resolvers),
                                                published,
                                                newest.stream()
                                                        .map(Readings.Row::measurement)
                                                        .toList(),
                                                closed,
                                                missing(newest))
                                        .without(held));
        return new Lift(first.block(), first.reference(), published, names, rows, held, reading);
    }

    /** Subdomains that do not exist; the other row tells of them, if that one does. */
    private static Map<Cell, Cell> missing(List<Readings.Row> newest) {
        Map<Cell, Cell> missing = new HashMap<>();
        newest.stream()
                .filter(row -> row.why().equals(Resolver.wire(Verdict.Why.GENUINELY_MISSING)))
                .forEach(row ->
                        Subdomains.twin(row.name())
                                .ifPresent(twin ->
                                        missing.put(
                                                row.measurement().cell(),
                                                new Cell(row.resolver().toString(), twin))));
        return missing;
    }

    static Set<Cell> cells(Collection<DomainName> names, Collection<UUID> resolvers) {
        Set<Cell> cells = new HashSet<>();
        resolvers.forEach(
                resolver -> names.forEach(name -> cells.add(new Cell(resolver.toString(), name))));
        return cells;
    }

    private void act(Lift lift) {
        lift.reading()
                .ifPresent(reading -> {
                    switch (reading) {
                        case LiftReading.Waiting(var lagging) -> reminders.plan(lift, lagging);
                        case LiftReading.AllOpen _ -> measured(lift, Set.of());
                        case LiftReading.OpenExcept(_, var unreachable) ->
                                measured(
                                        lift,
                                        unreachable.stream()
                                                .map(one -> lift.ordered(one.cell().name()))
                                                .collect(Collectors.toSet()));
                    }
                });
    }

    private void measured(Lift lift, Set<DomainName> unreachable) {
        Set<DomainName> open = new TreeSet<>(lift.names());
        open.removeAll(unreachable);
        acts.record(
                lift.block(),
                new OrderEvent.LiftMeasured(
                        open, unreachable, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        reminders.needless(lift.block());
        notifications.settled(lift.block(), Kind.LIFT_LAGS);
    }

    /**
     * Closes names at a resolver as not measured. Only what was asked since it was lifted, and was
     * silent or unclear, can be closed: nobody's word opens what answers as blocked.
     *
     * @throws ProblemException 409 if one of them was not asked, or is measured
     */
    @Transactional
    public void close(
            UUID block, UUID resolver, Set<DomainName> names, String reason, Caller caller) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "reason-missing",
                    "Say why, in at most %d characters.".formatted(LONGEST_REASON),
                    LONGEST_REASON);
        }
        if (names.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "names-missing",
                    "Name at least one name to close.");
        }
        acts.hold(block);
        Resolver one = register.one(resolver);
        List<Lift> lifts = lifts(block);
        Instant now = clock.instant();
        for (DomainName name : names) {
            var cell = new Cell(one.id().toString(), name);
            boolean closable =
                    lifts.stream()
                            .flatMap(lift -> lagging(lift).stream())
                            .filter(lag -> lag.cell().equals(cell))
                            .anyMatch(lag ->
                                    switch (lag.cause()) {
                                        case SILENT, UNCLEAR -> true;
                                        case NOT_ASKED, BLOCKED -> false;
                                    });
            if (!closable) {
                throw new ProblemException(
                        HttpStatus.CONFLICT,
                        "not-closable",
                        "%s at \"%s\" was measured, was not asked since the lift, or is not being lifted; only what is silent or unclear is closed."
                                .formatted(name, one.name()),
                        name,
                        one.name());
            }
            closures.add(block, new Closure(cell, why, caller.pseudonym(), now));
        }
        lifts(block).forEach(this::act);
    }

    static List<LiftReading.Lag> lagging(Lift lift) {
        return lift.reading()
                .map(reading ->
                        switch (reading) {
                            case LiftReading.Waiting(var lagging) -> lagging;
                            case LiftReading.AllOpen _, LiftReading.OpenExcept _ ->
                                    List.<LiftReading.Lag>of();
                        })
                .orElse(List.of());
    }
}
