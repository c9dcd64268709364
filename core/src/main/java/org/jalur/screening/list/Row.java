package org.jalur.screening.list;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jalur.screening.ListRule;

/// What a list says of one entry, by name. Names are compared without case, and with `_` for
/// whatever is neither letter nor digit, so that `Created On` is `created_on`; a member `name` of a
/// JSON object `group` is `group_name`, and the elements of an array count as one, with `; `
/// between them.
final class Row {
    private static final String BETWEEN = "; ";
    private static final String[] NONE = {};
    private static final int MAX_JOINED = ListEntry.MAX_DESCRIPTION / 10;

    private final Map<String, String> values = new HashMap<>();

    static String name(String written) {
        var name = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                name.append(Character.toLowerCase(c));
            } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '_') {
                name.append('_');
            }
        }
        int length = name.length();
        return name.substring(
                0, length > 0 && name.charAt(length - 1) == '_' ? length - 1 : length);
    }

    /// The number of names with a value.
    int size() {
        return values.size();
    }

    void put(String name, String written) {
        String value = written.strip();
        if (!value.isEmpty()) {
            values.merge(name, value, Row::joined);
        }
    }

    private static String joined(String before, String after) {
        boolean enough =
                before.length() + after.length() > MAX_JOINED
                        || (BETWEEN + before + BETWEEN).contains(BETWEEN + after + BETWEEN);
        return enough ? before : before + BETWEEN + after;
    }

    /// The value of the first of these names that has one.
    Optional<String> get(String... names) {
        for (String name : names) {
            String value = values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// The value of the first name like this.
    Optional<String> find(Predicate<String> name) {
        return values.keySet().stream().filter(name).sorted().findFirst().map(values::get);
    }

    String required(String name) {
        return get(name)
                .orElseThrow(() -> new InvalidEntryException("", ListRule.MISSING.broken(name)));
    }

    boolean isTrue(String name) {
        String value = get(name).orElse("false").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new InvalidEntryException(value, ListRule.TRUTH.broken(name));
        };
    }

    OptionalInt number(String name) {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException _) {
            throw new InvalidEntryException(text.get(), ListRule.WHOLE_NUMBER.broken(name));
        }
    }

    /// The kind that the value of a name says.
    SignalKind kind(String name) {
        String word = required(name);
        return SignalKind.of(word)
                .orElseThrow(() -> new InvalidEntryException(word, ListRule.KIND.broken()));
    }

    /// The entry, of whose fields those are taken that have these names here.
    ListEntry entry(SignalKind kind, String written, Names names, boolean deleted) {
        return new ListEntry(
                kind,
                ValueRules.canonical(kind, written),
                get(names.id()),
                find(names.label()),
                get(names.description()),
                List.of(get("countries").map(codes -> codes.split("[ ;,]+", -1)).orElse(NONE)),
                get(names.added()).map(ListTime::parse),
                get(names.updated()).map(ListTime::parse),
                deleted,
                number("threshold"),
                number("quality"));
    }

    /// How a format calls the fields that most of them have.
    record Names(
            String id, Predicate<String> label, String description, String added, String updated) {}
}
