package org.jalur.screening.engine;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The hits of one entry in one window. Any number of threads count at once, and none waits.
 *
 * @param usual hits in a window before, the recent ones weighing more
 */
record EntryCount(
        UUID entry,
        long window,
        double usual,
        LongAdder hits,
        AtomicLongArray marks,
        AtomicInteger marked) {
    /** Authors are told apart by so many bits. */
    private static final int MARKS = 1 << 10;

    static EntryCount begin(UUID entry, long window, double usual) {
        return new EntryCount(
                entry,
                window,
                usual,
                new LongAdder(),
                new AtomicLongArray(MARKS / Long.SIZE),
                new AtomicInteger());
    }

    /** The count for a later window: what was usual counts half for each window since. */
    EntryCount in(long later) {
        double decayed = (usual + hits.sum()) / 2;
        for (long at = window + 1; at < later && decayed >= 1; at++) {
            decayed /= 2;
        }
        return begin(entry, later, decayed);
    }

    void add() {
        hits.increment();
    }

    void addAuthor(long hash) {
        int mark = (int) (hash >>> Integer.SIZE) & (MARKS - 1);
        long bit = 1L << mark;
        int word = mark / Long.SIZE;
        if ((marks.getPlain(word) & bit) == 0
                && (marks.getAndUpdate(word, old -> old | bit) & bit) == 0) {
            marked.incrementAndGet();
        }
    }

    /** How many different authors there were, estimated ("linear counting", Whang et al. 1990). */
    int authors() {
        double free = Math.max(1, MARKS - marked.get());
        return (int) Math.round(-MARKS * Math.log(free / MARKS));
    }
}
