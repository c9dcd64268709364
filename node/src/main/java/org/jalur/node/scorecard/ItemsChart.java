package org.jalur.node.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What became of items, as bars of a picture; the page has the numbers in a table too.
 *
 * @param sum of all bars
 */
record ItemsChart(List<Bar> bars, long sum, int width, int height) {
    private static final int LABEL = 250;
    private static final int LONGEST = 320;
    private static final int NUMBER = 80;
    private static final int BAR = 22;
    private static final int GAP = 8;

    /** Lengths in the picture's units, from its upper left corner. */
    record Bar(String state, long number, int x, int y, int width, int height, int numberAt) {}

    static ItemsChart of(SequencedMap<String, Long> states) {
        long most = states.values().stream().mapToLong(Long::longValue).max().orElse(0);
        var bars = new ArrayList<Bar>();
        for (Map.Entry<String, Long> state : states.entrySet()) {
            long number = state.getValue();
            int width = number == 0 ? 0 : (int) Math.max(2, LONGEST * number / most);
            bars.add(
                    new Bar(
                            state.getKey(),
                            number,
                            LABEL,
                            bars.size() * (BAR + GAP),
                            width,
                            BAR,
                            LABEL + width + GAP));
        }
        return new ItemsChart(
                bars,
                states.values().stream().mapToLong(Long::longValue).sum(),
                LABEL + LONGEST + NUMBER,
                bars.size() * (BAR + GAP));
    }
}
