package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.screening.exact.KeyBatch;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.similar.SimilarIndex;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.TextSketchIndex;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.similar.TlshIndex;
import org.jalur.screening.text.Form;
import org.jalur.screening.text.PhraseSearch;

/** The working memory with which content is compared, used again and again by one thread. */
final class Comparison {
    private static final Place WHOLE_TEXT = new Place.WholeText();

    private final PhraseSearch search = new PhraseSearch();
    private final KeysOf keys;

    Comparison(Settings settings, KeyHash hash) {
        keys = new KeysOf(settings, hash);
    }

    /** Compares content with all that is known. */
    void with(Content content, Known known, Due due, Findings found) {
        List<Part> parts = known.parts();
        if (content.textLength() > 0) {
            readText(content, parts, due, found);
        }
        KeyBatch batch = keys.of(content, due);
        if (batch.size() > 0) {
            for (int i = 0; i < parts.size(); i++) {
                findKeys(batch, i, parts.get(i).segment().tables(), found);
            }
        }
        for (int i = 0; i < content.pictures().size(); i++) {
            if (content.pictures().get(i).quality() >= SignatureList.LEAST_QUALITY) {
                findPicture(content, i, known, found);
                due.check("pictures");
            }
        }
        due.check("the last of it");
    }

    private void readText(Content content, List<Part> parts, Due due, Findings found) {
        switch (content.text()) {
            case Content.Text.None() -> {}
            case Content.Text.Chars(String chars) -> search.in(chars);
            case Content.Text.Octets(byte[] utf8) -> search.in(utf8);
        }
        boolean longTexts = false;
        boolean shortTexts = false;
        for (int i = 0; i < parts.size(); i++) {
            Tables tables = parts.get(i).segment().tables();
            if (tables.words().size() > 0) {
                findPhrases(i, tables, found);
                due.check("phrases");
            }
            longTexts |= tables.longTexts().isPresent();
            shortTexts |= tables.shortTexts().isPresent();
        }
        if (longTexts) {
            findLong(content, parts, found);
            due.check("long texts");
        }
        if (shortTexts) {
            findShort(parts, found);
            due.check("short texts");
        }
    }

    private void findPhrases(int part, Tables tables, Findings found) {
        int from = tables.phraseFrom();
        search.find(
                tables.phrases(),
                hit ->
                        found.add(
                                part,
                                from + hit.ordinal(),
                                0,
                                hit.form(),
                                () -> new Place.InText(hit.start(), hit.end())));
    }

    private void findLong(Content content, List<Part> parts, Findings found) {
        byte[] folded = search.strict().toString().getBytes(UTF_8);
        List<Tlsh> digests =
                Stream.of(SimilarText.digest(folded), digestAsGiven(content), content.tlsh())
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
        for (int i = 0; i < parts.size(); i++) {
            Tables tables = parts.get(i).segment().tables();
            if (tables.longTexts().isPresent()) {
                TlshIndex index = tables.longTexts().get();
                var near = new Near<>(i, tables.longFrom(), index, Tlsh.NEAR, found);
                digests.forEach(near::find);
            }
        }
    }

    /** Lists of others have digests of texts as they were written. */
    private static Optional<Tlsh> digestAsGiven(Content content) {
        return switch (content.text()) {
            case Content.Text.None() -> Optional.empty();
            case Content.Text.Chars(String chars) -> Tlsh.of(chars.getBytes(UTF_8));
            case Content.Text.Octets(byte[] utf8) -> Tlsh.of(utf8);
        };
    }

    private void findShort(List<Part> parts, Findings found) {
        Optional<TextSketch> own = SimilarText.sketch(search.strict().toString());
        for (int i = 0; i < parts.size(); i++) {
            Tables tables = parts.get(i).segment().tables();
            if (tables.shortTexts().isPresent()) {
                TextSketchIndex index = tables.shortTexts().get();
                var near = new Near<>(i, tables.shortFrom(), index, TextSketch.NEAR, found);
                own.ifPresent(near::find);
            }
        }
    }

    /** The near texts of one part. */
    private record Near<D>(
            int part, int from, SimilarIndex<D> index, int distance, Findings found) {
        void find(D text) {
            index.search(
                    text,
                    distance,
                    (ordinal, apart) -> {
                        found.add(part, from + ordinal, apart, Form.STRICT, () -> WHOLE_TEXT);
                        return true;
                    });
        }
    }

    private static void findPicture(Content content, int number, Known known, Findings found) {
        Content.Picture picture = content.pictures().get(number);
        int radius = known.pdqRadius();
        for (int i = 0; i < known.parts().size(); i++) {
            Tables tables = known.parts().get(i).segment().tables();
            int part = i;
            int from = tables.pictureFrom();
            if (tables.pictures().size() > 0) {
                tables.pictures()
                        .search(
                                picture.hash(),
                                radius,
                                (ordinal, distance) ->
                                        found.add(
                                                part,
                                                from + ordinal,
                                                distance,
                                                Form.STRICT,
                                                () -> new Place.InPicture(number)));
            }
        }
    }

    private void findKeys(KeyBatch batch, int part, Tables tables, Findings found) {
        tables.keyTable()
                .find(
                        batch,
                        (place, ordinal) ->
                                found.add(part, ordinal, 0, Form.STRICT, () -> keys.place(place)));
    }
}
