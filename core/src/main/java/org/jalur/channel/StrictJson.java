package org.jalur.channel;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;
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
 * numbers or further objects; no duplicate member, no float, no null, at most {@value #MAX_DEPTH}
 * levels, nothing after it. Parts may have lists, true and false too, and {@value #PART_DEPTH}
 * levels. A reader takes the members it knows and then calls {@link #end()}, which refuses the
 * rest.
 */
public final class StrictJson {
    static final int MAX_DEPTH = 4;
    private static final int PART_DEPTH = 8;
    private static final int MAX_ELEMENTS = 50_000;
    private static final int MAX_STRING = 16 * 1024;
    private static final int MAX_NUMBER = 19;

    private static final JsonFactory ENVELOPE = factory(MAX_DEPTH);
    private static final JsonFactory PART = factory(PART_DEPTH);

    private static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(depth)
                                .maxStringLength(MAX_STRING)
                                .maxNameLength(64)
                                .maxNumberLength(MAX_NUMBER)
                                .build())
                .build();
    }

    private final String what;
    private final Map<String, Object> members;

    private StrictJson(String what, Map<String, Object> members) {
        this.what = what;
        this.members = members;
    }

    /** Of a manifest, a receipt, a key statement: neither lists nor truths. */
    static StrictJson read(byte[] utf8, String what) {
        return read(utf8, what, false);
    }

    /**
     * Of a part of a message, or of what a probe says.
     *
     * @param most octets
     * @throws MalformedMessageException names what is wrong
     */
    public static StrictJson readPart(byte[] utf8, String what, int most) {
        if (utf8.length > most) {
            throw new MalformedMessageException(
                    "%s has %d octets; at most %d are read".formatted(what, utf8.length, most));
        }
        return read(utf8, what, true);
    }

    private static StrictJson read(byte[] utf8, String what, boolean part) {
        JsonFactory json = part ? PART : ENVELOPE;
        // From text, not from octets: the library would guess other encodings, and take overlong
        // forms.
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), decode(utf8, what))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessageException(what + " is not a JSON object");
            }
            StrictJson object = readObject(parser, what, part);
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

    private static StrictJson readObject(JsonParser parser, String what, boolean part) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = wellFormed(parser.currentName(), what);
            members.put(name, value(parser, parser.nextToken(), what + "." + name, part));
        }
        return new StrictJson(what, members);
    }

    private static Object value(
            JsonParser parser, @Nullable JsonToken token, String what, boolean part) {
        return switch (token) {
            case VALUE_STRING -> wellFormed(parser.getString(), what);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case START_OBJECT -> readObject(parser, what, part);
            case VALUE_TRUE, VALUE_FALSE, START_ARRAY -> {
                if (!part) {
                    throw new MalformedMessageException(
                            what + " is neither a string, a whole number nor an object");
                }
                yield token == JsonToken.START_ARRAY
                        ? list(parser, what)
                        : token == JsonToken.VALUE_TRUE;
            }
            case null, default ->
                    throw new MalformedMessageException(
                            what
                                    + " is neither a string, a whole number"
                                    + (part ? ", true, false, a list" : "")
                                    + " nor an object");
        };
    }

    private static List<Object> list(JsonParser parser, String what) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == MAX_ELEMENTS) {
                throw new MalformedMessageException(
                        "%s has more than %d elements".formatted(what, MAX_ELEMENTS));
            }
            String element = what + "[" + elements.size() + "]";
            elements.add(value(parser, parser.currentToken(), element, true));
        }
        return elements;
    }

    public Optional<String> optionalString(String name) {
        return take(name, String.class);
    }

    public String string(String name) {
        return optionalString(name).orElseThrow(() -> missing(name));
    }

    public Optional<Long> optionalNumber(String name) {
        return take(name, Long.class);
    }

    public long number(String name) {
        return optionalNumber(name).orElseThrow(() -> missing(name));
    }

    public StrictJson object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    public Optional<StrictJson> optionalObject(String name) {
        return take(name, StrictJson.class);
    }

    public int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new MalformedMessageException(
                    "%s.%s is %d; write a smaller number".formatted(what, name, number));
        }
        return (int) number;
    }

    public boolean truth(String name) {
        return take(name, Boolean.class).orElseThrow(() -> missing(name));
    }

    public Instant time(String name) {
        return spelled(name, "a UTC time such as 2026-03-01T03:00:00Z", Instant::parse);
    }

    public Hash hash(String name) {
        return spelled(name, "a SHA-256 in lower-case hexadecimal", Hash::parseHex);
    }

    /** Constants are written in lower case. */
    public <E extends Enum<E>> E one(String name, E[] of) {
        String word = string(name);
        return Stream.of(of)
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "%s.%s is \"%s\"; use one of %s"
                                        .formatted(
                                                what,
                                                name,
                                                word,
                                                Stream.of(of).map(StrictJson::word).toList())));
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public <T> List<T> objects(String name, Function<StrictJson, T> read) {
        return list(name, StrictJson.class).stream()
                .map(member -> {
                    T element = read.apply(member);
                    member.end();
                    return element;
                })
                .toList();
    }

    public List<String> strings(String name) {
        return list(name, String.class);
    }

    /** Refuses a choice that nobody knows. */
    public MalformedMessageException unknown(String name, String word) {
        return new MalformedMessageException(
                "%s.%s is the unknown \"%s\"".formatted(what, name, word));
    }

    Set<String> names() {
        return Set.copyOf(members.keySet());
    }

    /** Refuses every member that nobody asked for. */
    public void end() {
        if (!members.isEmpty()) {
            throw new MalformedMessageException(
                    "%s has the unknown member \"%s\""
                            .formatted(what, members.keySet().iterator().next()));
        }
    }

    private <T> List<T> list(String name, Class<T> element) {
        List<T> all = new ArrayList<>();
        for (Object one : take(name, List.class).orElseThrow(() -> missing(name))) {
            all.add(cast(one, element, name));
        }
        return all;
    }

    private <T> T spelled(String name, String form, Function<String, T> read) {
        String text = string(name);
        try {
            T value = read.apply(text);
            if (value.toString().equals(text)) {
                return value;
            }
        } catch (DateTimeException | IllegalArgumentException _) {
            // Said below, like another spelling.
        }
        throw new MalformedMessageException(
                "%s.%s is \"%s\"; write %s".formatted(what, name, text, form));
    }

    private <T> Optional<T> take(String name, Class<T> type) {
        @Nullable Object value = members.remove(name);
        return value == null ? Optional.empty() : Optional.of(cast(value, type, name));
    }

    private <T> T cast(Object value, Class<T> type, String name) {
        if (!type.isInstance(value)) {
            throw new MalformedMessageException("%s.%s has the wrong type".formatted(what, name));
        }
        return type.cast(value);
    }

    private MalformedMessageException missing(String name) {
        return new MalformedMessageException("%s lacks the member \"%s\"".formatted(what, name));
    }

    /** Writes one object; the bytes are signed as they come, so there is no canonical form. */
    public static byte[] write(Consumer<JsonGenerator> members) {
        var text = new StringWriter();
        try (JsonGenerator json = ENVELOPE.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
