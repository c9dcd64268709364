package org.jalur.screening.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Searches one text after another, each in any number of lists. It folds a text once and keeps its
 * buffers: a text without a hit allocates a few small objects. One thread at a time.
 */
public final class PhraseSearch {
    private final FoldedText strict = new FoldedText();
    private final FoldedText loose = new FoldedText();
    private boolean loosened;

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
        List<PhraseHit> all = new ArrayList<>(0);
        find(phrases, all::add);
        return all;
    }

    /** Hands the same over one by one; an exception that is thrown there ends the search. */
    public void find(Phrases phrases, Consumer<PhraseHit> hits) {
        boolean both = phrases.hasLoose();
        Set<PhraseHit> strictly = new HashSet<>(0);
        phrases.search(
                strict,
                (ordinal, start, end) -> {
                    var hit = new PhraseHit(ordinal, start, end, Form.STRICT);
                    if (both) {
                        strictly.add(hit);
                    }
                    hits.accept(hit);
                });
        if (both) {
            phrases.search(
                    loose(),
                    (ordinal, start, end) -> {
                        if (!strictly.contains(new PhraseHit(ordinal, start, end, Form.STRICT))) {
                            hits.accept(new PhraseHit(ordinal, start, end, Form.LOOSE));
                        }
                    });
        }
    }
}
