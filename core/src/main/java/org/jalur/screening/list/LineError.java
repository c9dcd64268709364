package org.jalur.screening.list;

import org.jalur.screening.BrokenRule;

/// What is wrong with one line of a list. The rest of the list is read all the same.
///
/// @param line from 1; of an entry over several lines the first
/// @param value what is wrong, as written: at most {@value #MAX_SHOWN} characters, control
///   characters replaced
/// @param broken the rule it breaks
public record LineError(long line, String value, BrokenRule broken) {
    /// The most of a value that is shown.
    public static final int MAX_SHOWN = 80;

    public LineError {
        value = shown(value);
    }

    /// The rule it breaks, in English.
    public String rule() {
        return broken.sentence();
    }

    /// What whoever keeps the list can do, in English.
    public String wayOut() {
        return broken.wayOut();
    }

    static String shown(String value) {
        var shown = new StringBuilder();
        value.codePoints()
                .limit(MAX_SHOWN - 1L)
                .forEach(c -> shown.appendCodePoint(isShown(c) ? c : '\uFFFD'));
        if (shown.length() > MAX_SHOWN - 1) {
            // Characters outside of the basic plane count twice.
            shown.setLength(MAX_SHOWN - 2);
        }
        return shown.length() < value.length() ? shown + "…" : shown.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
