package org.jalur.node.exchange;

import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Parts that are JSON: written from records, and read as strictly as manifests are. */
public final class Parts {
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(8)
                                                    .maxStringLength(256 * 1024)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                    .changeDefaultPropertyInclusion(inclusion ->
                            inclusion.withValueInclusion(
                                    com.fasterxml.jackson.annotation.JsonInclude.Include
                                            .NON_ABSENT))
                    .build();

    private Parts() {}

    public static Part json(String type, Object content) {
        return Part.of(type, octets(content));
    }

    /** What such a part holds. */
    public static byte[] octets(Object content) {
        return JSON.writeValueAsBytes(content);
    }

    /** The next part of a series. */
    public static Part json(PartSeries series, String type, Object content) {
        return series.next(type, JSON.writeValueAsBytes(content));
    }

    public static <T> T read(Part part, Class<T> content) {
        try {
            return Optional.ofNullable(JSON.readValue(part.bytes(), content))
                    .orElseThrow(() ->
                            new MalformedMessageException(
                                    "a %s part is null".formatted(part.type())));
        } catch (JacksonException e) {
            throw new MalformedMessageException(
                    "a %s part is not the JSON of this protocol: %s"
                            .formatted(part.type(), e.getOriginalMessage()));
        }
    }
}
