package org.jalur.screening.engine;

import java.util.Optional;
import org.jalur.screening.exact.KeyTable;
import org.jalur.screening.exact.PackedKeys;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.similar.TextSketchIndex;
import org.jalur.screening.similar.TlshIndex;
import org.jalur.screening.text.Phrases;

/**
 * The values of a segment's entries, and how they are found. The ordinals of the entries go on from
 * one table to the next, in this order.
 *
 * @param words the phrases as they were written
 */
record Tables(
        PackedKeys keys,
        KeyTable keyTable,
        PackedKeys words,
        Phrases phrases,
        PdqIndex pictures,
        Optional<TlshIndex> longTexts,
        Optional<TextSketchIndex> shortTexts) {
    int phraseFrom() {
        return keys.size();
    }

    int pictureFrom() {
        return phraseFrom() + words.size();
    }

    int longFrom() {
        return pictureFrom() + pictures.size();
    }

    int shortFrom() {
        return longFrom() + longTexts.map(TlshIndex::size).orElse(0);
    }

    int size() {
        return shortFrom() + shortTexts.map(TextSketchIndex::size).orElse(0);
    }
}
