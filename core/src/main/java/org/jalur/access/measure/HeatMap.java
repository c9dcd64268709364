package org.jalur.access.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;

/**
 * Measurements over time: a row for each name at each resolver, a column for each step of time. A
 * field shows the worst that was measured in it; where nothing was, it is empty, never guessed.
 *
 * @param columns when each begins
 * @param rows in the order of resolvers and names, each as long as there are columns
 */
public record HeatMap(List<Instant> columns, Map<Cell, List<Optional<NameState>>> rows) {
    /** Most columns that one picture has. */
    public static final int MOST = 1_000;

    /**
     * @param from first moment that counts
     * @param until first moment that does not
     * @param step width of a column; the last may be cut off
     */
    public static HeatMap of(
            Set<Cell> cells,
            Collection<Measurement> measurements,
            Instant from,
            Instant until,
            Duration step) {
        if (!until.isAfter(from)) {
            throw new InvalidAccessException("until", AccessRule.NOT_AFTER, until, from);
        }
        Duration time = Duration.between(from, until);
        Duration least = time.dividedBy(MOST);
        if (!step.isPositive() || step.compareTo(least) < 0) {
            throw new InvalidAccessException("step", AccessRule.RANGE, step, least, time);
        }
        List<Instant> columns = new ArrayList<>();
        for (Instant at = from; at.isBefore(until); at = at.plus(step)) {
            columns.add(at);
        }
        Map<Cell, List<Optional<NameState>>> rows = new TreeMap<>();
        for (Cell cell : cells) {
            rows.put(cell, new ArrayList<>(Collections.nCopies(columns.size(), Optional.empty())));
        }
        for (Measurement one : measurements) {
            List<Optional<NameState>> row = rows.get(one.cell());
            if (row != null && !one.askedAt().isBefore(from) && one.askedAt().isBefore(until)) {
                int column = (int) Duration.between(from, one.askedAt()).dividedBy(step);
                row.set(column, Optional.of(worse(row.get(column), one.state())));
            }
        }
        rows.replaceAll((_, row) -> List.copyOf(row));
        return new HeatMap(List.copyOf(columns), Collections.unmodifiableMap(rows));
    }

    private static NameState worse(Optional<NameState> earlier, NameState state) {
        return earlier.filter(one -> one.compareTo(state) > 0).orElse(state);
    }
}
