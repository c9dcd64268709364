package org.jalur.screening.image;

/**
 * Many lines at a time: memory fetches them together, and the compiler makes vector instructions of
 * one long loop over their words.
 */
final class PlainLines implements LineScan {
    private static final int LINES = 512;

    private static final long EACH_LANE = 0x0001_0001_0001_0001L;

    /** The bit of a lane that says whether it is too far. */
    private static final long FAR_IN_FIRST = 1 << 7;

    private static final long FAR = EACH_LANE * FAR_IN_FIRST;

    /** In which bits the lines put aside differ, and of which place and where they are. */
    private final long[] words = new long[LINES * PdqTable.LINE];

    private final int[] linePlaces = new int[LINES];
    private final int[] lines = new int[LINES];
    private int put;

    @Override
    public void scan(LinePlaces places, long[] asked, Near near) {
        put = 0;
        for (int place = 0; place < places.size(); place++) {
            PdqTable table = places.table(place);
            long sought = asked[places.chunk(place)];
            int end = places.end(place);
            for (int line = PdqTable.line(places.begin(place)); line < end; line += PdqTable.LINE) {
                if (put == LINES) {
                    scanLines(places, near);
                }
                differences(table.sketches(), PdqTable.FIRST + line, sought);
                linePlaces[put] = place;
                lines[put++] = line;
            }
        }
        scanLines(places, near);
    }

    private void differences(long[] sketches, int from, long sought) {
        int at = put * PdqTable.LINE;
        for (int word = 0; word < PdqTable.LINE; word++) {
            words[at + word] = sketches[from + word] ^ sought;
        }
    }

    private void scanLines(LinePlaces places, Near near) {
        count(put * PdqTable.LINE);
        for (int i = 0; i < put; i++) {
            // Added to a count, it sets the lane's bit of FAR if the count is above the limit.
            long above = FAR - (places.limit(linePlaces[i]) + 1) * EACH_LANE;
            int at = i * PdqTable.LINE;
            if (isAnyNear(at, above)) {
                near.line(linePlaces[i], lines[i], lanes(at, above));
            }
        }
        put = 0;
    }

    /**
     * Puts the number of bits of each lane in the lane's lower half, in place. The upper half means
     * nothing.
     */
    private void count(int length) {
        for (int i = 0; i < length; i++) {
            long all = words[i];
            long pairs = all - (all >>> 1 & 0x5555_5555_5555_5555L);
            long fours = (pairs & 0x3333_3333_3333_3333L) + (pairs >>> 2 & 0x3333_3333_3333_3333L);
            long bytes = fours + (fours >>> 4) & 0x0f0f_0f0f_0f0f_0f0fL;
            words[i] = bytes + (bytes >>> 8);
        }
    }

    private boolean isAnyNear(int at, long above) {
        long allFar =
                words[at] + above
                        & words[at + 1] + above
                        & words[at + 2] + above
                        & words[at + 3] + above
                        & words[at + 4] + above
                        & words[at + 5] + above
                        & words[at + 6] + above
                        & words[at + 7] + above;
        return (allFar & FAR) != FAR;
    }

    private int lanes(int at, long above) {
        int lanes = 0;
        for (int lane = 0; lane < PdqTable.LINE * PdqTable.LANES; lane++) {
            long counts = words[at + lane / PdqTable.LANES] + above;
            long far = counts >>> (lane % PdqTable.LANES * PdqSplit.SKETCH_BITS) & FAR_IN_FIRST;
            lanes |= far == 0 ? 1 << lane : 0;
        }
        return lanes;
    }
}
