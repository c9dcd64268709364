package org.jalur.node.screening;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Numbers by day as bars of a picture; the page has them as a table too.
 *
 * @param most the highest number
 */
record VolumeChart(List<Bar> bars, long most, int width, int height) {
    private static final int BAR = 14;
    private static final int GAP = 4;
    private static final int HEIGHT = 90;

    /** A day; lengths in the picture's units from its upper left corner. */
    record Bar(LocalDate day, long hits, int x, int y, int width, int height) {}

    static VolumeChart of(Map<LocalDate, Long> hits) {
        long most = hits.values().stream().mapToLong(Long::longValue).max().orElse(0);
        var bars = new ArrayList<Bar>();
        for (Map.Entry<LocalDate, Long> one : hits.entrySet()) {
            int height =
                    one.getValue() == 0
                            ? 0
                            : (int)
                                    Math.max(
                                            2, Math.round((double) HEIGHT * one.getValue() / most));
            bars.add(
                    new Bar(
                            one.getKey(),
                            one.getValue(),
                            bars.size() * (BAR + GAP),
                            HEIGHT - height,
                            BAR,
                            height));
        }
        return new VolumeChart(bars, most, Math.max(1, bars.size() * (BAR + GAP)), HEIGHT);
    }

    public long sum() {
        return bars.stream().mapToLong(Bar::hits).sum();
    }
}
