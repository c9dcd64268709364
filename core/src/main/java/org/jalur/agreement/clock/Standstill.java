package org.jalur.agreement.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jalur.agreement.Deadline;
import org.jspecify.annotations.Nullable;

/** When a clock stood for one cause. */
final class Standstill {
    private final NavigableSet<Instant> stops = new TreeSet<>();
    private final NavigableSet<Instant> goes = new TreeSet<>();

    private Standstill() {}

    static List<Span> of(Deadline.Stop stop, Collection<Event> events) {
        var standstill = new Standstill();
        events.forEach(event -> standstill.sort(stop.cause(), event));
        return stop.atMost().map(standstill::spans).orElseGet(() -> standstill.spans(null));
    }

    private void sort(Deadline.Cause cause, Event event) {
        switch (event) {
            case Event.Asked(var at) when cause == Deadline.Cause.QUESTION -> stops.add(at);
            case Event.Answered(var at) when cause == Deadline.Cause.QUESTION -> goes.add(at);
            case Event.Hindered(var at) when cause == Deadline.Cause.IMPOSSIBLE -> stops.add(at);
            case Event.Unhindered(var at) when cause == Deadline.Cause.IMPOSSIBLE -> goes.add(at);
            case Event.Received _,
                    Event.Tendered _,
                    Event.Acknowledged _,
                    Event.Asked _,
                    Event.Answered _,
                    Event.Hindered _,
                    Event.Unhindered _,
                    Event.Decided _,
                    Event.Withdrawn _ -> {}
        }
    }

    /**
     * A stop while it stands, and a start while it runs, change nothing. Of a start and a stop at
     * the same moment the start comes first if the clock stands, else the stop.
     */
    private List<Span> spans(@Nullable Duration atMost) {
        List<Span> spans = new ArrayList<>();
        @Nullable Instant stop = stops.isEmpty() ? null : stops.first();
        @Nullable Instant gone = null;
        while (stop != null) {
            @Nullable Instant go = stop.equals(gone) ? goes.higher(stop) : goes.ceiling(stop);
            var span = new Span(stop, go == null ? Instant.MAX : go);
            spans.add(atMost == null ? span : span.before(stop.plus(atMost)));
            if (go == null) {
                break;
            }
            gone = go;
            stop = go.equals(stop) ? stops.higher(stop) : stops.ceiling(go);
        }
        return spans;
    }
}
