package org.jalur.screening.similar;

import org.jalur.screening.similar.SimilarIndex.Neighbours;

/// One search: compares whole sketches so many at a time that memory fetches them together.
final class SketchSearch {
    private static final int PENDING = 64;

    private final long[] words;
    private final SketchTable[] tables;
    private final TextSketch sketch;
    private final int distance;
    private final Neighbours found;

    private final int[] pending = new int[PENDING];
    private final int[] distances = new int[PENDING];
    private int size;
    private int chunk;
    private boolean ended;

    /// @param words for each sketch two
    SketchSearch(
            long[] words, SketchTable[] tables, TextSketch sketch, int distance, Neighbours found) {
        this.words = words;
        this.tables = tables;
        this.sketch = sketch;
        this.distance = distance;
        this.found = found;
    }

    void run() {
        for (chunk = 0; chunk < tables.length && !ended; chunk++) {
            tables[chunk].search(sketch, distance, this::add);
            compare();
        }
    }

    private void add(int place) {
        if (size == PENDING) {
            compare();
        }
        pending[size++] = place;
    }

    private void compare() {
        for (int i = 0; i < size; i++) {
            pending[i] = tables[chunk].ordinal(pending[i]);
        }
        for (int i = 0; i < size; i++) {
            distances[i] = distance(words, sketch, pending[i]);
        }
        for (int i = 0; i < size && !ended; i++) {
            if (distances[i] <= distance && !wasFound(pending[i])) {
                ended = !found.add(pending[i], distances[i]);
            }
        }
        size = 0;
    }

    static int distance(long[] words, TextSketch sketch, int ordinal) {
        return Long.bitCount(sketch.high() ^ words[2 * ordinal])
                + Long.bitCount(sketch.low() ^ words[2 * ordinal + 1]);
    }

    /// Whether an earlier table has led to a sketch.
    private boolean wasFound(int ordinal) {
        long high = sketch.high() ^ words[2 * ordinal];
        long low = sketch.low() ^ words[2 * ordinal + 1];
        for (int earlier = 0; earlier < chunk; earlier++) {
            if (tables[earlier].leadsTo(high, low, distance)) {
                return true;
            }
        }
        return false;
    }
}
