package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jalur.log.SignedNote;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object as the evidence file allows it: as strict as the messages themselves, and with
 * lists of strings or of objects besides.
 */
final class EvidenceJson {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(4)
                                    .maxStringLength(SignedNote.MAX_BYTES)
                                    .maxNameLength(64)
                                    .maxNumberLength(19)
                                    .build())
                    .build();

    private final Map<String, Object> members;

    private EvidenceJson(Map<String, Object> members) {
        this.members = members;
    }

    static EvidenceJson read(byte[] utf8) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            EvidenceJson object = readObject(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("text after the end of the JSON object");
            }
            return object;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static EvidenceJson readObject(JsonParser parser) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, readValue(parser, parser.nextToken()));
        }
        return new EvidenceJson(members);
    }

    private static Object readValue(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(readValue(parser, parser.currentToken()));
                }
                yield elements;
            }
            case null, default ->
                    throw new IllegalArgumentException(
                            "neither a string, a whole number, an object nor a list: " + token);
        };
    }

    String string(String name) {
        return optionalString(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalString(String name) {
        return take(name, String.class);
    }

    long number(String name) {
        return take(name, Long.class).orElseThrow(() -> missing(name));
    }

    EvidenceJson object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    Optional<EvidenceJson> optionalObject(String name) {
        return take(name, EvidenceJson.class);
    }

    List<String> strings(String name) {
        return list(name, String.class).orElseThrow(() -> missing(name));
    }

    Optional<List<String>> optionalStrings(String name) {
        return list(name, String.class);
    }

    List<EvidenceJson> objects(String name) {
        return list(name, EvidenceJson.class).orElseThrow(() -> missing(name));
    }

    /** Refuses every member that nobody asked for. */
    void end() {
        if (!members.isEmpty()) {
            throw new IllegalArgumentException(
                    "the unknown member \"%s\"".formatted(members.keySet().iterator().next()));
        }
    }

    private <T> Optional<List<T>> list(String name, Class<T> type) {
        return take(name, List.class)
                .map(elements -> {
                    List<T> typed = new ArrayList<>(elements.size());
                    for (Object element : elements) {
                        typed.add(cast(name, element, type));
                    }
                    return typed;
                });
    }

    private <T> Optional<T> take(String name, Class<T> type) {
        return Optional.ofNullable(members.remove(name)).map(value -> cast(name, value, type));
    }

    private static <T> T cast(String name, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "the member \"%s\" has the wrong type".formatted(name));
        }
        return type.cast(value);
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("the member \"%s\" is missing".formatted(name));
    }

    static byte[] write(Consumer<JsonGenerator> members) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString().getBytes(UTF_8);
    }

    static void writeList(JsonGenerator json, String name, List<String> elements) {
        json.writeArrayPropertyStart(name);
        elements.forEach(json::writeString);
        json.writeEndArray();
    }
}
