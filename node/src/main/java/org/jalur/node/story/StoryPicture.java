package org.jalur.node.story;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jalur.access.story.Happening;

/**
 * Two axes side by side, a line for each happening: on the left when it was in 2016 and 2017, on
 * the right from when to when the replay took. The table below says the same.
 *
 * @param ends of the axes: first and last day of then, and the replay's length
 */
record StoryPicture(List<Line> lines, Ends ends, int width, int height) {
    private static final int LABEL = 40;
    private static final int AXIS = 280;
    private static final int GAP = 60;
    private static final int LINE = 24;
    private static final int BAR = 14;
    private static final int LEAST = 4;
    private static final int HEAD = 28;

    /**
     * @param no of the happening, as in the table
     * @param y of the upper edge of its bars
     */
    record Line(int no, int y, Bar then, Optional<Bar> now) {}

    record Bar(int x, int width, int height) {}

    /**
     * @param thenFrom where the first axis begins, in the picture's units; the others likewise
     */
    record Ends(
            LocalDate first,
            LocalDate last,
            Duration took,
            int thenFrom,
            int thenTo,
            int nowFrom,
            int nowTo) {}

    /** From when to when something was done. */
    record Span(Instant from, Instant to) {}

    /**
     * @param replayed for each happening in order; empty for what was not replayed
     */
    static StoryPicture of(List<Optional<Span>> replayed) {
        List<Span> known = replayed.stream().flatMap(Optional::stream).toList();
        Instant begin =
                known.stream().map(Span::from).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        Instant end = known.stream().map(Span::to).max(Comparator.naturalOrder()).orElse(begin);
        List<Happening> all = List.of(Happening.values());
        LocalDate first = all.getFirst().when().day();
        LocalDate last = all.getLast().when().day();
        int now = LABEL + AXIS + GAP;
        List<Line> lines = new ArrayList<>();
        for (Happening one : all) {
            int y = HEAD + lines.size() * LINE;
            lines.add(
                    new Line(
                            lines.size() + 1,
                            y,
                            new Bar(
                                    LABEL
                                            + place(
                                                    first.until(one.when().day(), ChronoUnit.DAYS),
                                                    first.until(last, ChronoUnit.DAYS)),
                                    LEAST,
                                    BAR),
                            replayed.get(lines.size()).map(span -> bar(now, span, begin, end))));
        }
        return new StoryPicture(
                List.copyOf(lines),
                new Ends(
                        first,
                        last,
                        Duration.between(begin, end),
                        LABEL,
                        LABEL + AXIS,
                        now,
                        now + AXIS),
                now + AXIS + GAP,
                HEAD + lines.size() * LINE);
    }

    private static Bar bar(int left, Span span, Instant begin, Instant end) {
        long all = Duration.between(begin, end).toMillis();
        int from = place(Duration.between(begin, span.from()).toMillis(), all);
        int to = place(Duration.between(begin, span.to()).toMillis(), all);
        return new Bar(left + from, Math.max(LEAST, to - from), BAR);
    }

    private static int place(long value, long all) {
        return all == 0 ? 0 : (int) (AXIS * value / all);
    }
}
