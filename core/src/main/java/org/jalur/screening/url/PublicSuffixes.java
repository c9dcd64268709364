package org.jalur.screening.url;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The names under which strangers to one another can register names: "com", "co.id", "github.io".
/// Whoever blocks such a name blocks them all. Rules of registries and of companies count alike.
///
/// Source: publicsuffix.org/list, format and algorithm. The list changes weekly; a node can be
/// given a newer copy than the one that comes with this code.
public final class PublicSuffixes {
    private enum Rule {
        /** The name itself is a suffix. */
        NAME,
        /** So is every name directly below it; the name itself may be or not. */
        BELOW,
        NAME_AND_BELOW,
        /** Is none although it is directly below such a name. */
        EXCEPTION
    }

    private static final String RESOURCE = "/org/publicsuffix/list/effective_tld_names.dat";

    private final Map<String, Rule> rules;

    private PublicSuffixes(Map<String, Rule> rules) {
        this.rules = rules;
    }

    /**
     * The copy on the class path, as the HTTP client of Apache brings it: a new version of that
     * library is a new list.
     *
     * @throws IllegalStateException if there is none; give {@link #read} one then
     */
    public static PublicSuffixes bundled() {
        try (InputStream in = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the public suffix list is not on the class path: add httpclient5, which has "
                                + RESOURCE);
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a list: a rule a line, up to the first white space; comments begin with two slashes.
     *
     * @throws IllegalArgumentException if a rule is no host name; names the line
     */
    public static PublicSuffixes read(InputStream list) throws IOException {
        Map<String, Rule> rules = new HashMap<>();
        var lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
            String rule = line.strip();
            if (!rule.isEmpty() && !rule.startsWith("//")) {
                int from = rule.startsWith("*.") ? 2 : rule.startsWith("!") ? 1 : 0;
                int lineNumber = number;
                String name =
                        HostName.parse(rule.substring(from, end(rule)))
                                .orElseThrow(() -> unreadable(lineNumber, rule))
                                .ascii();
                Rule kind = from == 2 ? Rule.BELOW : from == 1 ? Rule.EXCEPTION : Rule.NAME;
                rules.merge(name, kind, (old, added) -> old == added ? old : Rule.NAME_AND_BELOW);
            }
        }
        return new PublicSuffixes(Map.copyOf(rules));
    }

    private static int end(String rule) {
        int end = 0;
        while (end < rule.length() && !Character.isWhitespace(rule.charAt(end))) {
            end++;
        }
        return end;
    }

    private static IllegalArgumentException unreadable(int line, String rule) {
        return new IllegalArgumentException("line %d is no rule: %s".formatted(line, rule));
    }

    /** Whether strangers can register names below this one; never for an address. */
    public boolean isPublicSuffix(HostName host) {
        return !host.isAddress() && suffixStart(host.ascii()) == 0;
    }

    /**
     * The name that its owner registered: one label more than the suffix.
     *
     * @return empty if the host is a suffix itself, or an address
     */
    public Optional<HostName> registrableDomain(HostName host) {
        int suffix = host.isAddress() ? 0 : suffixStart(host.ascii());
        if (suffix == 0) {
            return Optional.empty();
        }
        String name = host.ascii();
        return HostName.parse(name.substring(name.lastIndexOf('.', suffix - 2) + 1));
    }

    /**
     * The first suffix below a name, in alphabetical order; empty if all below it is one owner's.
     */
    public Optional<HostName> suffixBelow(HostName host) {
        String end = "." + host.ascii();
        return rules.entrySet().stream()
                .filter(rule -> rule.getValue() != Rule.EXCEPTION)
                .map(Map.Entry::getKey)
                .filter(name -> name.endsWith(end))
                .min(Comparator.naturalOrder())
                .map(HostName::new);
    }

    /** Whether a name ends in a top-level domain that the list knows. */
    boolean isKnown(HostName host) {
        String name = host.ascii();
        return rules.containsKey(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Where the longest suffix of a name begins; without a rule it is the last label. */
    private int suffixStart(String name) {
        int above = 0;
        for (int from = 0; ; ) {
            Rule rule = rules.get(name.substring(from));
            int dot = name.indexOf('.', from);
            if (rule == Rule.EXCEPTION) {
                return dot + 1;
            }
            // The rule for all names below reaches one label further than a rule for this name.
            boolean below = rule == Rule.BELOW || rule == Rule.NAME_AND_BELOW;
            if (below && from > 0) {
                return above;
            }
            if (rule == Rule.NAME || rule == Rule.NAME_AND_BELOW || dot < 0) {
                return from;
            }
            above = from;
            from = dot + 1;
        }
    }
}
