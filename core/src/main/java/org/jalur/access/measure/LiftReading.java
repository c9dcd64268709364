package org.jalur.access.measure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Whether a lift is done: only what was asked after the zone without the names was published
 * counts, and of that the latest.
 */
public sealed interface LiftReading {
    /** The same, where nobody is asked to hurry with some names: what is done stays done. */
    default LiftReading without(Set<DomainName> held) {
        return this instanceof Waiting(var lagging)
                ? new Waiting(
                        lagging.stream().filter(lag -> !held.contains(lag.cell().name())).toList())
                : this;
    }

    /**
     * @param lagging cells that are not open, by resolver and name
     */
    record Waiting(List<Lag> lagging) implements LiftReading {}

    /**
     * Every name at every resolver measured open.
     *
     * @param at when the last of them was asked
     */
    record AllOpen(Instant at) implements LiftReading {}

    /**
     * @param unreachable closed as not measured, by resolver and name
     */
    record OpenExcept(Instant at, List<Closure> unreachable) implements LiftReading {}

    /** Why a lift waits for a cell. */
    record Lag(Cell cell, Cause cause) {
        public enum Cause {
            NOT_ASKED,
            SILENT,
            UNCLEAR,
            BLOCKED
        }
    }

    /**
     * Reads a lift. A closure counts only while its cell was asked and cannot be measured: what
     * answers as blocked is not closed by anybody's word.
     *
     * @param cells every lifted name at every registered resolver
     * @param published when the zone without the names was
     * @param missing cells of names that do not exist, so that a block would look the same, each
     *     with the cell whose answer tells of it
     * @throws IllegalArgumentException if there are no cells: nothing would prove the lift
     */
    static LiftReading of(
            Set<Cell> cells,
            Instant published,
            Collection<Measurement> measurements,
            Collection<Closure> closures,
            Map<Cell, Cell> missing) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a lift without names or resolvers to measure");
        }
        Map<Cell, Measurement> latest = latest(published, measurements);
        Map<Cell, Closure> closed = new HashMap<>();
        closures.forEach(one -> closed.putIfAbsent(one.cell(), one));
        List<Lag> lagging = new ArrayList<>();
        List<Closure> unreachable = new ArrayList<>();
        Instant done = published;
        for (Cell cell : cells.stream().sorted().toList()) {
            Measurement measured = latest.get(cell);
            Closure closure = closed.get(cell);
            if (measured != null && measured.state() == NameState.OPEN) {
                done = later(done, measured.askedAt());
            } else if (measured != null
                    && measured.state() == NameState.UNCLEAR
                    && isOpen(latest, missing.get(cell))) {
                done = later(done, measured.askedAt());
            } else if (measured != null && closure != null && !measured.state().isCertain()) {
                unreachable.add(closure);
                done = later(done, closure.at());
            } else {
                lagging.add(new Lag(cell, cause(measured)));
            }
        }
        if (!lagging.isEmpty()) {
            return new Waiting(List.copyOf(lagging));
        }
        return unreachable.isEmpty()
                ? new AllOpen(done)
                : new OpenExcept(done, List.copyOf(unreachable));
    }

    private static boolean isOpen(Map<Cell, Measurement> latest, @Nullable Cell cell) {
        Measurement measured = cell == null ? null : latest.get(cell);
        return measured != null && measured.state() == NameState.OPEN;
    }

    private static Map<Cell, Measurement> latest(
            Instant published, Collection<Measurement> measurements) {
        Comparator<Measurement> byTime =
                Comparator.comparing(Measurement::askedAt)
                        // Of two at the same moment the worse one counts.
                        .thenComparing(Measurement::state);
        Map<Cell, Measurement> latest = new HashMap<>();
        measurements.stream()
                .filter(one -> !one.askedAt().isBefore(published))
                .forEach(one ->
                        latest.merge(
                                one.cell(),
                                one,
                                (old, other) -> byTime.compare(old, other) < 0 ? other : old));
        return latest;
    }

    private static Lag.Cause cause(@Nullable Measurement measured) {
        if (measured == null) {
            return Lag.Cause.NOT_ASKED;
        }
        return switch (measured.state()) {
            case SILENT -> Lag.Cause.SILENT;
            case UNCLEAR -> Lag.Cause.UNCLEAR;
            case BLOCKED -> Lag.Cause.BLOCKED;
            case OPEN -> throw new IllegalStateException("open does not lag: " + measured);
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
