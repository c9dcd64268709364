package org.jalur.tools;

import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a stream, each ended by LF or CRLF, in memory for one line. A longer line than
 * allowed is passed over, however long it is.
 */
final class InputLines {
    private static final int FIRST_BUFFER = 1 << 16;
    private static final int KIBI = 1 << 10;

    private final InputStream in;
    private final int most;
    private final Flushable beforeWaiting;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private int next;
    private int start;
    private int end;
    private boolean overlong;
    private long number;

    /**
     * @param mostKib the longest line, in KiB
     * @param beforeWaiting flushed whenever the stream has nothing more at the moment
     */
    InputLines(InputStream in, int mostKib, Flushable beforeWaiting) {
        this.in = in;
        this.most = mostKib * KIBI;
        this.beforeWaiting = beforeWaiting;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        overlong = false;
        int from = next;
        while (true) {
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n') {
                    line(i, i + 1);
                    return true;
                }
            }
            // One more octet can still be the CR of the line's end.
            if (filled - next > most + 1) {
                overlong = true;
                next = filled;
            }
            int searched = filled - next;
            if (!fill()) {
                boolean more = overlong || filled > next;
                line(filled, filled);
                return more;
            }
            from = next + searched;
        }
    }

    private void line(int to, int after) {
        start = next;
        end = to > start && buffer[to - 1] == '\r' ? to - 1 : to;
        overlong |= end - start > most;
        next = after;
        number++;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        filled -= next;
        next = 0;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * filled, most + 2L));
        }
        if (in.available() == 0) {
            beforeWaiting.flush();
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(count, 0);
        return count >= 0;
    }

    /** The number of the line, from 1; after the end, one more than there are. */
    long number() {
        return number;
    }

    /** The line. */
    String text() throws RefusedLineException {
        if (overlong) {
            throw new RefusedLineException(
                    "",
                    "the line has more than %d KiB".formatted(most / KIBI),
                    "shorten it, or raise --max-line-kib");
        }
        try {
            return utf8.decode(ByteBuffer.wrap(buffer, start, end - start)).toString();
        } catch (CharacterCodingException _) {
            throw new RefusedLineException("", "the line is not UTF-8", "write it as UTF-8");
        }
    }
}
