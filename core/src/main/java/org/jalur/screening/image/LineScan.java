package org.jalur.screening.image;

import org.jalur.screening.Vectors;

/** Looks for near sketches in all lines of some places, for one thread at a time. */
interface LineScan {
    /** The quickest way on this machine. */
    static LineScan best() {
        return Vectors.USED ? new VectorLines() : new PlainLines();
    }

    /**
     * @param asked the sketch sought in each chunk, in each lane of a word
     */
    void scan(LinePlaces places, long[] asked, Near near);

    /** Takes the lines with near sketches. */
    interface Near {
        /**
         * @param line the first word of the line, which may begin before the place and end after it
         * @param lanes a bit for each lane that is near, the lowest for the first
         */
        void line(int place, int line, int lanes);
    }
}
