package org.jalur.node.notices;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * {@code text} and {@code id}, divided by commas, semicolons or tabs, as spreadsheets write them in
 * different countries. Every line is checked, and every error is told with its line.
 */
final class ItemsCsv {
    private static final Set<String> COLUMNS = Set.of("url", "kind", "text", "id");
    private static final int MOST_ERRORS = 200;

    /** How a spreadsheet is told what divides the fields; a line before the header. */
    private static final Pattern DIVIDED_BY = Pattern.compile("sep=(.)\\R");

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** The mark as UTF-16 writes it. */
    private static final short LITTLE_ENDIAN = (short) 0xfffe;

    private static final short BIG_ENDIAN = (short) 0xfeff;

    private ItemsCsv() {}

    /**
     * @param line in the file, the header being line 1
     * @param cause for pages, which say it in their language
     */
    record LineError(long line, @JsonIgnore InvalidNoticeException cause) {
        @JsonProperty
        String error() {
            return String.valueOf(cause.getMessage());
        }
    }

    private static LineError error(long line, String field, Rule rule, Object... values) {
        return new LineError(line, new InvalidNoticeException(field, rule, values));
    }

    /** Either items or errors. */
    record Result(List<ItemForm> items, List<LineError> errors) {}

    /** A file to be filled in: the header alone, in the form that spreadsheets here open. */
    static byte[] template(String language) {
        String divider = language.equals("id") ? ";" : ",";
        return (BYTE_ORDER_MARK + String.join(divider, "url", "kind", "text", "id") + "\r\n")
                .getBytes(UTF_8);
    }

    /** A file as it was uploaded: UTF-8, or UTF-16 with a byte order mark. */
    static Result read(byte[] file) {
        boolean wide =
                file.length >= 2
                        && Set.of(LITTLE_ENDIAN, BIG_ENDIAN)
                                .contains(ByteBuffer.wrap(file).getShort());
        try {
            return read(
                    (wide ? UTF_16 : UTF_8).newDecoder().decode(ByteBuffer.wrap(file)).toString());
        } catch (CharacterCodingException _) {
            return new Result(List.of(), List.of(error(1, "file", Rule.NOT_UTF8)));
        }
    }

    static Result read(String file) {
        String csv = file.startsWith(BYTE_ORDER_MARK) ? file.substring(1) : file;
        Matcher told = DIVIDED_BY.matcher(csv);
        return told.lookingAt()
                ? read(csv.substring(told.end()), told.group(1).charAt(0), 1)
                : read(csv, divider(csv), 0);
    }

    /** The first of them in the header: no column's name has one. */
    private static char divider(String csv) {
        String header = csv.lines().findFirst().orElse("");
        return (char)
                header.chars().filter(one -> ",;\t".indexOf(one) >= 0).findFirst().orElse(',');
    }

    /**
     * @param before lines above the header
     */
    private static Result read(String csv, char divider, int before) {
        var items = new ArrayList<ItemForm>();
        var errors = new ArrayList<LineError>();
        try (CSVParser parser =
                CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(divider)
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .setIgnoreHeaderCase(true)
                        .setTrim(true)
                        .get()
                        .parse(new StringReader(csv))) {
            checkHeader(before + 1, parser.getHeaderNames(), errors);
            if (!errors.isEmpty()) {
                return new Result(List.of(), errors);
            }
            for (CSVRecord line : parser) {
                read(line, before + parser.getCurrentLineNumber(), items, errors);
                if (errors.size() == MOST_ERRORS) {
                    errors.add(
                            error(
                                    before + parser.getCurrentLineNumber(),
                                    "line",
                                    Rule.MANY_ERRORS,
                                    MOST_ERRORS));
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            errors.add(error(items.size() + 2L, "line", Rule.NOT_CSV));
        }
        if (items.size() > NoticeFacts.MAX_ITEMS) {
            errors.add(
                    error(
                            NoticeFacts.MAX_ITEMS + 2L,
                            "items",
                            Rule.ITEM_COUNT,
                            items.size(),
                            NoticeFacts.MAX_ITEMS));
        }
        if (items.isEmpty() && errors.isEmpty()) {
            errors.add(error(2, "items", Rule.ITEM_COUNT, 0, NoticeFacts.MAX_ITEMS));
        }
        return new Result(errors.isEmpty() ? items : List.of(), errors);
    }

    private static void checkHeader(long line, List<String> names, List<LineError> errors) {
        List<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (!lower.contains("url")) {
            errors.add(error(line, "header", Rule.COLUMN_MISSING, "url"));
        }
        lower.stream()
                .filter(name -> !COLUMNS.contains(name))
                .forEach(name ->
                        errors.add(
                                error(
                                        line,
                                        "header",
                                        Rule.COLUMN_UNKNOWN,
                                        name,
                                        String.join(", ", COLUMNS.stream().sorted().toList()))));
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
            errors.add(new LineError(number, e));
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
