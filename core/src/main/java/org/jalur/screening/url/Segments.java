package org.jalur.screening.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of an address's path, escapes undone, and the values of its query.
record Segments(List<String> parts, String query) {
    // No address of a channel or post has more.
    private static final int MOST = 8;
    private static final int LONGEST = 200;

    static Segments of(CanonicalUrl url) {
        return of(url.path(), url.query().orElse(""));
    }

    static Segments of(String path, String query) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < path.length() && parts.size() < MOST; ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (to > from) {
                String part = path.substring(from, to);
                // One that is too long is none that is known.
                parts.add(part.length() > LONGEST ? "" : Escapes.text(part));
            }
            from = to + 1;
        }
        return new Segments(List.copyOf(parts), query);
    }

    int count() {
        return parts.size();
    }

    /** A part, or nothing known where there is none. */
    String at(int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    boolean startWith(String part) {
        return at(0).equalsIgnoreCase(part);
    }

    Segments from(int index) {
        return new Segments(parts.subList(Math.min(index, parts.size()), parts.size()), query);
    }

    /** The first value of a name in the query, as it stands there. */
    Optional<String> value(String name) {
        for (int from = 0; from < query.length(); ) {
            int and = query.indexOf('&', from);
            int to = and < 0 ? query.length() : and;
            if (query.startsWith(name + "=", from)) {
                return Optional.of(query.substring(from + name.length() + 1, to));
            }
            from = to + 1;
        }
        return Optional.empty();
    }
}
