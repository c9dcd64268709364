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

    /** As many values are looked up at most: with chunks of 16 bits, each and those a bit away. */
    private static final int PLACES = 512;

    /**
     * Lines are compared so many at a time: memory fetches them together, and the compiler makes
     * vector instructions of one long loop over their words.
     */
    private static final int LINES = 512;

    /** The values to look up: of which chunk, where their words begin and end, what is too far. */
    private final int[] chunks = new int[PLACES];

    private final int[] begins = new int[PLACES];
    private final int[] ends = new int[PLACES];
    private final long[] aboves = new long[PLACES];
    private int places;

    /** The words of the lines put aside, and of which place and where these are. */
    private final long[] words = new long[LINES * PdqTable.LINE];

    private final int[] linePlaces = new int[LINES];
    private final int[] lines = new int[LINES];
    private int put;

    /** Candidates: first in which lanes of their table they are, then their ordinals. */
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
        places = 0;
        for (int chunk = 0; chunk < tables.length; chunk++) {
            int chunkLimit = split.chunkLimit(chunk, radius);
            int value = split.chunk(asked, 0, chunk);
            int limit = split.limit(chunk, radius);
            if (chunkLimit >= 0) {
                lookUp(chunk, value, PdqTable.above(limit));
            }
            if (chunkLimit > 0) {
                long closer = PdqTable.above(limit - 1);
                for (int bit = 0; bit < split.width(); bit++) {
                    lookUp(chunk, value ^ 1 << bit, closer);
                }
            }
        }
        touched += touch();
        scan(radius, matches);
        compare(radius, matches);
    }

    private void lookUp(int chunk, int value, long above) {
        chunks[places] = chunk;
        begins[places] = tables[chunk].start(value);
        ends[places] = tables[chunk].end(value);
        aboves[places++] = above;
    }

    /**
     * Has memory begin to fetch all that will be looked at, instead of one piece after the other.
     */
    private long touch() {
        long read = 0;
        for (int place = 0; place < places; place++) {
            read += tables[chunks[place]].touch(begins[place]);
        }
        return read;
    }

    /** Looks at all hashes with the values to look up. */
    private void scan(int radius, Matches matches) {
        int next = 0;
        put = 0;
        for (int chunk = 0; chunk < tables.length; chunk++) {
            PdqTable table = tables[chunk];
            long sketch = PdqTable.inEachLane(split.sketch(asked, 0, chunk));
            for (; next < places && chunks[next] == chunk; next++) {
                int end = ends[next];
                for (int line = PdqTable.line(begins[next]); line < end; line += PdqTable.LINE) {
                    if (put == LINES) {
                        scanLines(radius, matches);
                    }
                    table.differences(line, sketch, words, put * PdqTable.LINE);
                    linePlaces[put] = next;
                    lines[put++] = line;
                }
            }
        }
        scanLines(radius, matches);
    }

    /** Looks at the lines put aside. */
    private void scanLines(int radius, Matches matches) {
        PdqTable.count(words, put * PdqTable.LINE);
        for (int i = 0; i < put; i++) {
            int place = linePlaces[i];
            int at = i * PdqTable.LINE;
            if (PdqTable.anyNear(words, at, aboves[place])) {
                int from = Math.max(lines[i], begins[place]);
                int to = Math.min(lines[i] + PdqTable.LINE, ends[place]);
                for (int word = from; word < to; word++) {
                    long near = PdqTable.near(words[at + word - lines[i]], aboves[place]);
                    collect(chunks[place], word, near, radius, matches);
                }
            }
        }
        put = 0;
    }

    /** Puts the near lanes of a word aside. */
    private void collect(int chunk, int word, long near, int radius, Matches matches) {
        if (pending > PENDING - PdqTable.LANES) {
            compare(radius, matches);
        }
        for (long left = near; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left) / PdqSplit.SKETCH_BITS;
            pendingOrdinals[pending] = word * PdqTable.LANES + lane;
            pendingChunks[pending] = chunk;
            pending++;
        }
    }

    /** Compares the candidates put aside in all their bits, and tells which are matches. */
    private void compare(int radius, Matches matches) {
        for (int i = 0; i < pending; i++) {
            pendingOrdinals[i] = tables[pendingChunks[i]].ordinal(pendingOrdinals[i]);
        }
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
