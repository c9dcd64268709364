package org.jalur.screening.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Searches one text after another, each in any number of lists. It folds a text once and keeps its
 * buffers: a text without a hit allocates nothing, or one small object once it is loosened. One
 * thread at a time.
 */
public final class PhraseSearch {
    private final FoldedText strict = new FoldedText();
    private final FoldedText loose = new FoldedText();
    private boolean loosened;
    private final HitList found = new HitList();

    /** Turns to a string; places of hits count its chars. */
    public PhraseSearch in(String text) {
        strict.fold(text);
        loosened = false;
        return this;
    }

    /** Turns to UTF-8; places of hits count octets. */
    public PhraseSearch in(byte[] utf8) {
        strict.fold(utf8);
        loosened = false;
        return this;
    }

    /** The text folded strictly, until the next text. */
    public FoldedText strict() {
        return strict;
    }

    /** The text folded loosely, until the next text. */
    public FoldedText loose() {
        if (!loosened) {
            loose.loosen(strict);
            loosened = true;
        }
        return loose;
    }

    /** All places of all phrases of a list; a place found in both forms is named as strict only. */
    public List<PhraseHit> find(Phrases phrases) {
        found.clear();
        phrases.search(strict, found);
        if (phrases.hasLoose()) {
            found.goOnLoosely();
            phrases.search(loose(), found);
        }
        return found.all();
    }

    private static final class HitList implements PhraseHits {
        private List<PhraseHit> hits = List.of();
        private Form form = Form.STRICT;
        private final HashSet<PhraseHit> strict = new HashSet<>();

        void clear() {
            form = Form.STRICT;
            if (!hits.isEmpty()) {
                hits = List.of();
            }
        }

        void goOnLoosely() {
            form = Form.LOOSE;
            strict.clear();
            if (!hits.isEmpty()) {
                strict.addAll(hits);
            }
        }

        @Override
        public void found(int ordinal, int start, int end) {
            if (form == Form.LOOSE
                    && strict.contains(new PhraseHit(ordinal, start, end, Form.STRICT))) {
                return;
            }
            if (hits.isEmpty()) {
                hits = new ArrayList<>();
            }
            hits.add(new PhraseHit(ordinal, start, end, form));
        }

        List<PhraseHit> all() {
            return hits;
        }
    }
}
