package org.jalur.access.text;

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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jalur.channel.MalformedMessageException;
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
 * The members of a JSON object, as strict as the messages themselves: UTF-8 and nothing else; no
 * duplicate member, no float, no null, each value in its one spelling, nothing after it. A reader
 * takes the members it knows and then calls {@link #end()}, which refuses the rest.
 */
final class Members {
    private static final int MOST_ELEMENTS = 50_000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxStringLength(16 * 1024)
                                    .maxNameLength(64)
                                    .maxNumberLength(19)
                                    .build())
                    .build();

    private final String what;
    private final Map<String, Object> members;

    private Members(String what, Map<String, Object> members) {
        this.what = what;
        this.members = members;
    }

    /**
     * @throws MalformedMessageException names what is wrong
     */
    static Members read(byte[] utf8, String what, int most) {
        if (utf8.length > most) {
            throw new MalformedMessageException(
                    "%s has %d octets; at most %d are read".formatted(what, utf8.length, most));
        }
        // From text, not from octets: the library would guess other encodings, and take overlong
        // forms.
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(utf8, what))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessageException(what + " is not a JSON object");
            }
            Members object = object(parser, what);
            if (parser.nextToken() != null) {
                throw new MalformedMessageException(what + " has text after its end");
            }
            return object;
        } catch (JacksonException e) {
            throw new MalformedMessageException(
                    what + " is not the JSON of this protocol: " + e.getOriginalMessage());
        }
    }

    private static String decode(byte[] utf8, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException(what + " is not UTF-8");
        }
    }

    private static Members object(JsonParser parser, String what) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken(), what + "." + name));
        }
        return new Members(what, members);
    }

    private static Object value(JsonParser parser, @Nullable JsonToken token, String what) {
        return switch (token) {
            case VALUE_STRING -> wellFormed(parser.getString(), what);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser, what);
            case START_ARRAY -> list(parser, what);
            case null, default ->
                    throw new MalformedMessageException(
                            what
                                    + " is neither a string, a whole number, true, false, a list"
                                    + " nor an object");
        };
    }

    private static List<Object> list(JsonParser parser, String what) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == MOST_ELEMENTS) {
                throw new MalformedMessageException(
                        "%s has more than %d elements".formatted(what, MOST_ELEMENTS));
            }
            elements.add(value(parser, parser.currentToken(), what + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** Refuses half of a surrogate pair (RFC 7493 §2.1): it could not be written again. */
    private static String wellFormed(String text, String what) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedMessageException(what + " has half a character");
        }
        return text;
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

    int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new MalformedMessageException(
                    "%s.%s is %d; write a smaller number".formatted(what, name, number));
        }
        return (int) number;
    }

    boolean truth(String name) {
        return take(name, Boolean.class).orElseThrow(() -> missing(name));
    }

    Members object(String name) {
        return take(name, Members.class).orElseThrow(() -> missing(name));
    }

    Instant time(String name) {
        return spelled(name, "a UTC time such as 2026-03-01T03:00:00Z", Instant::parse);
    }

    Hash hash(String name) {
        return spelled(name, "a SHA-256 in lower-case hexadecimal", Hash::parseHex);
    }

    /** Constants are written in lower case. */
    <E extends Enum<E>> E one(String name, E[] of) {
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
                                                Stream.of(of).map(Members::word).toList())));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    <T> List<T> objects(String name, Function<Members, T> read) {
        return list(name, Members.class).stream()
                .map(member -> {
                    T element = read.apply(member);
                    member.end();
                    return element;
                })
                .toList();
    }

    List<String> strings(String name) {
        return list(name, String.class);
    }

    /** Refuses a choice that nobody knows. */
    MalformedMessageException unknown(String name, String word) {
        return new MalformedMessageException(
                "%s.%s is the unknown \"%s\"".formatted(what, name, word));
    }

    /** Refuses every member that nobody asked for. */
    void end() {
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

    /** Writes one object; the octets are signed as they come, so there is no canonical form. */
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
