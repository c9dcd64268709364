package org.jalur.screening.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jalur.screening.CountryCode;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.similar.Tlsh;

/**
 * A piece of content that is public, or about to become so. There is no other: whoever builds one
 * says which.
 */
public final class Content {
    private static final int WORST_QUALITY = 0;
    private static final int BEST_QUALITY = 100;

    /** A picture's hash, and how much it says, 0 to 100. */
    record Picture(PdqHash hash, int quality) {}

    private final Visibility visibility;
    private final Text text;
    private final List<byte[]> files;
    private final List<String> urls;
    private final List<Picture> pictures;
    private final Optional<Tlsh> tlsh;
    private final Optional<String> country;
    private final Optional<String> author;

    private Content(Builder built) {
        visibility = built.visibility;
        text = built.text;
        files = List.copyOf(built.files);
        urls = List.copyOf(built.urls);
        pictures = List.copyOf(built.pictures);
        tlsh = built.tlsh;
        country = built.country;
        author = built.author;
    }

    /** A text as it was given. */
    sealed interface Text {
        record None() implements Text {}

        record Chars(String chars) implements Text {}

        record Octets(byte[] utf8) implements Text {}
    }

    /** Begins to build content that this many people can see. */
    public static Builder that(Visibility visibility) {
        return new Builder(Objects.requireNonNull(visibility, "content without visibility"));
    }

    /** Takes what is known of a piece of content; all of it may be missing. */
    public static final class Builder {
        private final Visibility visibility;
        private Text text = new Text.None();
        private final List<byte[]> files = new ArrayList<>(0);
        private final List<String> urls = new ArrayList<>(0);
        private final List<Picture> pictures = new ArrayList<>(0);
        private Optional<Tlsh> tlsh = Optional.empty();
        private Optional<String> country = Optional.empty();
        private Optional<String> author = Optional.empty();

        private Builder(Visibility visibility) {
            this.visibility = visibility;
        }

        /** Its text; places of hits count chars. */
        public Builder text(String chars) {
            text = new Text.Chars(chars);
            return this;
        }

        /** Its text as UTF-8, which must not change; places of hits count octets. */
        public Builder text(byte[] utf8) {
            text = new Text.Octets(utf8);
            return this;
        }

        /** An address in it, or its own. */
        public Builder url(String url) {
            urls.add(url);
            return this;
        }

        /**
         * The SHA-256 of a file in it.
         *
         * @throws IllegalArgumentException if these are not 64 hexadecimal digits
         */
        public Builder sha256(String hex) {
            files.add(Sought.digest(Signal.FILE_SHA256, hex));
            return this;
        }

        /**
         * The MD5 of a file in it.
         *
         * @throws IllegalArgumentException if these are not 32 hexadecimal digits
         */
        public Builder md5(String hex) {
            files.add(Sought.digest(Signal.FILE_MD5, hex));
            return this;
        }

        /**
         * A picture in it; also one that is turned or mirrored, for pictures are compared as they
         * are.
         *
         * @param quality 0 to 100, as PDQ gives it
         */
        public Builder picture(PdqHash hash, int quality) {
            if (quality < WORST_QUALITY || quality > BEST_QUALITY) {
                throw new IllegalArgumentException("a quality is 0 to 100, not " + quality);
            }
            pictures.add(new Picture(hash, quality));
            return this;
        }

        /** The TLSH of its text by someone else; the engine's own are looked for besides. */
        public Builder tlsh(Tlsh digest) {
            tlsh = Optional.of(digest);
            return this;
        }

        /**
         * Where it is seen, ISO 3166-1 alpha-2; everywhere if it is not said.
         *
         * @throws IllegalArgumentException if these are not two upper-case letters
         */
        public Builder country(String code) {
            if (!CountryCode.isOne(code)) {
                throw new IllegalArgumentException("not a country code (ISO 3166-1): " + code);
            }
            country = Optional.of(code);
            return this;
        }

        /** A digest that stands for its author, so that floods are seen; any text. */
        public Builder author(String digest) {
            author = Optional.of(digest);
            return this;
        }

        /** The content; the builder can go on. */
        public Content build() {
            return new Content(this);
        }
    }

    /** Who can see it. */
    public Visibility visibility() {
        return visibility;
    }

    Text text() {
        return text;
    }

    /** How long the text is, as it was given. */
    int textLength() {
        return switch (text) {
            case Text.None() -> 0;
            case Text.Chars(String chars) -> chars.length();
            case Text.Octets(byte[] utf8) -> utf8.length;
        };
    }

    /** How much there is to read: the text and all addresses. */
    long length() {
        return textLength() + urls.stream().mapToLong(String::length).sum();
    }

    /** The digests as keys. */
    List<byte[]> files() {
        return files;
    }

    List<String> urls() {
        return urls;
    }

    List<Picture> pictures() {
        return pictures;
    }

    Optional<Tlsh> tlsh() {
        return tlsh;
    }

    Optional<String> country() {
        return country;
    }

    Optional<byte[]> author() {
        return author.map(digest -> digest.getBytes(StandardCharsets.UTF_8));
    }
}
