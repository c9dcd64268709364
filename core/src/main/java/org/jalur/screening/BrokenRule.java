package org.jalur.screening;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A rule that a list, a line or an entry breaks, with what it says of this one. Pages say it in
/// the reader's language, everything else in English.
///
/// @param values what the rule's sentences name, in their order: numbers in digits, words of the
///   formats as they are
public record BrokenRule(ListRule rule, List<String> values) {
    public BrokenRule {
        values = List.copyOf(values);
    }

    /// One without a name: what only the command line says, or an older version said.
    public static BrokenRule said(String sentence, String wayOut) {
        return ListRule.SAID.broken(sentence, wayOut);
    }

    /// What is wrong, in English.
    public String sentence() {
        return filled(rule.sentence());
    }

    /// What whoever keeps the list can do, in English.
    public String wayOut() {
        return filled(rule.wayOut());
    }

    private String filled(String sentence) {
        return String.format(
                Locale.ENGLISH, sentence, values.stream().map(BrokenRule::grouped).toArray());
    }

    private static String grouped(String value) {
        return isNumber(value) ? String.format(Locale.ENGLISH, "%,d", Long.valueOf(value)) : value;
    }

    /// Whether a value is a number, which each language groups in its own way.
    public static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.length() < 19
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// As it is kept: the rule's name, and each value on a line of its own.
    public String text() {
        return values.isEmpty() ? rule.name() : rule.name() + '\n' + String.join("\n", values);
    }

    /// Reads what {@link #text} wrote, or the sentence of a version that kept no names.
    ///
    /// @param wayOut of that version
    public static BrokenRule kept(String text, String wayOut) {
        return parse(text).orElseGet(() -> said(text, wayOut));
    }

    /// Reads what {@link #text} wrote; empty for anything else.
    public static Optional<BrokenRule> parse(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        return Arrays.stream(ListRule.values())
                .filter(rule -> rule.name().equals(lines.getFirst()))
                .map(rule -> new BrokenRule(rule, lines.subList(1, lines.size())))
                .findFirst();
    }
}
