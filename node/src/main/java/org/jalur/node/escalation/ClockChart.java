package org.jalur.node.escalation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.escalation.OpenClocks.Left;

/**
 * How many clocks have how much time left, as bars of a picture; the page has them as a table too.
 *
 * @param sum of all peers, each number as far as it is counted
 */
record ClockChart(List<Bar> bars, int sum, int width, int height) {
    private static final int LABEL = 130;
    private static final int LONGEST = 420;
    private static final int NUMBER = 70;
    private static final int BAR = 22;
    private static final int GAP = 8;

    /** Lengths in the picture's units, from its upper left corner. */
    record Bar(String left, int number, int x, int y, int width, int height, int numberAt) {}

    static ClockChart of(List<OpenClocks.Counts> counts) {
        Map<Left, Integer> numbers = new EnumMap<>(Left.class);
        counts.forEach(one ->
                one.numbers().forEach((left, number) -> numbers.merge(left, number, Integer::sum)));
        int most = numbers.values().stream().max(Integer::compare).orElse(0);
        var bars = new ArrayList<Bar>();
        for (Left left : Left.values()) {
            int number = Optional.ofNullable(numbers.get(left)).orElse(0);
            int width = number == 0 ? 0 : (int) Math.max(2, (long) LONGEST * number / most);
            bars.add(
                    new Bar(
                            left.wire(),
                            number,
                            LABEL,
                            bars.size() * (BAR + GAP),
                            width,
                            BAR,
                            LABEL + width + GAP));
        }
        return new ClockChart(
                bars,
                numbers.values().stream().mapToInt(Integer::intValue).sum(),
                LABEL + LONGEST + NUMBER,
                bars.size() * (BAR + GAP));
    }
}
