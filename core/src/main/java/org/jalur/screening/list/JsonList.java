package org.jalur.screening.list;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jalur.screening.ListRule;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads a list in JSON: an array of objects, an object with such an array as `data` or `results`,
/// or one object a line. Where JSON is broken the reading ends, but for one object a line, where it
/// goes on.
final class JsonList {
    private static final int MAX_MEMBERS = 64;
    private static final Set<String> ARRAYS = Set.of("data", "results");
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(32)
                                    .maxStringLength(64 * 1024)
                                    .maxNameLength(256)
                                    .maxNumberLength(32)
                                    .build())
                    .build();

    private final Reading reading;
    private final Dialect dialect;

    JsonList(Reading reading, Dialect dialect) {
        this.reading = reading;
        this.dialect = dialect;
    }

    void readDocument() throws IOException {
        // From text, not from octets: the library would guess other encodings.
        var text = new InputStreamReader(reading.in(), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = parser(text)) {
            try {
                document(parser);
            } catch (JacksonException e) {
                reading.broken(problem(Math.max(1, parser.currentLocation().getLineNr()), e));
            }
        }
    }

    void readLines() throws IOException {
        var lines = new Lines(reading);
        while (lines.next()) {
            try {
                String text = lines.text();
                if (!text.isBlank()) {
                    line(lines.number(), text);
                }
            } catch (InvalidEntryException e) {
                reading.error(lines.number(), e);
            }
        }
    }

    private void line(long number, String text) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Row row = row(parser);
            if (parser.nextToken() != null) {
                throw new InvalidEntryException(text, ListRule.JSON_AFTER.broken());
            }
            reading.row(number, dialect, row);
        } catch (JacksonException e) {
            reading.error(problem(number, e));
        }
    }

    private static JsonParser parser(Reader text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    private static LineError problem(long line, JacksonException e) throws IOException {
        if (e.getCause() instanceof CharacterCodingException) {
            return new LineError(line, "", ListRule.JSON_UTF8.broken());
        }
        if (e.getCause() instanceof IOException cause) {
            throw cause;
        }
        return new LineError(line, e.getOriginalMessage(), ListRule.JSON_BROKEN.broken());
    }

    private void document(JsonParser parser) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_ARRAY -> entries(parser);
                case START_OBJECT -> page(parser);
                default -> reading.error(unexpected(parser));
            }
        }
    }

    private void page(JsonParser parser) {
        boolean found = false;
        long line = parser.currentTokenLocation().getLineNr();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY && ARRAYS.contains(name)) {
                entries(parser);
                found = true;
            } else if (value == JsonToken.START_OBJECT && name.equals("paging")) {
                paging(parser);
            } else if (value == JsonToken.VALUE_STRING && name.equals("checkpoint")) {
                reading.cursor(parser.getString());
            } else if (value == JsonToken.VALUE_STRING && name.equals("next")) {
                reading.nextPage(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        if (!found) {
            reading.error(new LineError(line, "", ListRule.JSON_ARRAY.broken()));
        }
    }

    private void paging(JsonParser parser) {
        long line = parser.currentTokenLocation().getLineNr();
        try {
            Row paging = row(parser);
            paging.get("cursors_after").ifPresent(reading::cursor);
            paging.get("next").ifPresent(reading::nextPage);
        } catch (InvalidEntryException e) {
            reading.error(line, e);
        }
    }

    private void entries(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long line = parser.currentTokenLocation().getLineNr();
            reading.line(line);
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                try {
                    reading.row(line, dialect, row(parser));
                } catch (InvalidEntryException e) {
                    reading.error(line, e);
                }
            } else {
                reading.error(unexpected(parser));
                parser.skipChildren();
            }
        }
    }

    private static LineError unexpected(JsonParser parser) {
        return new LineError(
                parser.currentTokenLocation().getLineNr(),
                parser.getString(),
                ListRule.JSON_OBJECT.broken());
    }

    /// Reads the object that begins here, to its end.
    private Row row(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidEntryException("", ListRule.JSON_OBJECT.broken());
        }
        var row = new Row();
        members(parser, "", row);
        if (row.size() > MAX_MEMBERS) {
            throw new InvalidEntryException("", ListRule.JSON_MEMBERS.broken(MAX_MEMBERS));
        }
        return row;
    }

    private static void members(JsonParser parser, String before, Row row) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Row.name(before + parser.currentName());
            parser.nextToken();
            value(parser, name, row);
        }
    }

    private static void value(JsonParser parser, String name, Row row) {
        switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, name + "_", row);
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, name, row);
                }
            }
            case VALUE_NULL -> {}
            case null, default -> {
                // One more than allowed, to be refused for it: the rest takes no memory.
                if (row.size() <= MAX_MEMBERS) {
                    row.put(name, parser.getString());
                }
            }
        }
    }
}
