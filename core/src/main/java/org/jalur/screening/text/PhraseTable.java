package org.jalur.screening.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Phrases of whole words, and a search for all of them at once. Never changes; any number of
 * threads may search it.
 *
 * <p>The words of a phrase must stand in the text in that order with nothing but signs and spaces
 * between them. Each window of words is asked for by hash, and compared octet by octet with the
 * phrase before it is a hit. Its last two words are looked up first, in a filter that stays in the
 * cache: that is all most words of a text cost, however many phrases there are.
 */
public final class PhraseTable {
    private static final int FORMAT = 0x4a504831;

    private final Form form;
    private final PhraseTexts texts;
    private final PhraseIndex index;

    PhraseTable(Form form, PhraseTexts texts) {
        this.form = form;
        this.texts = texts;
        this.index = new PhraseIndex(texts);
    }

    /** A table of phrases numbered as they stand in the list. */
    public static PhraseTable of(Form form, List<String> phrases) {
        var builder = new Builder(form);
        phrases.forEach(builder::add);
        return builder.build();
    }

    /** The form in which texts must be folded to be searched. */
    public Form form() {
        return form;
    }

    /** How many numbers are given to phrases. */
    public int size() {
        return texts.size();
    }

    /** Finds each place of each phrase in a text. */
    public void search(FoldedText text, PhraseHits hits) {
        if (text.form() != form) {
            throw new IllegalArgumentException(
                    "a text folded " + text.form() + " cannot be searched for phrases " + form);
        }
        index.search(text, hits);
    }

    /** Octets of memory that the search needs beside the phrases' own. */
    public long indexOctets() {
        return index.octets() + texts.placeOctets();
    }

    /** Octets of memory for the folded phrases themselves. */
    public long textOctets() {
        return texts.textOctets();
    }

    /** Writes the phrases; the index is made again when they are read. */
    public void writeTo(DataOutputStream out) throws IOException {
        PhraseTexts.writeForm(form, FORMAT, out);
        texts.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote, and nothing behind it.
     *
     * @throws IOException also if it is something else or ends too early
     */
    public static PhraseTable read(DataInputStream in) throws IOException {
        return new PhraseTable(PhraseTexts.readForm(in, FORMAT), PhraseTexts.read(in));
    }

    /** Collects phrases for a table. */
    public static final class Builder {
        private final Form form;
        private final PhraseTexts texts = new PhraseTexts();
        private final FoldedText strict = new FoldedText();
        private final FoldedText loose = new FoldedText();

        public Builder(Form form) {
            this.form = form;
        }

        /**
         * Adds a phrase.
         *
         * @return its number
         * @throws RefusedPhraseException without having used up a number
         */
        public int add(String phrase) {
            FoldedText folded = strict.fold(phrase);
            PhraseRule.checkWords(phrase, folded);
            return texts.add(form == Form.LOOSE ? loose.loosen(folded) : folded);
        }

        /** The table; the builder is used up. */
        public PhraseTable build() {
            return new PhraseTable(form, texts.trimmed());
        }
    }
}
