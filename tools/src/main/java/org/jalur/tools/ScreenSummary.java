package org.jalur.tools;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jalur.screening.check.Hit;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.SignalKind;

/** Counts what a run of the screener found, and what it could not compare. */
final class ScreenSummary {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<String, Map<SignalKind, Long>> hits = new TreeMap<>();
    private long lines;
    private long refused;
    private long incomplete;
    private long found;

    /** A line was compared. */
    void compared() {
        lines++;
    }

    /** A line was not compared with anything. */
    void refused() {
        lines++;
        refused++;
    }

    /** Of a line that is compared, something is not. */
    void incomplete() {
        incomplete++;
    }

    void hit(Hit hit) {
        found++;
        hits.computeIfAbsent(hit.listed().list(), _ -> new TreeMap<>())
                .merge(hit.listed().entry().kind(), 1L, Long::sum);
    }

    /** Whether every line was compared, with everything in it. */
    boolean isComplete() {
        return refused == 0 && incomplete == 0;
    }

    void print(PrintWriter err, long nanos) {
        double seconds = Math.max(1, nanos) / NANOS;
        err.println(
                "%d lines read, %d refused, %d compared in part; %d hits; %s s, %d messages/s"
                        .formatted(
                                lines,
                                refused,
                                incomplete,
                                found,
                                String.format(Locale.ROOT, "%.2f", seconds),
                                Math.round(lines / seconds)));
        hits.forEach((list, kinds) ->
                kinds.forEach((kind, count) ->
                        err.println("  %s: %s %d".formatted(list, kind.word(), count))));
        err.flush();
    }

    /** What is wrong with a line, in one line. */
    static String sentence(String where, LineError error) {
        String value = error.value().isBlank() ? "" : "\"%s\": ".formatted(error.value());
        return "%s, line %d: %s%s; %s"
                .formatted(where, error.line(), value, error.rule(), error.wayOut());
    }
}
