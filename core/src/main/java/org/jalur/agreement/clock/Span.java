package org.jalur.agreement.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * From one moment to another; {@link Instant#MAX} where nobody knows yet. It has no length where a
 * change of the clocks, or a cut, turned it round.
 */
record Span(Instant begin, Instant end) {
    Span after(Instant moment) {
        return begin.isBefore(moment) ? new Span(moment, end) : this;
    }

    Span before(Instant moment) {
        return end.isAfter(moment) ? new Span(begin, moment) : this;
    }

    Duration length() {
        return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
    }

    boolean isOpen() {
        return end.equals(Instant.MAX);
    }

    boolean holds(Instant moment) {
        return !moment.isBefore(begin) && moment.isBefore(end);
    }

    /** The same time without gaps of no length, in order. */
    static List<Span> union(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span :
                spans.stream()
                        .filter(one -> one.end().isAfter(one.begin()))
                        .sorted(Comparator.comparing(Span::begin).thenComparing(Span::end))
                        .toList()) {
            if (!joined.isEmpty() && !span.begin().isAfter(joined.getLast().end())) {
                Span last = joined.removeLast();
                Instant end = last.end().isAfter(span.end()) ? last.end() : span.end();
                joined.add(new Span(last.begin(), end));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
