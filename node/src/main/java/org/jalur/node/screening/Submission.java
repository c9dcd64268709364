package org.jalur.node.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.screening.engine.Content;
import org.jalur.screening.engine.Hit;
import org.jalur.screening.engine.Place;
import org.jalur.screening.image.PdqHash;

/**
 * Content that a platform asks about, with what must be known to say where it matched.
 *
 * @param urls in the order in which the engine counts them
 * @param files digests in that order
 * @param pictures hashes in that order
 * @param url its own address
 * @param channel in which it is, or will be
 * @param author a digest that stands for whoever wrote it
 */
record Submission(
        Content content,
        Optional<String> id,
        Optional<String> text,
        List<String> urls,
        List<String> files,
        List<String> pictures,
        Optional<String> url,
        Optional<String> channel,
        Optional<String> author,
        Optional<String> country) {
    private static final int AROUND = 120;
    private static final int MOST_MATCHED = 400;

    Submission {
        urls = List.copyOf(urls);
        files = List.copyOf(files);
        pictures = List.copyOf(pictures);
    }

    /**
     * Words around a match.
     *
     * @param start where the match begins in them, in UTF-16 units
     * @param end exclusive
     */
    record Excerpt(String words, int start, int end) {}

    /** The words around a match in the text; the beginning of the text if it is another match. */
    Optional<Excerpt> excerpt(Place place) {
        if (text.isEmpty() || text.get().isEmpty()) {
            return Optional.empty();
        }
        String all = text.get();
        return Optional.of(
                switch (place) {
                    case Place.InText(int start, int end) -> {
                        int last = Math.min(end, start + MOST_MATCHED);
                        int from = whole(all, Math.max(0, start - AROUND));
                        int to = whole(all, Math.min(all.length(), last + AROUND));
                        yield new Excerpt(all.substring(from, to), start - from, last - from);
                    }
                    case Place.WholeText(), Place.InUrl(_), Place.InFile(_), Place.InPicture(_) -> {
                        int to = whole(all, Math.min(all.length(), 2 * AROUND));
                        yield new Excerpt(all.substring(0, to), 0, 0);
                    }
                });
    }

    /** Never between the halves of a character. */
    private static int whole(String text, int at) {
        boolean inside =
                at > 0
                        && at < text.length()
                        && Character.isLowSurrogate(text.charAt(at))
                        && Character.isHighSurrogate(text.charAt(at - 1));
        return inside ? at - 1 : at;
    }

    /** What of the content matched, as it was given; at most {@value #MOST_MATCHED} characters. */
    Optional<String> matched(Hit hit) {
        return switch (hit.place()) {
            case Place.InText(int start, int end) ->
                    text.map(all ->
                            all.substring(start, whole(all, Math.min(end, start + MOST_MATCHED))));
            case Place.WholeText() -> Optional.empty();
            case Place.InUrl(int index) -> Optional.of(urls.get(index));
            case Place.InFile(int index) -> Optional.of(files.get(index));
            case Place.InPicture(int index) -> Optional.of(pictures.get(index));
        };
    }

    /** Takes what the engine and the explanations need, in one order. */
    static final class Builder {
        private final Content.Builder content;
        private final List<String> urls = new ArrayList<>();
        private final List<String> files = new ArrayList<>();
        private final List<String> pictures = new ArrayList<>();
        private Optional<String> text = Optional.empty();

        Builder(Content.Builder content) {
            this.content = content;
        }

        void text(String chars) {
            content.text(chars);
            text = Optional.of(chars);
        }

        void url(String url) {
            content.url(url);
            urls.add(url);
        }

        void sha256(String hex) {
            content.sha256(hex);
            files.add(hex);
        }

        void md5(String hex) {
            content.md5(hex);
            files.add(hex);
        }

        void picture(PdqHash hash, int quality) {
            content.picture(hash, quality);
            pictures.add(hash.toString());
        }

        Submission build(
                Optional<String> id,
                Optional<String> url,
                Optional<String> channel,
                Optional<String> author,
                Optional<String> country) {
            return new Submission(
                    content.build(),
                    id,
                    text,
                    urls,
                    files,
                    pictures,
                    url,
                    channel,
                    author,
                    country);
        }
    }
}
