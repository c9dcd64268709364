package org.jalur.node.access;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Surroundings;

/** What stands around names, from lines of text: kind, name, words. */
final class SurroundingsFile {
    private enum Kind {
        OWN,
        RESOLVER,
        CONTROL,
        SHARED,
        SHARED_HOST,
        POPULAR;

        private String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Kind, Set<DomainName>> names = new EnumMap<>(Kind.class);
    private final Map<DomainName, String> shared = new HashMap<>();

    SurroundingsFile() {
        Stream.of(Kind.values()).forEach(kind -> names.put(kind, new TreeSet<>()));
    }

    /**
     * Adds lines; what begins with # and empty lines say nothing.
     *
     * @param where it is, for whoever has to mend it
     * @throws IllegalArgumentException names the line, what is wrong with it, and the way out
     */
    SurroundingsFile with(String where, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    add(line.split("\\s+", 3));
                } catch (IllegalArgumentException | InvalidAccessException e) {
                    throw new IllegalArgumentException(
                            "%s, line %d: %s".formatted(where, i + 1, e.getMessage()), e);
                }
            }
        }
        return this;
    }

    SurroundingsFile withOwn(DomainName name) {
        set(Kind.OWN).add(name);
        return this;
    }

    private void add(String[] words) {
        Kind kind =
                Stream.of(Kind.values())
                        .filter(one -> one.wire().equals(words[0]))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "\"%s\" is no kind; use one of %s"
                                                .formatted(
                                                        words[0],
                                                        Stream.of(Kind.values())
                                                                .map(Kind::wire)
                                                                .toList())));
        if (words.length < (kind == Kind.SHARED ? 3 : 2)) {
            throw new IllegalArgumentException(
                    kind == Kind.SHARED
                            ? "a shared name says what it is; write \"shared NAME WORDS\""
                            : "the name is missing; write \"%s NAME\"".formatted(words[0]));
        }
        DomainName name = DomainName.read(words[1]);
        if (kind == Kind.SHARED) {
            shared.put(name, words[2]);
        } else {
            set(kind).add(name);
        }
    }

    private Set<DomainName> set(Kind kind) {
        return names.computeIfAbsent(kind, _ -> new TreeSet<>());
    }

    Surroundings read() {
        return new Surroundings(
                set(Kind.OWN),
                set(Kind.RESOLVER),
                set(Kind.CONTROL),
                shared,
                set(Kind.SHARED_HOST),
                set(Kind.POPULAR));
    }
}
