package org.jalur.node.screening;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Lines of a stream, as many at once as are there. */
final class ContentLines {
    /** The most octets of a line. */
    static final int LONGEST = 1 << 20;

    /** So much is read at once. */
    private static final long MOST_OCTETS = 4L << 20;

    private final InputStream in;
    private long number;

    /**
     * @param in buffered; says how much can be read without waiting
     */
    ContentLines(InputStream in) {
        this.in = in;
    }

    /**
     * @param number from 1
     * @param octets without the line's end; of a line that is too long, none
     */
    record Line(long number, byte[] octets, boolean isTooLong) {}

    /** At least one line, and more while they need not be waited for; none at the end. */
    List<Line> read(int most) throws IOException {
        var lines = new ArrayList<Line>();
        long all = 0;
        do {
            var octets = new ByteArrayOutputStream(512);
            long length = 0;
            int c = in.read();
            boolean ended = c < 0;
            while (c >= 0 && c != '\n') {
                if (++length <= LONGEST) {
                    octets.write(c);
                }
                c = in.read();
            }
            if (ended) {
                return lines;
            }
            number++;
            all += length;
            if (length > LONGEST) {
                lines.add(new Line(number, new byte[0], true));
            } else if (length > 0) {
                lines.add(new Line(number, octets.toByteArray(), false));
            }
        } while (lines.isEmpty()
                || (lines.size() < most && all < MOST_OCTETS && in.available() > 0));
        return lines;
    }
}
