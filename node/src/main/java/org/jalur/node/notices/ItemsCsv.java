package org.jalur.node.notices;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.Rule;

/**
 * Items from CSV (RFC 4180): a header with the column {@code url} and, if wanted, {@code kind},
 * {@code text} and {@code id}. Every line is checked, and every error is told with its line.
 */
final class ItemsCsv {
    private static final Set<String> COLUMNS = Set.of("url", "kind", "text", "id");
    private static final int MOST_ERRORS = 200;

    private ItemsCsv() {}

    /**
     * @param line in the file, the header being line 1
     */
    record LineError(long line, String error) {}

    /** Either items or errors. */
    record Result(List<ItemForm> items, List<LineError> errors) {}

    static Result read(String csv) {
        var items = new ArrayList<ItemForm>();
        var errors = new ArrayList<LineError>();
        try (CSVParser parser =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .setIgnoreHeaderCase(true)
                        .setTrim(true)
                        .get()
                        .parse(
                                new StringReader(
                                        csv.startsWith("\ufeff") ? csv.substring(1) : csv))) {
            checkHeader(parser.getHeaderNames(), errors);
            if (!errors.isEmpty()) {
                return new Result(List.of(), errors);
            }
            for (CSVRecord line : parser) {
                read(line, parser.getCurrentLineNumber(), items, errors);
                if (errors.size() == MOST_ERRORS) {
                    errors.add(
                            new LineError(
                                    parser.getCurrentLineNumber(),
                                    "more than 200 errors; mend these first"));
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            errors.add(new LineError(items.size() + 2L, "the line is not CSV: " + e.getMessage()));
        }
        if (items.size() > NoticeFacts.MAX_ITEMS) {
            errors.add(
                    new LineError(
                            NoticeFacts.MAX_ITEMS + 2L,
                            "%d items; a notice names at most %d: split the file"
                                    .formatted(items.size(), NoticeFacts.MAX_ITEMS)));
        }
        if (items.isEmpty() && errors.isEmpty()) {
            errors.add(new LineError(2, "there is no item; add lines below the header"));
        }
        return new Result(errors.isEmpty() ? items : List.of(), errors);
    }

    private static void checkHeader(List<String> names, List<LineError> errors) {
        List<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (!lower.contains("url")) {
            errors.add(new LineError(1, "the header lacks the column \"url\""));
        }
        lower.stream()
                .filter(name -> !COLUMNS.contains(name))
                .forEach(name ->
                        errors.add(
                                new LineError(
                                        1,
                                        "unknown column \"%s\"; known are %s"
                                                .formatted(
                                                        name,
                                                        COLUMNS.stream().sorted().toList()))));
    }

    private static void read(
            CSVRecord line, long number, List<ItemForm> items, List<LineError> errors) {
        try {
            if (!line.isConsistent()) {
                throw new InvalidNoticeException("line", Rule.FIELDS, line.size());
            }
            ItemKind kind = column(line, "kind").map(ItemsCsv::kind).orElse(ItemKind.POST);
            String url = line.get("url");
            Optional<Map<String, String>> ids = column(line, "id").map(id -> Map.of("id", id));
            Optional<String> text = column(line, "text");
            // The record checks what an item may be.
            new Item(items.size() + 1, kind, url, ids.orElse(Map.of()), text, List.of());
            items.add(new ItemForm(Optional.of(kind), url, ids, text, Optional.empty()));
        } catch (InvalidNoticeException e) {
            errors.add(new LineError(number, String.valueOf(e.getMessage())));
        }
    }

    private static Optional<String> column(CSVRecord line, String name) {
        return line.isMapped(name)
                ? Optional.of(line.get(name)).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static ItemKind kind(String text) {
        try {
            return ItemKind.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new InvalidNoticeException(
                    "kind", Rule.CHOICE, text, "post, media, channel, account");
        }
    }
}
