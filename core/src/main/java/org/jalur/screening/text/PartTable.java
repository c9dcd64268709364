package org.jalur.screening.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Phrases found anywhere in a text, within words too: patterns marked as parts of words, and
 * phrases of scripts that write no spaces between words. Never changes.
 *
 * <p>Where a phrase has a space, the text must have signs or spaces, however many.
 */
final class PartTable {
    private static final int FORMAT = 0x4a504131;

    private final Form form;
    private final PhraseTexts texts;
    private final PartIndex index;

    PartTable(Form form, PhraseTexts texts) {
        this.form = form;
        this.texts = texts;
        this.index = new PartIndex(texts);
    }

    /** Finds each place of each phrase in a text, in the order in which they start. */
    void search(FoldedText text, PhraseHits hits) {
        if (!texts.isEmpty()) {
            index.search(text, hits);
        }
    }

    long indexOctets() {
        return index.octets() + texts.placeOctets();
    }

    long textOctets() {
        return texts.textOctets();
    }

    void writeTo(DataOutputStream out) throws IOException {
        PhraseTexts.writeForm(form, FORMAT, out);
        texts.writeTo(out);
    }

    static PartTable read(DataInputStream in) throws IOException {
        return new PartTable(PhraseTexts.readForm(in, FORMAT), PhraseTexts.read(in));
    }
}
