package org.jalur.screening.list;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes an object with an array of entries, as the interface of each source answers.
final class JsonWriter extends ListWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final ListFormat format;
    private final Dialect dialect;
    private final JsonGenerator json;
    private final Optional<String> cursor;

    JsonWriter(Writer out, ListFormat format, Dialect dialect, Optional<String> cursor)
            throws IOException {
        this.format = format;
        this.dialect = dialect;
        this.cursor = cursor;
        json = JSON.createGenerator(ObjectWriteContext.empty(), out);
        write(() -> {
            json.writeStartObject();
            json.writeName(dialect == Dialect.THREAT_UPDATES ? "data" : "results");
            json.writeStartArray();
        });
    }

    @Override
    public void write(ListEntry entry) throws IOException {
        Map<String, String> values = Columns.of(format, dialect, entry);
        write(() -> {
            json.writeStartObject();
            switch (dialect) {
                case THREAT_UPDATES -> {
                    values.forEach(this::member);
                    descriptors(entry);
                }
                case TCAP -> address(entry);
                case ENTRIES, SIGNALS, HASH_LIST -> values.forEach(this::member);
            }
            json.writeEndObject();
        });
    }

    private void member(String name, String value) {
        json.writeName(name);
        switch (name) {
            case "deleted", "should_delete" -> json.writeBoolean(Boolean.parseBoolean(value));
            case "updated_on", "last_updated" -> json.writeNumber(value);
            default -> json.writeString(value);
        }
    }

    private void descriptors(ListEntry entry) {
        json.writeObjectPropertyStart("descriptors");
        json.writeArrayPropertyStart("data");
        json.writeStartObject();
        json.writeStringProperty("status", "MALICIOUS");
        entry.description().ifPresent(text -> json.writeStringProperty("description", text));
        entry.added().ifPresent(time -> json.writeStringProperty("added_on", time.toString()));
        entry.label()
                .ifPresent(tag -> {
                    json.writeArrayPropertyStart("tags");
                    json.writeString(tag);
                    json.writeEndArray();
                });
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void address(ListEntry entry) {
        entry.sourceId().ifPresent(id -> json.writeStringProperty("id", id));
        json.writeStringProperty("url", entry.value());
        entry.description().ifPresent(text -> json.writeStringProperty("description", text));
        entry.added().ifPresent(time -> json.writeStringProperty("created_on", time.toString()));
        json.writeObjectPropertyStart("terrorist_group");
        entry.label().ifPresent(name -> json.writeStringProperty("name", name));
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        write(() -> {
            json.writeEndArray();
            if (dialect == Dialect.HASH_LIST) {
                cursor.ifPresent(at -> json.writeStringProperty("checkpoint", at));
            }
            json.writeEndObject();
            json.close();
        });
    }

    /// The library wraps what the stream throws.
    private static void write(Runnable step) throws IOException {
        try {
            step.run();
        } catch (JacksonException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }
}
