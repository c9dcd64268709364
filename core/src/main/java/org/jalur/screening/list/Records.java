package org.jalur.screening.list;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jalur.screening.ListRule;
import org.jspecify.annotations.Nullable;

/// The records of a file of separated values (RFC 4180, with any separator). A quoted field may go
/// on over further lines, up to {@value #MAX_MORE} characters of them; line ends within it become
/// LF. A record that breaks a rule is reported, and the reading goes on with the line after its
/// first one: a quote that was never closed costs one record, not the list.
final class Records {
    static final int MAX_MORE = 1 << 16;
    private static final int MAX_FIELDS = 256;

    /// A line; no text if it could not be read, which was reported.
    private record Line(long number, Optional<String> text) {
        int length() {
            return text.orElse("").length() + 1;
        }
    }

    /// The fields of a record, and the number of its first line.
    record Fields(long line, List<String> values) {}

    private final Lines lines;
    private final Reading reading;
    private final char separator;
    private final Deque<Line> ahead = new ArrayDeque<>();

    /// How long the lines are that the record goes on over.
    private int moreLength;

    Records(Reading reading, char separator) {
        this.lines = new Lines(reading);
        this.reading = reading;
        this.separator = separator;
    }

    /// The next record that has any text; empty at the end.
    Optional<Fields> next() throws IOException {
        while (true) {
            Line first = line();
            if (first == null) {
                return Optional.empty();
            }
            if (first.text().isPresent() && !first.text().get().isBlank()) {
                List<Line> more = new ArrayList<>();
                moreLength = 0;
                try {
                    return Optional.of(new Fields(first.number(), fields(first, more)));
                } catch (InvalidEntryException e) {
                    reading.error(first.number(), e);
                    for (int i = more.size() - 1; i >= 0; i--) {
                        ahead.push(more.get(i));
                    }
                }
            }
        }
    }

    private @Nullable Line line() throws IOException {
        if (!ahead.isEmpty()) {
            return ahead.pop();
        }
        if (!lines.next()) {
            return null;
        }
        try {
            String text = lines.text();
            if (text.indexOf('\0') >= 0) {
                throw new InvalidEntryException(text, ListRule.LINE_NUL.broken());
            }
            return new Line(lines.number(), Optional.of(text));
        } catch (InvalidEntryException e) {
            reading.error(lines.number(), e);
            return new Line(lines.number(), Optional.empty());
        }
    }

    private List<String> fields(Line first, List<Line> more) throws IOException {
        String text = first.text().orElseThrow();
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            if (fields.size() == MAX_FIELDS) {
                throw new InvalidEntryException(text, ListRule.FIELDS_MANY.broken(MAX_FIELDS));
            }
            var field = new StringBuilder();
            if (at < text.length() && text.charAt(at) == '"') {
                at++;
                int close = close(text, at, field);
                while (close < 0) {
                    field.append('\n');
                    text = another(first, more);
                    close = close(text, 0, field);
                }
                at = close + 1;
                if (at < text.length() && text.charAt(at) != separator) {
                    throw new InvalidEntryException(text, ListRule.QUOTE_AFTER.broken());
                }
            } else {
                int end = text.indexOf(separator, at);
                field.append(text, at, end < 0 ? text.length() : end);
                if (field.indexOf("\"") >= 0) {
                    throw new InvalidEntryException(text, ListRule.QUOTE_WITHIN.broken());
                }
                at = end < 0 ? text.length() : end;
            }
            fields.add(field.toString());
            if (at == text.length()) {
                return fields;
            }
            at++;
        }
    }

    /// Adds the text up to the quote that closes the field, and returns where that is; -1 if it is
    /// not in this line.
    private static int close(String text, int from, StringBuilder field) {
        int at = from;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                field.append(text, at, text.length());
                return -1;
            }
            field.append(text, at, quote);
            if (quote + 1 == text.length() || text.charAt(quote + 1) != '"') {
                return quote;
            }
            field.append('"');
            at = quote + 2;
        }
    }

    private String another(Line first, List<Line> more) throws IOException {
        // Whatever closes it later would belong to another record.
        Line line = moreLength > MAX_MORE ? null : line();
        if (line != null) {
            more.add(line);
            moreLength += line.length();
        }
        if (line == null || line.text().isEmpty()) {
            throw new InvalidEntryException(
                    first.text().orElseThrow(), ListRule.QUOTE_OPEN.broken());
        }
        return line.text().get();
    }
}
