package org.jalur.screening.image;

import org.jalur.screening.image.PdqIndex.Matches;

/** The working memory of a search, used again by later ones: for one thread at a time. */
final class PdqSearch {
    /** Candidates are compared so many at a time, so that memory fetches them together. */
    private static final int PENDING = 256;

    private final PdqSplit split;
    private final PdqWords ring;
    private final PdqTable[] tables;

    /** The query in {@link BitOrder}, and in which bits a match differs from it. */
    private final long[] asked = new long[PdqWords.PER_HASH];

    private final long[] difference = new long[PdqWords.PER_HASH];

    private final int[] pendingOrdinals = new int[PENDING];
    private final int[] pendingChunks = new int[PENDING];
    private int pending;

    /** What {@link #touch} has read: kept, so that the compiler does not leave the reading out. */
    // Written so that no compiler leaves out what only fetches memory.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    PdqSearch(PdqSplit split, PdqWords ring, PdqTable[] tables) {
        this.split = split;
        this.ring = ring;
        this.tables = tables;
    }

    void run(PdqHash query, int radius, Matches matches) {
        BitOrder.toRing(query, asked, 0);
        pending = 0;
        touched += touch(radius);
        for (int chunk = 0; chunk < tables.length; chunk++) {
            int chunkLimit = split.chunkLimit(chunk, radius);
            int value = split.chunk(asked, 0, chunk);
            long sketch = PdqTable.inEachLane(split.sketch(asked, 0, chunk));
            long above = PdqTable.above(split.limit(chunk, radius));
            if (chunkLimit >= 0) {
                scan(chunk, value, sketch, above, radius, matches);
            }
            if (chunkLimit > 0) {
                long closer = PdqTable.above(split.limit(chunk, radius) - 1);
                for (int bit = 0; bit < split.width(); bit++) {
                    scan(chunk, value ^ 1 << bit, sketch, closer, radius, matches);
                }
            }
        }
        compare(radius, matches);
    }

    /**
     * Has memory begin to fetch all that will be looked at, instead of one piece after the other.
     */
    private long touch(int radius) {
        long read = 0;
        for (int chunk = 0; chunk < tables.length; chunk++) {
            PdqTable table = tables[chunk];
            int chunkLimit = split.chunkLimit(chunk, radius);
            int value = split.chunk(asked, 0, chunk);
            if (chunkLimit >= 0) {
                read += table.touch(value);
            }
            if (chunkLimit > 0) {
                for (int bit = 0; bit < split.width(); bit++) {
                    read += table.touch(value ^ 1 << bit);
                }
            }
        }
        return read;
    }

    /** Looks at all hashes with one value of a chunk. */
    private void scan(int chunk, int value, long sketch, long above, int radius, Matches matches) {
        PdqTable table = tables[chunk];
        int end = table.end(value);
        for (int line = table.line(value); line < end; line += PdqTable.LINE) {
            if (table.anyNear(line, sketch, above)) {
                int from = Math.max(line, table.start(value));
                int to = Math.min(line + PdqTable.LINE, end);
                for (int word = from; word < to; word++) {
                    collect(chunk, word, table.near(word, sketch, above), radius, matches);
                }
            }
        }
    }

    /** Puts the near lanes of a word aside. */
    private void collect(int chunk, int word, long near, int radius, Matches matches) {
        if (pending > PENDING - PdqTable.LANES) {
            compare(radius, matches);
        }
        for (long left = near; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left) / PdqSplit.SKETCH_BITS;
            pendingOrdinals[pending] = tables[chunk].ordinal(word, lane);
            pendingChunks[pending] = chunk;
            pending++;
        }
    }

    /** Compares the candidates put aside in all their bits, and tells which are matches. */
    private void compare(int radius, Matches matches) {
        for (int i = 0; i < pending; i++) {
            int ordinal = pendingOrdinals[i];
            if (ordinal != PdqTable.UNUSED) {
                int distance = ring.distance(ordinal, asked);
                if (distance <= radius && isFirst(pendingChunks[i], ordinal, radius)) {
                    matches.match(ordinal, distance);
                }
            }
        }
        pending = 0;
    }

    /**
     * Whether no earlier chunk led to a hash: so each is told once, and nobody has to remember
     * which were.
     */
    private boolean isFirst(int chunk, int ordinal, int radius) {
        ring.difference(ordinal, asked, difference);
        for (int earlier = 0; earlier < chunk; earlier++) {
            if (split.leadsTo(difference, earlier, radius)) {
                return false;
            }
        }
        return true;
    }
}
