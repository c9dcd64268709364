package org.jalur.screening.image;

import org.jalur.screening.image.PdqIndex.Matches;

/** The working memory of a search, used again by later ones: for one thread at a time. */
final class PdqSearch {
    /** Candidates are compared so many at a time, so that memory fetches them together. */
    private static final int PENDING = 256;

    /** From so many hashes a value on, all lines are fetched before they are compared. */
    private static final int MANY_FOR_EACH_VALUE = 64;

    private final PdqSplit split;
    private final PdqWords ring;
    private final PdqTable[] tables;

    /** The query in {@link BitOrder}, and in which bits a match differs from it. */
    private final long[] asked = new long[PdqWords.PER_HASH];

    private final long[] difference = new long[PdqWords.PER_HASH];

    /** The sketch sought in each chunk, in each lane of a word. */
    private final long[] sketches;

    private final LinePlaces places;
    private final LineScan lines;

    /** Candidates: first in which lanes of their table they are, then their ordinals. */
    private final int[] pendingOrdinals = new int[PENDING];

    private final int[] pendingChunks = new int[PENDING];
    private int pending;

    /** What {@link #touch} has read: kept, so that the compiler does not leave the reading out. */
    // Written so that no compiler leaves out what only fetches memory.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    PdqSearch(PdqSplit split, PdqWords ring, PdqTable[] tables, LineScan lines) {
        this.split = split;
        this.ring = ring;
        this.tables = tables;
        this.sketches = new long[tables.length];
        this.places = new LinePlaces(tables);
        this.lines = lines;
    }

    void run(PdqHash query, int radius, Matches matches) {
        BitOrder.toRing(query, asked, 0);
        pending = 0;
        touched += touchStarts(radius);
        places.clear();
        for (int chunk = 0; chunk < tables.length; chunk++) {
            int chunkLimit = split.chunkLimit(chunk, radius);
            int value = split.chunk(asked, 0, chunk);
            int limit = split.limit(chunk, radius);
            sketches[chunk] = PdqTable.inEachLane(split.sketch(asked, 0, chunk));
            if (chunkLimit >= 0) {
                places.add(chunk, value, limit);
            }
            if (chunkLimit > 0) {
                for (int bit = 0; bit < split.width(); bit++) {
                    places.add(chunk, value ^ 1 << bit, limit - 1);
                }
            }
        }
        touched += touch();
        lines.scan(
                places,
                sketches,
                (place, line, lanes) -> collect(place, line, lanes, radius, matches));
        compare(radius, matches);
    }

    /** Has memory begin to fetch where all values begin. */
    private long touchStarts(int radius) {
        long read = 0;
        for (int chunk = 0; chunk < tables.length; chunk++) {
            PdqTable table = tables[chunk];
            int value = split.chunk(asked, 0, chunk);
            read += table.start(value);
            if (split.chunkLimit(chunk, radius) > 0) {
                for (int bit = 0; bit < split.width(); bit++) {
                    read += table.start(value ^ 1 << bit);
                }
            }
        }
        return read;
    }

    /**
     * Has memory begin to fetch all that will be looked at, instead of one piece after the other:
     * of short places the first line, for there is seldom a second.
     */
    private long touch() {
        long read = 0;
        for (int place = 0; place < places.size(); place++) {
            read += places.table(place).touch(places.begin(place));
        }
        if (ring.size() > MANY_FOR_EACH_VALUE << split.width()) {
            read += touchLaterLines();
        }
        return read;
    }

    private long touchLaterLines() {
        long read = 0;
        for (int place = 0; place < places.size(); place++) {
            PdqTable table = places.table(place);
            int line = PdqTable.line(places.begin(place)) + PdqTable.LINE;
            for (; line < places.end(place); line += PdqTable.LINE) {
                read += table.touch(line);
            }
        }
        return read;
    }

    /** Puts the near lanes of a line aside, those outside its place left out. */
    private void collect(int place, int line, int lanes, int radius, Matches matches) {
        if (pending > PENDING - Integer.SIZE) {
            compare(radius, matches);
        }
        int first = Math.max(0, places.begin(place) - line) * PdqTable.LANES;
        int end = Math.min(PdqTable.LINE, places.end(place) - line) * PdqTable.LANES;
        long within = (1L << end) - (1L << first);
        for (long left = lanes & within; left != 0; left &= left - 1) {
            pendingOrdinals[pending] = line * PdqTable.LANES + Long.numberOfTrailingZeros(left);
            pendingChunks[pending] = places.chunk(place);
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
