package org.jalur.tools;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jalur.screening.check.Publication;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PictureHash;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.url.CanonicalUrl;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** One line of the input: an object with an id and what is known of a publication. */
final class PublicationReader {
    private static final String MEMBERS =
            "the members are id, text, urls, sha256, md5, pdq, pdqQuality, tlsh and image";
    private static final int SHA256_DIGITS = 64;
    private static final int MD5_DIGITS = 32;
    private static final int BEST_QUALITY = 100;
    private static final int LONGEST_NAME = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    // The line's length is limited already.
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(2)
                                    .maxNameLength(LONGEST_NAME)
                                    .maxNumberLength(32)
                                    .build())
                    .build();

    private final JsonParser parser;
    private Optional<String> id = Optional.empty();
    private Optional<String> text = Optional.empty();
    private Optional<String> sha256 = Optional.empty();
    private Optional<String> md5 = Optional.empty();
    private Optional<PdqHash> pdq = Optional.empty();
    private OptionalInt pdqQuality = OptionalInt.empty();
    private Optional<Tlsh> tlsh = Optional.empty();
    private Optional<Path> image = Optional.empty();
    private final List<Publication.Address> addresses = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    private PublicationReader(JsonParser parser) {
        this.parser = parser;
    }

    static Received read(String line) throws RefusedLineException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            return new PublicationReader(parser).read();
        } catch (JacksonException e) {
            throw new RefusedLineException(
                    e.getOriginalMessage(), "the JSON is broken", "write one whole object a line");
        }
    }

    private Received read() throws RefusedLineException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RefusedLineException("", "not a JSON object", "write one object a line");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                member(name);
            }
        }
        if (parser.nextToken() != null) {
            throw new RefusedLineException(
                    "", "there is text after the object", "write one object a line");
        }
        String known =
                id.filter(value -> !value.isBlank())
                        .orElseThrow(() ->
                                new RefusedLineException(
                                        "", "the object has no id", "give it one of your own"));
        List<PictureHash> pictures =
                pdq.map(hash -> new PictureHash(hash, pdqQuality.orElse(BEST_QUALITY))).stream()
                        .toList();
        var publication =
                new Publication(
                        text,
                        addresses,
                        sha256.stream().toList(),
                        md5.stream().toList(),
                        pictures,
                        tlsh.stream().toList());
        return new Received(known, publication, image, List.copyOf(unreadable));
    }

    private void member(String name) throws RefusedLineException {
        switch (name) {
            case "id" -> id = Optional.of(id());
            case "text" -> text = Optional.of(string(name));
            case "urls" -> addresses();
            case "sha256" -> sha256 = Optional.of(digest(name, SHA256_DIGITS));
            case "md5" -> md5 = Optional.of(digest(name, MD5_DIGITS));
            case "pdq" -> pdq = Optional.of(parsed(name, PdqHash::parse, "64 hexadecimal digits"));
            case "pdqQuality" -> pdqQuality = OptionalInt.of(quality());
            case "tlsh" ->
                    tlsh = Optional.of(parsed(name, Tlsh::parse, "T1 and 70 hexadecimal digits"));
            case "image" -> image = Optional.of(path());
            default -> throw new RefusedLineException(name, "no such member", MEMBERS);
        }
    }

    private String id() throws RefusedLineException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? parser.getString()
                : string("id");
    }

    private String string(String name) throws RefusedLineException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new RefusedLineException(
                    parser.getString(), "%s is not a string".formatted(name), "write it in quotes");
        }
        return parser.getString();
    }

    private void addresses() throws RefusedLineException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new RefusedLineException(
                    parser.getString(), "urls is not an array", "write it in square brackets");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String written = string("an element of urls");
            CanonicalUrl.parse(written)
                    .ifPresentOrElse(
                            url -> addresses.add(new Publication.Address(written, url)),
                            () -> unreadable.add(written));
        }
    }

    private String digest(String name, int digits) throws RefusedLineException {
        String value = string(name);
        if (value.length() != digits || !value.chars().allMatch(HexFormat::isHexDigit)) {
            throw wrong(name, value, "%d hexadecimal digits".formatted(digits));
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private <T> T parsed(String name, Function<String, T> parse, String form)
            throws RefusedLineException {
        String value = string(name);
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException _) {
            throw wrong(name, value, form);
        }
    }

    private static RefusedLineException wrong(String name, String value, String form) {
        return new RefusedLineException(
                value, "%s is not %s".formatted(name, form), "check that the hash is whole");
    }

    private int quality() throws RefusedLineException {
        String written = parser.getString();
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || written.length() > 3) {
            throw wrongQuality(written);
        }
        int quality = parser.getIntValue();
        if (quality < 0 || quality > BEST_QUALITY) {
            throw wrongQuality(written);
        }
        return quality;
    }

    private static RefusedLineException wrongQuality(String written) {
        return new RefusedLineException(
                written, "pdqQuality is not a whole number from 0 to 100", "leave it out");
    }

    private Path path() throws RefusedLineException {
        String value = string("image");
        try {
            return Path.of(value);
        } catch (InvalidPathException _) {
            throw new RefusedLineException(value, "image is not a path", "check the file's name");
        }
    }
}
