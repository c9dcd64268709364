package org.jalur.screening.exact;

import java.util.function.IntPredicate;

/**
 * Where a table is with a batch: the lines of {@value #KEYS} keys at a time are fetched from memory
 * together, so that the processor waits once and not once a key.
 */
final class Search {
    static final int KEYS = 1024;

    /** The keys whose line is still to be compared, and that line. */
    private final int[] places = new int[KEYS];

    private final int[] lines = new int[KEYS];
    private int open;

    /** The keys whose fingerprint was found, where, and what the table says there. */
    private final int[] hitPlaces = new int[KEYS];

    private final int[] hitLines = new int[KEYS];
    private final int[] ranks = new int[KEYS];
    private final int[] values = new int[KEYS];
    private final int[] touched = new int[KEYS];
    private int hits;

    /** What was touched: kept, so that the compiler does not leave the reading out. */
    @SuppressWarnings("UnusedVariable")
    private long touchedLines;

    /** Looks up the keys of a batch from one place to before another, at most {@value #KEYS}. */
    void run(Slots slots, Keys keys, KeyBatch batch, int from, int to, Hits found) {
        open = to - from;
        for (int i = 0; i < open; i++) {
            places[i] = from + i;
            lines[i] = slots.home(batch.hash(from + i));
        }
        hits = 0;
        while (open > 0) {
            touchedLines += touch(slots.lines());
            compare(slots.lines(), batch);
        }
        resolve(slots, keys, batch, found);
    }

    /** Nothing is written meanwhile: a write would wait for the reading before it. */
    private long touch(Lines table) {
        long read = 0;
        for (int i = 0; i < open; i++) {
            read += table.lastSlot(lines[i]);
        }
        return read;
    }

    @SuppressWarnings("ShortCircuitBoolean") // A branch costs more than what it saves here.
    private void compare(Lines table, KeyBatch batch) {
        int left = 0;
        int all = hits;
        for (int i = 0; i < open; i++) {
            int place = places[i];
            int line = lines[i];
            boolean hit = table.holds(line, Lines.fingerprint(batch.hash(place)));
            // No branches: which way they go could not be foreseen.
            hitPlaces[all] = place;
            hitLines[all] = line;
            all += hit ? 1 : 0;
            places[left] = place;
            lines[left] = line + 1;
            left += !hit & table.lastSlot(line) != 0 ? 1 : 0;
        }
        hits = all;
        open = left;
    }

    // One kind of access after the other, each for all hits, so that those of a kind wait together.
    private void resolve(Slots slots, Keys keys, KeyBatch batch, Hits found) {
        for (int i = 0; i < hits; i++) {
            int fingerprint = Lines.fingerprint(batch.hash(hitPlaces[i]));
            int slot = slots.lines().slot(hitLines[i], 0, fingerprint);
            ranks[i] = slots.lines().rank(hitLines[i], slot);
        }
        for (int i = 0; i < hits; i++) {
            values[i] = slots.value(ranks[i]);
        }
        for (int i = 0; i < hits; i++) {
            touched[i] = keys.touch(slots.first(values[i]));
        }
        for (int i = 0; i < hits; i++) {
            int place = hitPlaces[i];
            if (batch.isKey(place, keys, slots.first(values[i]))) {
                slots.report(values[i], place, found);
            } else {
                // Another key of the same fingerprint comes first.
                IntPredicate isKey = ordinal -> batch.isKey(place, keys, ordinal);
                for (int ordinal : slots.find(batch.hash(place), isKey)) {
                    found.found(place, ordinal);
                }
            }
        }
    }
}
