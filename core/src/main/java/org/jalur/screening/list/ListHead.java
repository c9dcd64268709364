package org.jalur.screening.list;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jalur.screening.ListRule;
import org.jalur.screening.list.ListFormat.Container;

/// The beginning of a list, and the format it shows.
final class ListHead {
    static final int OCTETS = 1 << 16;

    private static final Pattern MEMBER = Pattern.compile("\"([^\"\\\\]{1,256})\"\\s*:");
    private static final Pattern PAGE = Pattern.compile("\"(results|data)\"");
    private static final Optional<Dialect> OWN = Optional.of(Dialect.ENTRIES);
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] octets;
    private final int start;
    private final String text;

    /// @throws UnreadableListException if it is no text in UTF-8, by its first octets
    ListHead(byte[] octets) {
        this.octets = octets;
        start = Arrays.mismatch(octets, MARK) >= MARK.length || Arrays.equals(octets, MARK) ? 3 : 0;
        // Only to see the format: what is not UTF-8 is reported when it is read.
        text = new String(octets, start, octets.length - start, StandardCharsets.UTF_8);
        checkFirst();
    }

    byte[] octets() {
        return octets;
    }

    /// Where the list begins: after a byte order mark.
    int start() {
        return start;
    }

    private void checkFirst() {
        if (octets.length >= 2) {
            int two = (octets[0] & 0xFF) << 8 | (octets[1] & 0xFF);
            switch (two) {
                case 0xFEFF, 0xFFFE ->
                        throw new UnreadableListException(ListRule.FILE_UTF16.broken());
                case 0x1F8B, 0x504B, 0x425A, 0x28B5 ->
                        throw new UnreadableListException(ListRule.FILE_PACKED.broken());
                case 0x2550 -> throw new UnreadableListException(ListRule.FILE_PDF.broken());
                default -> {}
            }
            if (octets[0] == 0 || octets[1] == 0) {
                throw new UnreadableListException(ListRule.FILE_NUL.broken());
            }
        }
    }

    /// The format that the content shows, or the name where the content is empty.
    ListFormat format(String name) {
        Optional<String> first =
                text.lines().map(String::strip).filter(ListHead::isContent).findFirst();
        if (first.isEmpty()) {
            return named(name);
        }
        return switch (first.get().charAt(0)) {
            case '{', '[' -> json();
            case '<' -> throw new UnreadableListException(ListRule.FILE_MARKUP.broken());
            default ->
                    records(Container.COMMA, ',')
                            .or(() -> records(Container.TAB, '\t'))
                            .orElseGet(() -> lines(first.get()));
        };
    }

    private static boolean isContent(String line) {
        return !line.isEmpty() && "#;!".indexOf(line.charAt(0)) < 0;
    }

    private static ListFormat named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return ListFormat.ENTRIES;
        }
        if (lower.endsWith(".tsv")) {
            return ListFormat.ENTRIES_TABS;
        }
        if (lower.endsWith("domains") || lower.endsWith("hosts") || lower.endsWith(".txt")) {
            return ListFormat.DOMAINS;
        }
        throw new UnreadableListException(ListRule.FILE_EMPTY.broken());
    }

    private ListFormat json() {
        Set<String> names = new TreeSet<>();
        Matcher members = MEMBER.matcher(text);
        while (members.find()) {
            names.add(Row.name(members.group(1)));
        }
        // The name of a group is a member of an object of its own.
        if (names.contains("terrorist_group")) {
            names.add("terrorist_group_name");
        }
        return of(Container.JSON, names)
                .orElseThrow(() -> new UnreadableListException(ListRule.FILE_JSON.broken()));
    }

    private Optional<ListFormat> records(Container container, char separator) {
        int lf = text.indexOf('\n');
        byte[] header =
                text.substring(0, lf < 0 ? text.length() : lf).getBytes(StandardCharsets.UTF_8);
        var errors = new FirstRecord();
        try {
            var in = new CountedInput(new ByteArrayInputStream(header));
            return new Records(new Reading(in, errors), separator)
                    .next()
                    .map(record -> record.values().stream().map(Row::name))
                    .flatMap(names -> of(container, names.collect(Collectors.toSet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ListFormat> of(Container container, Set<String> names) {
        return Arrays.stream(ListFormat.values())
                .filter(format -> format.container() == container)
                .filter(format -> format.dialect().filter(d -> d.knows(names)).isPresent())
                // Our own columns are the most general.
                .reduce((one, other) -> one.dialect().equals(OWN) ? other : one);
    }

    private static ListFormat lines(String first) {
        List<String> words = List.of(first.split("[ \t]+", 2));
        if (words.size() == 2 && SignalKind.of(words.getFirst()).isPresent()) {
            return ListFormat.SIGNAL_LINES;
        }
        if (first.matches("[0-9a-fA-F]{32,}")) {
            throw new UnreadableListException(ListRule.FILE_HASHES.broken());
        }
        if (words.stream().anyMatch(word -> word.indexOf('.') >= 0) && first.indexOf(',') < 0) {
            return ListFormat.DOMAINS;
        }
        throw new UnreadableListException(
                ListRule.FILE_FORMAT.broken('"' + LineError.shown(first) + '"'));
    }

    /// Whether each line is an object of its own.
    boolean isJsonLines() {
        List<String> two =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(2).toList();
        return !two.isEmpty()
                && two.stream().allMatch(line -> line.startsWith("{"))
                && two.getFirst().endsWith("}")
                && (two.size() == 2 || !PAGE.matcher(text).find());
    }

    /// What is wrong with the first line is reported when the list is read.
    private static final class FirstRecord implements ListReceiver {
        @Override
        public void entry(long line, ListEntry entry) {
            throw new IllegalStateException("no entry is looked for");
        }

        @Override
        public void error(LineError error) {
            // Then it is no header.
        }
    }
}
