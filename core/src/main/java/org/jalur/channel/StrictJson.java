package org.jalur.channel;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
 * A JSON object as the protocol allows it: UTF-8 and nothing else; members are strings, whole
 * numbers or further objects; no duplicate member, no float, no array, no null, at most {@value
 * #MAX_DEPTH} levels, nothing after it. A reader takes the members it knows and then calls {@link
 * #end()}, which refuses the rest.
 */
final class StrictJson {
    static final int MAX_DEPTH = 4;
    private static final int MAX_STRING = 16 * 1024;
    private static final int MAX_NUMBER = 19;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING)
                                    .maxNameLength(64)
                                    .maxNumberLength(MAX_NUMBER)
                                    .build())
                    .build();

    private final String what;
    private final Map<String, Object> members;

    private StrictJson(String what, Map<String, Object> members) {
        this.what = what;
        this.members = members;
    }

    static StrictJson read(byte[] utf8, String what) {
        // From text, not from octets: the library would guess other encodings, and take overlong
        // forms.
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(utf8, what))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessageException(what + " is not a JSON object");
            }
            StrictJson object = readObject(parser, what);
            if (parser.nextToken() != null) {
                throw new MalformedMessageException(what + " has text after its end");
            }
            return object;
        } catch (JacksonException e) {
            throw new MalformedMessageException(
                    what + " is not the JSON of this protocol: " + e.getOriginalMessage(), e);
        }
    }

    private static String decode(byte[] utf8, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException(what + " is not UTF-8", e);
        }
    }

    /** Refuses half of a surrogate pair (RFC 7493 §2.1): it could not be written again. */
    private static String wellFormed(String text, String what) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedMessageException(what + " has half a character");
        }
        return text;
    }

    private static StrictJson readObject(JsonParser parser, String what) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = wellFormed(parser.currentName(), what);
            members.put(
                    name,
                    switch (parser.nextToken()) {
                        case VALUE_STRING -> wellFormed(parser.getString(), what + "." + name);
                        case VALUE_NUMBER_INT -> parser.getLongValue();
                        case START_OBJECT -> readObject(parser, what + "." + name);
                        case null, default ->
                                throw new MalformedMessageException(
                                        "%s.%s is neither a string, a whole number nor an object"
                                                .formatted(what, name));
                    });
        }
        return new StrictJson(what, members);
    }

    Optional<String> optionalString(String name) {
        return take(name, String.class);
    }

    String string(String name) {
        return optionalString(name).orElseThrow(() -> missing(name));
    }

    Optional<Long> optionalNumber(String name) {
        return take(name, Long.class);
    }

    long number(String name) {
        return optionalNumber(name).orElseThrow(() -> missing(name));
    }

    StrictJson object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    Optional<StrictJson> optionalObject(String name) {
        return take(name, StrictJson.class);
    }

    Set<String> names() {
        return Set.copyOf(members.keySet());
    }

    /** Refuses every member that nobody asked for. */
    void end() {
        if (!members.isEmpty()) {
            throw new MalformedMessageException(
                    "%s has the unknown member \"%s\""
                            .formatted(what, members.keySet().iterator().next()));
        }
    }

    private <T> Optional<T> take(String name, Class<T> type) {
        Object value = members.remove(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new MalformedMessageException("%s.%s has the wrong type".formatted(what, name));
        }
        return Optional.of(type.cast(value));
    }

    private MalformedMessageException missing(String name) {
        return new MalformedMessageException("%s lacks the member \"%s\"".formatted(what, name));
    }

    /** Writes one object; the bytes are signed as they come, so there is no canonical form. */
    static byte[] write(Consumer<JsonGenerator> members) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
