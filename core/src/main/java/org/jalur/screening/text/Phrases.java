package org.jalur.screening.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A list of phrases under one numbering: those of whole words and those found within words, in the
 * strict form and, if wanted, in the loose one. Never changes; any number of threads may search it,
 * each with a {@link PhraseSearch} of its own.
 */
public final class Phrases {
    private final Tables strict;
    private final Tables loose;

    private record Tables(PhraseTable words, PartTable parts) {
        void writeTo(DataOutputStream out) throws IOException {
            words.writeTo(out);
            parts.writeTo(out);
        }

        static Tables read(DataInputStream in) throws IOException {
            return new Tables(PhraseTable.read(in), PartTable.read(in));
        }

        long indexOctets() {
            return words.indexOctets() + parts.indexOctets();
        }

        long textOctets() {
            return words.textOctets() + parts.textOctets();
        }
    }

    private Phrases(Tables strict, Tables loose) {
        this.strict = strict;
        this.loose = loose;
    }

    /** How many phrases there are. */
    public int size() {
        return strict.words.size();
    }

    /** Whether any phrase is searched for in the loose form. */
    boolean hasLoose() {
        return loose.words.size() > 0;
    }

    void search(FoldedText text, PhraseHits hits) {
        Tables tables = text.form() == Form.STRICT ? strict : loose;
        tables.words.search(text, hits);
        tables.parts.search(text, hits);
    }

    /** Octets of memory that searching needs beside the phrases' own. */
    public long indexOctets() {
        return strict.indexOctets() + loose.indexOctets();
    }

    /** Octets of memory for the folded phrases themselves, in each form. */
    public long textOctets() {
        return strict.textOctets() + loose.textOctets();
    }

    /** Writes the phrases. */
    public void writeTo(DataOutputStream out) throws IOException {
        strict.writeTo(out);
        loose.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote, and nothing behind it.
     *
     * @throws IOException also if it is something else or ends too early
     */
    public static Phrases read(DataInputStream in) throws IOException {
        return new Phrases(Tables.read(in), Tables.read(in));
    }

    /** Collects phrases for a list. */
    public static final class Builder {
        /** With fewer characters in the loose form, too much else is folded to the same. */
        private static final int MIN_LOOSE_CHARACTERS = 5;

        private final Form deepest;
        private final FoldedText strictText = new FoldedText();
        private final FoldedText looseText = new FoldedText();
        private final PhraseTexts words = new PhraseTexts();
        private final PhraseTexts parts = new PhraseTexts();
        private final PhraseTexts looseWords = new PhraseTexts();
        private final PhraseTexts looseParts = new PhraseTexts();

        /**
         * A builder of an empty list.
         *
         * @param deepest {@link Form#LOOSE} to search in both forms; phrases of which the loose
         *     form has fewer than five characters are searched for strictly all the same
         */
        public Builder(Form deepest) {
            this.deepest = deepest;
        }

        /**
         * Adds a phrase that is found as whole words, or anywhere if it has letters of a script
         * that writes no spaces between words.
         *
         * @return its number
         * @throws RefusedPhraseException without having used up a number
         */
        public int add(String phrase) {
            if (PhraseRule.isSpaceless(strictText.fold(phrase))) {
                return addPart(phrase);
            }
            PhraseRule.checkLength(phrase, strictText);
            return put(words, parts, looseWords, looseParts);
        }

        /**
         * Adds a phrase that is found within words too.
         *
         * @return its number
         * @throws RefusedPhraseException without having used up a number
         */
        public int addPart(String phrase) {
            PhraseRule.checkLength(phrase, strictText.fold(phrase));
            return put(parts, words, looseParts, looseWords);
        }

        private int put(
                PhraseTexts own, PhraseTexts other, PhraseTexts looseOwn, PhraseTexts looseOther) {
            if (deepest == Form.LOOSE) {
                looseText.loosen(strictText);
                if (PhraseRule.characters(looseText) < MIN_LOOSE_CHARACTERS) {
                    looseOwn.addNone();
                } else {
                    looseOwn.add(looseText);
                }
                looseOther.addNone();
            }
            other.addNone();
            return own.add(strictText);
        }

        /** The list; the builder is used up. */
        public Phrases build() {
            return new Phrases(
                    tables(Form.STRICT, words, parts), tables(Form.LOOSE, looseWords, looseParts));
        }

        private static Tables tables(Form form, PhraseTexts words, PhraseTexts parts) {
            return new Tables(
                    new PhraseTable(form, words.trimmed()), new PartTable(form, parts.trimmed()));
        }
    }
}
