package org.jalur.agreement.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as strict as the messages themselves: UTF-8 and nothing else; strings, whole numbers, true,
 * false, lists and objects; no duplicate member, no float, no null, nothing after it.
 */
final class StrictTree {
    static final int MAX_DEPTH = 10;
    static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_STRING = 16 * 1024;

    static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING)
                                    .maxNameLength(64)
                                    .maxNumberLength(19)
                                    .build())
                    .build();

    private StrictTree() {}

    /**
     * @return strings, longs, booleans, lists, and maps in the order of their members
     */
    static Map<String, Object> read(byte[] utf8) {
        // From text, not from octets: the library would guess other encodings, and take overlong
        // forms.
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(utf8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedAgreementException("the agreement is not a JSON object");
            }
            Map<String, Object> object = object(parser, "agreement");
            if (parser.nextToken() != null) {
                throw new MalformedAgreementException("the agreement has text after its end");
            }
            return object;
        } catch (JacksonException e) {
            throw new MalformedAgreementException(
                    "the agreement is not JSON as agreed: " + e.getOriginalMessage(), e);
        }
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedAgreementException("the agreement is not UTF-8", e);
        }
    }

    private static Map<String, Object> object(JsonParser parser, String where) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser, where + "." + name));
        }
        return members;
    }

    private static List<Object> list(JsonParser parser, String where) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == MAX_ELEMENTS) {
                throw new MalformedAgreementException(
                        "%s has more than %d elements".formatted(where, MAX_ELEMENTS));
            }
            elements.add(value(parser, where + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private static Object value(JsonParser parser, String where) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser, where);
            case START_ARRAY -> list(parser, where);
            case null, default ->
                    throw new MalformedAgreementException(
                            where
                                    + " is neither a string, a whole number, true, false, a list"
                                    + " nor an object");
        };
    }
}
