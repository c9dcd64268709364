package org.jalur.screening.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What of a piece of content an allow-list lets pass. */
final class AllowedPlaces {
    /** Parts of the text, by their starts; none overlaps another. */
    private final TreeMap<Integer, Integer> spans = new TreeMap<>();

    private final Set<Place> others = new HashSet<>();

    void add(Place place) {
        if (place instanceof Place.InText(int start, int end)) {
            addSpan(start, end);
        } else {
            others.add(place);
        }
    }

    private void addSpan(int start, int end) {
        int first = start;
        int last = end;
        for (Map.Entry<Integer, Integer> before = spans.lowerEntry(last);
                before != null && before.getValue() > first;
                before = spans.lowerEntry(last)) {
            spans.remove(before.getKey());
            first = Math.min(first, before.getKey());
            last = Math.max(last, before.getValue());
        }
        spans.put(first, last);
    }

    /** Whether a hit there is outweighed: all of it or a part. */
    boolean touch(Place place) {
        if (place instanceof Place.InText(int start, int end)) {
            Map.Entry<Integer, Integer> before = spans.lowerEntry(end);
            return before != null && before.getValue() > start;
        }
        return others.contains(place);
    }
}
