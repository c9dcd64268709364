package org.jalur.screening.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.exact.KeyTable;
import org.jalur.screening.exact.PackedKeys;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.TextSketchIndex;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.similar.TlshIndex;
import org.jalur.screening.text.Form;
import org.jalur.screening.text.Phrases;
import org.jalur.screening.text.RefusedPhraseException;

/** Collects entries for a segment; whoever adds sees to it that no id comes twice. */
final class SegmentBuilder {
    private final KeyHash hash;
    private final Map<Label, Integer> labels = new HashMap<>();
    private final List<Label> dictionary = new ArrayList<>();
    private final Rows keyRows = new Rows();
    private final Rows phraseRows = new Rows();
    private final Rows pictureRows = new Rows();
    private final Rows longRows = new Rows();
    private final Rows shortRows = new Rows();
    private final PackedKeys.Builder keys = new PackedKeys.Builder();
    private final PackedKeys.Builder words = new PackedKeys.Builder();
    private final Phrases.Builder phrases;
    private final List<PdqHash> pictures = new ArrayList<>();
    private final List<Tlsh> longTexts = new ArrayList<>();
    private final List<TextSketch> shortTexts = new ArrayList<>();

    SegmentBuilder(KeyHash hash, Form deepest) {
        this.hash = hash;
        phrases = new Phrases.Builder(deepest);
    }

    /**
     * Adds an entry.
     *
     * @throws RefusedEntry if it is a phrase that no table takes; then nothing has changed
     */
    void add(UUID id, Label label, long expires, Sought sought) {
        switch (sought) {
            case Sought.Key(byte[] octets) -> {
                keys.add(octets);
                keyRows.add(id, number(label), expires);
            }
            case Sought.Phrase(String phrase) -> {
                addPhrase(phrase);
                phraseRows.add(id, number(label), expires);
            }
            case Sought.Picture(PdqHash picture) -> {
                pictures.add(picture);
                pictureRows.add(id, number(label), expires);
            }
            case Sought.LongText(Tlsh digest) -> {
                longTexts.add(digest);
                longRows.add(id, number(label), expires);
            }
            case Sought.ShortText(TextSketch sketch) -> {
                shortTexts.add(sketch);
                shortRows.add(id, number(label), expires);
            }
        }
    }

    private void addPhrase(String phrase) {
        try {
            phrases.add(phrase);
            words.add(phrase);
        } catch (RefusedPhraseException e) {
            throw new RefusedEntry(phrase, e.broken());
        }
    }

    private int number(Label label) {
        return labels.computeIfAbsent(
                label,
                added -> {
                    dictionary.add(added);
                    return dictionary.size() - 1;
                });
    }

    /** Adds what is left of a part: what was not removed, has not ended, and is in a list. */
    void addLeft(Part part, Known known, long now) {
        Segment segment = part.segment();
        for (int ordinal = 0; ordinal < segment.size(); ordinal++) {
            Label label = segment.columns().label(ordinal);
            long expires = segment.columns().expiries()[ordinal];
            if (!part.dead().has(ordinal)
                    && expires > now
                    && known.lists().containsKey(label.list())) {
                add(segment.id(ordinal), label, expires, segment.sought(ordinal));
            }
        }
    }

    int size() {
        return keyRows.size()
                + phraseRows.size()
                + pictureRows.size()
                + longRows.size()
                + shortRows.size();
    }

    /** The segment; the builder is used up. */
    Segment build() {
        long[] ids = new long[2 * size()];
        int[] numbers = new int[size()];
        long[] expiries = new long[size()];
        int from = 0;
        for (Rows rows : List.of(keyRows, phraseRows, pictureRows, longRows, shortRows)) {
            rows.copyTo(ids, numbers, expiries, from);
            from += rows.size();
        }
        var columns = new EntryColumns(new Ids(ids), numbers, expiries, dictionary);
        PackedKeys packed = keys.build();
        PdqIndex.Builder pdq = PdqIndex.builder(pictures.size());
        pictures.forEach(pdq::add);
        var tables =
                new Tables(
                        packed,
                        KeyTable.of(packed, hash),
                        words.build(),
                        phrases.build(),
                        pdq.build(),
                        longTexts.isEmpty()
                                ? Optional.empty()
                                : Optional.of(TlshIndex.of(longTexts)),
                        shortTexts.isEmpty()
                                ? Optional.empty()
                                : Optional.of(TextSketchIndex.of(shortTexts)));
        return new Segment(UUID.randomUUID(), columns, KeyTable.of(columns.ids(), hash), tables);
    }
}
