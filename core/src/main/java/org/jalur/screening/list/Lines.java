package org.jalur.screening.list;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jalur.screening.ListRule;

/// The lines of a list, each ended by LF or CRLF, as octets. A line of more than {@value #MAX_LINE}
/// octets is reported and left out, however long it is.
final class Lines {
    static final int MAX_LINE = 1 << 18;

    private final Reading reading;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[MAX_LINE + 2];
    private int filled;
    private int next;
    private int start;
    private int end;
    private long number;
    private boolean over;

    Lines(Reading reading) {
        this.reading = reading;
    }

    /// Goes to the next line; false at the end of the list.
    boolean next() throws IOException {
        int lf = lineFeed();
        while (lf < 0 && filled - next > MAX_LINE) {
            skipOverlong();
            lf = lineFeed();
        }
        if (lf < 0 && next == filled) {
            return false;
        }
        start = next;
        end = lf < 0 ? filled : lf;
        next = lf < 0 ? filled : lf + 1;
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        reading.line(++number);
        return true;
    }

    /// The place of the next LF; -1 if there is none before the end, or within the buffer.
    private int lineFeed() throws IOException {
        int from = next;
        while (true) {
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            int searched = filled - next;
            if (over || !fill()) {
                return -1;
            }
            from = next + searched;
        }
    }

    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            next = 0;
        }
        if (filled == buffer.length) {
            return false;
        }
        int count = reading.in().read(buffer, filled, buffer.length - filled);
        over = count < 0;
        filled += Math.max(count, 0);
        return !over;
    }

    private void skipOverlong() throws IOException {
        reading.line(++number);
        reading.error(
                new LineError(
                        number,
                        new String(buffer, next, LineError.MAX_SHOWN, StandardCharsets.ISO_8859_1),
                        ListRule.LINE_LONG.broken(MAX_LINE)));
        int lf = -1;
        while (lf < 0 && next < filled) {
            next = filled;
            reading.line(number);
            lf = lineFeed();
        }
        next = lf < 0 ? filled : lf + 1;
    }

    /// The number of the line, from 1.
    long number() {
        return number;
    }

    byte[] buffer() {
        return buffer;
    }

    /// Where the line begins in the buffer; valid until the next line.
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// The line as text.
    ///
    /// @throws InvalidEntryException if it is not UTF-8
    String text() {
        return text(start, end);
    }

    String text(int from, int to) {
        try {
            return utf8.decode(ByteBuffer.wrap(buffer, from, to - from)).toString();
        } catch (CharacterCodingException _) {
            throw new InvalidEntryException(
                    new String(
                            Arrays.copyOfRange(
                                    buffer, from, Math.min(to, from + LineError.MAX_SHOWN)),
                            StandardCharsets.ISO_8859_1),
                    ListRule.LINE_UTF8.broken());
        }
    }
}
