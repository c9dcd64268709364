package org.jalur.screening.list;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jalur.screening.ListRule;

/// Reads domain names: one a line, or after an address as in a hosts file. `*.` or `.` before a
/// name, and `||` and `^` around it as blockers of advertisements write them, mean what a name
/// means here anyway: itself and all below it.
final class DomainLines {
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?");

    private final Reading reading;
    private final Lines lines;

    private DomainLines(Reading reading) {
        this.reading = reading;
        this.lines = new Lines(reading);
    }

    static void read(Reading reading) throws IOException {
        var list = new DomainLines(reading);
        while (list.lines.next()) {
            try {
                list.line();
            } catch (InvalidEntryException e) {
                reading.error(list.lines.number(), e);
            }
        }
    }

    private void line() {
        byte[] octets = lines.buffer();
        int start = lines.start();
        int end = lines.end();
        while (start < end && isSpace(octets[start])) {
            start++;
        }
        while (start < end && isSpace(octets[end - 1])) {
            end--;
        }
        if (start == end || isComment(octets[start])) {
            return;
        }
        if (isPlain(octets, start, end)) {
            name(new String(octets, start, end - start, StandardCharsets.ISO_8859_1));
        } else {
            words(lines.text(start, end));
        }
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isComment(byte octet) {
        return octet == '#' || octet == ';' || octet == '!';
    }

    /// Whether these can only be a name in its final form; most lines of most lists are.
    private static boolean isPlain(byte[] octets, int start, int end) {
        for (int i = start; i < end; i++) {
            int c = octets[i];
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-') {
                return false;
            }
        }
        return octets[start] != '.' && octets[end - 1] != '.';
    }

    private void words(String line) {
        int comment = line.indexOf(" #");
        List<String> words =
                List.of(SPACES.split(comment < 0 ? line : line.substring(0, comment), -1));
        List<String> named = words.stream().filter(word -> !word.isEmpty()).toList();
        if (named.size() == 1) {
            name(bare(named.getFirst()));
        } else if (ADDRESS.matcher(named.getFirst()).matches()) {
            for (String name : named.subList(1, named.size())) {
                // The hosts file's own names (localhost) have no dot, and are no entries.
                if (name.indexOf('.') >= 0 && !ADDRESS.matcher(name).matches()) {
                    name(name);
                }
            }
        } else {
            throw new InvalidEntryException(line, ListRule.LINE_WORDS.broken());
        }
    }

    private static String bare(String word) {
        String name = word;
        if (name.startsWith("||") && name.endsWith("^")) {
            name = name.substring(2, name.length() - 1);
        }
        if (name.startsWith("*.")) {
            return name.substring(2);
        }
        return name.startsWith(".") ? name.substring(1) : name;
    }

    private void name(String name) {
        reading.entry(
                lines.number(),
                ListEntry.of(SignalKind.DOMAIN, ValueRules.canonical(SignalKind.DOMAIN, name)));
    }
}
