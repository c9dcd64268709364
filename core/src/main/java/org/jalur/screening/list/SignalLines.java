package org.jalur.screening.list;

import java.io.IOException;
import org.jalur.screening.ListRule;

/// Reads lines of a signal type, a space, and a signal.
final class SignalLines {
    private SignalLines() {}

    static void read(Reading reading) throws IOException {
        var lines = new Lines(reading);
        while (lines.next()) {
            try {
                String line = lines.text().strip();
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    reading.entry(lines.number(), entry(line));
                }
            } catch (InvalidEntryException e) {
                reading.error(lines.number(), e);
            }
        }
    }

    private static ListEntry entry(String line) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        SignalKind kind =
                SignalKind.of(word)
                        .orElseThrow(
                                () -> new InvalidEntryException(line, ListRule.LINE_KIND.broken()));
        return ListEntry.of(kind, ValueRules.canonical(kind, line.substring(word.length())));
    }
}
