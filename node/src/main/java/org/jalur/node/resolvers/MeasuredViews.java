package org.jalur.node.resolvers;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.access.DomainName;
import org.jalur.access.measure.CacheTail;
import org.jalur.access.measure.Cell;
import org.jalur.access.measure.Closure;
import org.jalur.access.measure.HeatMap;
import org.jalur.access.measure.LiftReading;
import org.jalur.access.measure.Measurement;
import org.jalur.access.measure.NameState;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.node.access.OrderedNames;
import org.jalur.node.zones.OrderZone;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was measured, as people and programs look at it. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class MeasuredViews {
    /** Most rows of a table; all of them are in the file. */
    static final int ROWS = 500;

    private static final int OVER_TIME = 20_000;
    private static final int COLUMNS = 60;

    /** Of a column of the picture at least, so that one round of questions leaves no gaps. */
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(10);

    private static final int PICTURE_ROWS = 120;
    private static final Duration SHOWN = Duration.ofDays(7);
    private static final Duration FILED = Duration.ofDays(90);

    private final ResolverRegister register;
    private final WatchedNames watched;
    private final Readings readings;
    private final Closures closures;
    private final LiftMeasuring lifts;
    private final LiftReminders reminders;
    private final OrderedNames ordered;
    private final OrderZone zone;
    private final Controls controls;
    private final Clock clock;

    MeasuredViews(
            ResolverRegister register,
            WatchedNames watched,
            Readings readings,
            Closures closures,
            LiftMeasuring lifts,
            LiftReminders reminders,
            OrderedNames ordered,
            OrderZone zone,
            Controls controls,
            Clock clock) {
        this.register = register;
        this.watched = watched;
        this.readings = readings;
        this.closures = closures;
        this.lifts = lifts;
        this.reminders = reminders;
        this.ordered = ordered;
        this.zone = zone;
        this.controls = controls;
        this.clock = clock;
    }

    /**
     * A name at a resolver, as it was measured last.
     *
     * @param above the ordered name whose subdomains it tells of; absent for a name itself. What
     *     begins with "jalur-probe" was asked for under another invented name each time
     * @param why of the verdict; what came from outside has none
     * @param errors that the resolver gave (RFC 8914)
     */
    record CellLine(
            String name,
            Optional<String> above,
            UUID resolver,
            String resolverName,
            String operator,
            String state,
            String why,
            String way,
            String canary,
            Optional<Long> serial,
            int ttl,
            List<String> errors,
            String source,
            String origin,
            Instant askedAt) {}

    /** How many names at resolvers are in each state. */
    record Sums(int open, int silent, int unclear, int blocked, int notAsked) {}

    /**
     * @param measuring whether a control resolver is set up
     * @param watched how many names are watched
     */
    record Overview(
            boolean measuring,
            List<Resolver> resolvers,
            List<ResolverRegister.Contact> contacts,
            int watched,
            Sums sums,
            List<CellLine> cells,
            HeatPicture picture,
            List<String> columns) {}

    Overview overview() {
        List<Resolver> all = register.all();
        List<Resolver> counting = all.stream().filter(Resolver::counts).toList();
        List<DomainName> names =
                watched.all().stream().map(WatchedNames.Watched::name).distinct().sorted().toList();
        List<CellLine> cells = cells(names, counting);
        Map<Cell, NameState> states = states(cells);
        List<String> rows = names.stream().limit(PICTURE_ROWS).map(DomainName::ascii).toList();
        List<String> columns =
                counting.stream().limit(PICTURE_ROWS).map(one -> one.id().toString()).toList();
        return new Overview(
                controls.exist(),
                all,
                register.contacts(),
                names.size(),
                sums(cells, names.size() * counting.size()),
                cells.stream().limit(ROWS).toList(),
                HeatPicture.now(rows, columns, cell -> Optional.ofNullable(states.get(cell))),
                IntStream.range(0, columns.size())
                        .mapToObj(i ->
                                "%d %s, %s"
                                        .formatted(
                                                i + 1,
                                                counting.get(i).operatorName(),
                                                counting.get(i).name()))
                        .toList());
    }

    private static Map<Cell, NameState> states(List<CellLine> cells) {
        Map<Cell, NameState> states = new HashMap<>();
        cells.forEach(one ->
                states.put(
                        new Cell(one.resolver().toString(), new DomainName(one.name())),
                        Resolver.of(NameState.values(), one.state()).orElseThrow()));
        return states;
    }

    private static Sums sums(List<CellLine> cells, int all) {
        Map<String, Long> many =
                cells.stream()
                        .collect(Collectors.groupingBy(CellLine::state, Collectors.counting()));
        return new Sums(
                many.getOrDefault("open", 0L).intValue(),
                many.getOrDefault("silent", 0L).intValue(),
                many.getOrDefault("unclear", 0L).intValue(),
                many.getOrDefault("blocked", 0L).intValue(),
                Math.max(0, all - cells.size()));
    }

    /** The worst first. */
    private List<CellLine> cells(List<DomainName> names, List<Resolver> resolvers) {
        Map<UUID, Resolver> known =
                resolvers.stream().collect(Collectors.toMap(Resolver::id, Function.identity()));
        return readings.newest(names, known.keySet(), false).stream()
                .sorted(
                        Comparator.comparing(Readings.Row::state)
                                .reversed()
                                .thenComparing(Readings.Row::name)
                                .thenComparing(Readings.Row::resolver))
                .map(one -> line(one, names, known))
                .toList();
    }

    private static CellLine line(
            Readings.Row row, Collection<DomainName> rows, Map<UUID, Resolver> known) {
        Optional<Resolver> resolver = Optional.ofNullable(known.get(row.resolver()));
        return new CellLine(
                row.name().ascii(),
                above(row.name(), rows),
                row.resolver(),
                resolver.map(Resolver::name).orElse(""),
                resolver.map(Resolver::operatorName).orElse(""),
                Resolver.wire(row.state()),
                row.why(),
                row.way(),
                row.canary(),
                row.serial(),
                row.ttl(),
                row.errors(),
                Resolver.wire(row.source()),
                row.origin(),
                row.askedAt());
    }

    private static Optional<String> above(DomainName row, Collection<DomainName> rows) {
        return Subdomains.above(row, rows).map(DomainName::ascii);
    }

    /**
     * Why a lift waits for a name at a resolver, and whom to call.
     *
     * @param cause not_asked, silent, unclear or blocked
     */
    record LagLine(
            String name,
            Optional<String> above,
            UUID resolver,
            String resolverName,
            String operator,
            String cause,
            boolean closable,
            Optional<ResolverRegister.Contact> contact) {}

    /**
     * @param tail until when caches may hold the old answer
     * @param alsoOrdered of these names, those that another order still blocks
     */
    record LiftLine(
            Instant published,
            List<String> names,
            boolean resolvers,
            List<LagLine> lagging,
            Instant tail,
            List<String> alsoOrdered) {}

    record ClosureLine(
            String name,
            UUID resolver,
            String resolverName,
            String reason,
            String by,
            Instant at) {}

    /**
     * What was measured of an order's names.
     *
     * @param picture over time; its fields say what the table of the file says
     */
    record Measured(
            UUID block,
            String reference,
            boolean measuring,
            List<LiftLine> lifts,
            Sums sums,
            List<CellLine> cells,
            List<CellLine> outside,
            List<ClosureLine> closures,
            List<LiftReminders.Reminder> reminders,
            @JsonIgnore HeatPicture picture) {}

    @Transactional(readOnly = true)
    public Measured of(UUID block) {
        OrderedNames.Ordered order = ordered.of(block);
        List<Resolver> counting = register.counting();
        List<DomainName> names = Subdomains.rows(order.names()).stream().sorted().toList();
        List<CellLine> cells = cells(names, counting);
        return new Measured(
                block,
                order.reference(),
                controls.exist(),
                lifts.lifts(block).stream().map(one -> lift(one, counting)).toList(),
                sums(cells, names.size() * counting.size()),
                cells.stream().limit(ROWS).toList(),
                outside(names),
                closures.of(block).stream().map(this::closure).toList(),
                reminders.of(block),
                picture(names, counting));
    }

    private List<CellLine> outside(List<DomainName> names) {
        Map<UUID, Resolver> all =
                register.all().stream()
                        .collect(Collectors.toMap(Resolver::id, Function.identity()));
        return readings
                .since(names, all.keySet(), clock.instant().minus(SHOWN), true, OVER_TIME)
                .stream()
                .filter(one -> one.source() == Readings.Source.OUTSIDE)
                .limit(ROWS)
                .map(one -> line(one, names, all))
                .toList();
    }

    private ClosureLine closure(Closure one) {
        UUID resolver = UUID.fromString(one.cell().resolver());
        return new ClosureLine(
                one.cell().name().ascii(),
                resolver,
                register.find(resolver).map(Resolver::name).orElse(""),
                one.reason(),
                one.by(),
                one.at());
    }

    private LiftLine lift(LiftMeasuring.Lift lift, List<Resolver> counting) {
        Map<String, Resolver> known =
                counting.stream()
                        .collect(Collectors.toMap(one -> one.id().toString(), Function.identity()));
        return new LiftLine(
                lift.published(),
                lift.names().stream().map(DomainName::ascii).toList(),
                lift.reading().isPresent(),
                LiftMeasuring.lagging(lift).stream()
                        .flatMap(lag ->
                                Optional.ofNullable(known.get(lag.cell().resolver()))
                                        .map(resolver -> lag(lift, lag, resolver))
                                        .stream())
                        .toList(),
                tail(lift, counting),
                lift.held().stream()
                        .map(lift::ordered)
                        .distinct()
                        .sorted()
                        .map(DomainName::ascii)
                        .toList());
    }

    private LagLine lag(LiftMeasuring.Lift lift, LiftReading.Lag lag, Resolver resolver) {
        return new LagLine(
                lag.cell().name().ascii(),
                above(lag.cell().name(), lift.rows()),
                resolver.id(),
                resolver.name(),
                resolver.operatorName(),
                Resolver.wire(lag.cause()),
                switch (lag.cause()) {
                    case SILENT, UNCLEAR -> true;
                    case NOT_ASKED, BLOCKED -> false;
                },
                register.contact(resolver.operator()));
    }

    private Instant tail(LiftMeasuring.Lift lift, List<Resolver> counting) {
        List<Measurement> since =
                readings
                        .since(
                                lift.rows(),
                                counting.stream().map(Resolver::id).toList(),
                                lift.published(),
                                false,
                                OVER_TIME)
                        .stream()
                        .map(Readings.Row::measurement)
                        .toList();
        return CacheTail.of(
                        lift.published(), zone.settings().map(ZoneSettings::ttl).orElse(0), since)
                .until();
    }

    /** Since the first reading of the last days until now, in so many steps. */
    private HeatPicture picture(List<DomainName> names, List<Resolver> counting) {
        Instant now = clock.instant();
        List<Readings.Row> rows =
                readings.since(
                        names,
                        counting.stream().map(Resolver::id).toList(),
                        now.minus(SHOWN),
                        false,
                        OVER_TIME);
        Map<String, Resolver> known =
                counting.stream()
                        .collect(Collectors.toMap(one -> one.id().toString(), Function.identity()));
        Set<Cell> cells = new HashSet<>();
        for (Readings.Row row : rows) {
            if (cells.size() < PICTURE_ROWS) {
                cells.add(row.measurement().cell());
            }
        }
        if (cells.isEmpty()) {
            return HeatPicture.EMPTY;
        }
        Instant from = rows.getLast().askedAt();
        Duration step =
                Duration.ofMillis(
                        Math.max(
                                SHORTEST_STEP.toMillis(),
                                Duration.between(from, now).toMillis() / COLUMNS + 1));
        HeatMap map =
                HeatMap.of(
                        cells,
                        rows.stream().map(Readings.Row::measurement).toList(),
                        from,
                        now.plusMillis(1),
                        step);
        return HeatPicture.over(
                map,
                cell ->
                        cell.name()
                                + " · "
                                + Optional.ofNullable(known.get(cell.resolver()))
                                        .map(Resolver::name)
                                        .orElse(""));
    }

    /** Every reading of the last 90 days as CSV (RFC 4180), the oldest first; times in UTC. */
    @Transactional(readOnly = true)
    public void write(OutputStream out) throws IOException {
        Map<UUID, Resolver> known =
                register.all().stream()
                        .collect(Collectors.toMap(Resolver::id, Function.identity()));
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(
                                "asked_at",
                                "name",
                                "operator",
                                "resolver",
                                "state",
                                "why",
                                "way",
                                "canary",
                                "serial",
                                "ttl",
                                "errors",
                                "source",
                                "origin")
                        .get();
        try (var csv =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format)) {
            readings.each(
                    clock.instant().minus(FILED), row -> print(csv, line(row, List.of(), known)));
        }
    }

    private static void print(CSVPrinter csv, CellLine one) {
        try {
            csv.printRecord(
                    one.askedAt(),
                    one.name(),
                    plain(one.operator()),
                    plain(one.resolverName()),
                    one.state(),
                    one.why(),
                    one.way(),
                    one.canary(),
                    one.serial().map(String::valueOf).orElse(""),
                    one.ttl(),
                    plain(String.join("; ", one.errors())),
                    one.source(),
                    plain(one.origin()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What strangers wrote is no formula for whoever opens the file with a spreadsheet. */
    private static String plain(String text) {
        return text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
