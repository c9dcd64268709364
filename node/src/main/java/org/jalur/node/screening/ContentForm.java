package org.jalur.node.screening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jalur.log.Hash;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.CountryCode;
import org.jalur.screening.engine.Content;
import org.jalur.screening.engine.Visibility;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.similar.Tlsh;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Content as a platform describes it; all but the visibility may be left out.
 *
 * @param id the platform's own, given back with the answer and kept with hits; at most 200
 *     characters
 * @param visibility "public", or "about-to-be-public": nothing else is screened
 * @param channel in which it is, or will be
 * @param author anything that stands for whoever wrote it; only a digest of it is kept
 * @param url address that the content has, or will get
 * @param urls further addresses in it
 * @param text at most 100,000 UTF-16 units
 * @param tlsh of a long text, by whoever hashed it
 * @param country where it is seen, ISO 3166-1 alpha-2; left out for everywhere
 */
record ContentForm(
        Optional<String> id,
        Optional<String> visibility,
        Optional<String> channel,
        Optional<String> author,
        Optional<String> url,
        Optional<List<String>> urls,
        Optional<String> text,
        Optional<List<FileForm>> files,
        Optional<String> tlsh,
        Optional<String> country) {
    static final int MOST_TEXT = 100_000;
    static final int MOST_VALUES = 100;
    private static final int MOST_WORDS = 200;
    private static final int MOST_URL = 8192;
    private static final int SHOWN = 80;
    private static final int BEST = 100;

    /**
     * A file in the content, by its digests; at least one.
     *
     * @param sha256 64 hexadecimal digits
     * @param md5 32 hexadecimal digits
     * @param pdq of a picture, 64 hexadecimal digits
     * @param pdqQuality 0 to 100; left out for 100
     */
    record FileForm(
            Optional<String> sha256,
            Optional<String> md5,
            Optional<String> pdq,
            Optional<Integer> pdqQuality,
            Optional<String> name) {}

    /**
     * As the engine takes it.
     *
     * @throws ProblemException 422, with the value, the rule and the way out
     */
    Submission submission() {
        Visibility seen =
                switch (visibility.orElse("")) {
                    case "public" -> Visibility.PUBLIC;
                    case "about-to-be-public" -> Visibility.ABOUT_TO_BE_PUBLIC;
                    case "" ->
                            throw refused(
                                    "visibility is missing; it must be \"public\" or \"about-to-be-public\"");
                    default ->
                            throw refused(
                                    "visibility is \"%s\"; only content that is public, or about to be, is screened (\"public\", \"about-to-be-public\")"
                                            .formatted(shown(visibility.orElseThrow())));
                };
        var content = Content.that(seen);
        var built = new Submission.Builder(content);
        text.ifPresent(words -> {
            if (words.length() > MOST_TEXT) {
                throw refused(
                        "text has %,d characters; at most %,d are compared"
                                .formatted(words.length(), MOST_TEXT));
            }
            built.text(words);
        });
        addresses(built);
        files.orElse(List.of()).forEach(file -> file(built, some("files", file)));
        tlsh.ifPresent(digest -> checked("tlsh", digest, one -> content.tlsh(Tlsh.parse(one))));
        country.ifPresent(code -> {
            if (!CountryCode.isOne(code)) {
                throw refused(
                        "country is \"%s\"; give two upper-case letters (ISO 3166-1)"
                                .formatted(shown(code)));
            }
            content.country(code);
        });
        limit("id", id);
        limit("channel", channel);
        Optional<String> whoever = author.map(one -> Hash.sha256(one.getBytes(UTF_8)).hex());
        whoever.ifPresent(content::author);
        return built.build(id, url, channel, whoever, country);
    }

    private void addresses(Submission.Builder built) {
        List<String> more = urls.orElse(List.of());
        if (more.size() >= MOST_VALUES) {
            throw refused(
                    "urls has %,d addresses; give fewer than %d"
                            .formatted(more.size(), MOST_VALUES));
        }
        more.forEach(one -> address(built, some("urls", one)));
        url.ifPresent(one -> address(built, one));
    }

    private static <T> T some(String what, @Nullable T element) {
        if (element == null) {
            throw refused(what + " has a null; leave it out");
        }
        return element;
    }

    private static void address(Submission.Builder built, String url) {
        if (url.length() > MOST_URL) {
            throw refused(
                    "an address has %,d characters, more than %,d: %s"
                            .formatted(url.length(), MOST_URL, shown(url)));
        }
        built.url(url);
    }

    private void file(Submission.Builder built, FileForm file) {
        if (files.orElse(List.of()).size() > MOST_VALUES) {
            throw refused(
                    "files has %,d; give at most %d"
                            .formatted(files.orElse(List.of()).size(), MOST_VALUES));
        }
        if (file.sha256().isEmpty() && file.md5().isEmpty() && file.pdq().isEmpty()) {
            throw refused("a file has no digest; give files.sha256, files.md5 or files.pdq");
        }
        int quality = file.pdqQuality().orElse(BEST);
        if (quality < 0 || quality > BEST) {
            throw refused("files.pdqQuality is %d; a quality is 0 to 100".formatted(quality));
        }
        file.sha256().ifPresent(hex -> checked("files.sha256", hex, built::sha256));
        file.md5().ifPresent(hex -> checked("files.md5", hex, built::md5));
        file.pdq()
                .ifPresent(hex ->
                        checked(
                                "files.pdq",
                                hex,
                                one -> built.picture(PdqHash.parse(one), quality)));
    }

    private static void checked(String what, String value, Consumer<String> use) {
        try {
            use.accept(value);
        } catch (IllegalArgumentException _) {
            throw refused(
                    "%s is \"%s\"; give %s"
                            .formatted(
                                    what,
                                    shown(value),
                                    switch (what) {
                                        case "files.md5" -> "32 hexadecimal digits";
                                        case "tlsh" ->
                                                "a TLSH digest: T1 and 70 hexadecimal digits";
                                        default -> "64 hexadecimal digits";
                                    }));
        }
    }

    private static void limit(String what, Optional<String> text) {
        if (text.map(String::length).orElse(0) > MOST_WORDS) {
            throw refused(
                    "%s has %,d characters; at most %d are kept"
                            .formatted(what, text.map(String::length).orElse(0), MOST_WORDS));
        }
    }

    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    static ProblemException refused(String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "not-screened", detail);
    }
}
