package org.jalur.screening.list;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jalur.screening.CountryCode;
import org.jalur.screening.ListRule;

/// One entry of a list as it is exchanged. What the screener makes of it is the platform's decision
/// and not in here.
///
/// @param value in the form that {@link SignalKind} says
/// @param sourceId how the source calls the entry
/// @param label the source's category, group or tags
/// @param description why it is listed, in words
/// @param countries ISO 3166-1 alpha-2 codes where it counts; empty for everywhere
/// @param added when the source listed it
/// @param updated when the source changed it last
/// @param deleted whether the source takes it back
/// @param threshold the greatest distance that counts as a match, 0 to 1000, where the kind has one
/// @param quality of an image hash, 0 to 100
public record ListEntry(
        SignalKind kind,
        String value,
        Optional<String> sourceId,
        Optional<String> label,
        Optional<String> description,
        List<String> countries,
        Optional<Instant> added,
        Optional<Instant> updated,
        boolean deleted,
        OptionalInt threshold,
        OptionalInt quality) {
    /// Longest description, in UTF-16 units; an id or a label may have a tenth of it.
    public static final int MAX_DESCRIPTION = 4000;

    private static final int MAX_WORDS = MAX_DESCRIPTION / 10;
    private static final int MAX_THRESHOLD = 1000;
    private static final int MAX_QUALITY = 100;

    /// Throws {@link InvalidEntryException} if a rule is broken.
    public ListEntry {
        ValueRules.check(kind, value);
        checkWords(sourceId, label, description);
        countries = List.copyOf(countries);
        countries.forEach(ListEntry::checkCountry);
        checkRange("threshold", threshold, MAX_THRESHOLD);
        checkRange("quality", quality, MAX_QUALITY);
    }

    /// An entry of which only kind and value are known.
    ///
    /// @throws InvalidEntryException if the value is not of that kind
    public static ListEntry of(SignalKind kind, String value) {
        return new ListEntry(
                kind,
                value,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /// Throws {@link InvalidEntryException} if words about an entry break a rule.
    public static void checkWords(
            Optional<String> sourceId, Optional<String> label, Optional<String> description) {
        checkText("id", sourceId, MAX_WORDS);
        checkText("label", label, MAX_WORDS);
        checkText("description", description, MAX_DESCRIPTION);
    }

    private static void checkText(String what, Optional<String> text, int most) {
        if (text.isEmpty()) {
            return;
        }
        if (text.get().length() > most) {
            throw new InvalidEntryException(
                    text.get(), ListRule.WORDS_LONG.broken(what, text.get().length(), most));
        }
        if (text.get().indexOf('\0') >= 0) {
            throw new InvalidEntryException(text.get(), ListRule.WORDS_NUL.broken(what));
        }
        if (text.get().isBlank() || !text.get().equals(text.get().strip())) {
            throw new InvalidEntryException(text.get(), ListRule.WORDS_SPACE.broken(what));
        }
    }

    private static void checkCountry(String code) {
        if (!CountryCode.isOne(code)) {
            throw new InvalidEntryException(code, ListRule.COUNTRY.broken());
        }
    }

    private static void checkRange(String what, OptionalInt number, int most) {
        if (number.isPresent() && (number.getAsInt() < 0 || number.getAsInt() > most)) {
            throw new InvalidEntryException(
                    String.valueOf(number.getAsInt()), ListRule.RANGE.broken(what, most));
        }
    }
}
