package org.jalur.screening.text;

import java.util.Arrays;

/** The way from a window of words to the phrases of the same words. */
final class PhraseIndex {
    private static final int NONE = -1;
    private static final int[] NO_TWINS = {};

    private final PhraseTexts texts;

    /** Phrases of one word. */
    private final PhraseGate singles;

    /** The last two words of longer phrases. */
    private final PhraseGate tails;

    /** All words of each phrase. */
    private final PhraseGate wholes;

    private final PhraseSlots slots;

    /** By phrase, an earlier one of the same words, or none; empty if all differ. */
    private int[] twins = NO_TWINS;

    /** The number of words of the longest phrase. */
    private int longest;

    PhraseIndex(PhraseTexts texts) {
        this.texts = texts;
        int single = texts.singleWords();
        singles = new PhraseGate(single);
        tails = new PhraseGate(texts.phrases() - single);
        wholes = new PhraseGate(texts.phrases());
        slots = new PhraseSlots(texts.phrases());
        var words = new Words();
        for (int ordinal = 0; ordinal < texts.size(); ordinal++) {
            words.find(texts.octets(), texts.start(ordinal), texts.end(ordinal));
            if (words.count() > 0) {
                add(ordinal, words);
            }
        }
    }

    private void add(int ordinal, Words words) {
        int count = words.count();
        if (count > PhraseRule.MAX_WORDS) {
            throw new IllegalArgumentException("a phrase of " + count + " words");
        }
        longest = Math.max(longest, count);
        long sum = 0;
        long place = 1;
        for (int back = 1; back <= count; back++) {
            sum += words.hash(count - back) * place;
            place *= PhraseHash.PLACE;
        }
        long hash = PhraseHash.mix(sum, count);
        long single = PhraseHash.single(words.hash(count - 1));
        if (count == 1) {
            singles.add(single);
        } else {
            tails.add(PhraseHash.tail(single, words.hash(count - 2)));
        }
        wholes.add(hash);
        put(ordinal, hash);
    }

    private void put(int ordinal, long hash) {
        int slot = slots.first(hash);
        for (; !slots.isFree(slot); slot = slots.next(slot)) {
            int other = slots.ordinal(slot, hash);
            if (other >= 0 && texts.same(ordinal, other)) {
                if (twins.length == 0) {
                    twins = new int[texts.size()];
                    Arrays.fill(twins, NONE);
                }
                twins[ordinal] = other;
                break;
            }
        }
        slots.set(slot, hash, ordinal);
    }

    /**
     * In three short loops rather than a deep one: the processor then fetches what many words need
     * from memory at the same time.
     */
    void search(FoldedText text, PhraseHits hits) {
        Words words = text.found();
        Candidates candidates = text.candidates();
        int[] lasts = candidates.words(words.count() + 1);
        int chosen = choose(words.hashes(), words.count(), lasts);
        int windows = 0;
        for (int i = 0; i < chosen; i++) {
            windows = addWindows(lasts[i], words.hashes(), candidates, windows);
            if (candidates.isFull(windows)) {
                compareAll(windows, candidates, text, hits);
                windows = 0;
            }
        }
        compareAll(windows, candidates, text, hits);
    }

    /** Chooses the words that are a phrase or the last two of a phrase, and some others. */
    private int choose(long[] hashes, int count, int[] lasts) {
        int chosen = 0;
        long before = 0;
        for (int word = 0; word < count; word++) {
            long hash = hashes[word];
            long single = PhraseHash.single(hash);
            if (singles.mayHave(single) || tails.mayHave(PhraseHash.tail(single, before))) {
                lasts[chosen++] = word;
            }
            before = hash;
        }
        return chosen;
    }

    /** Adds those windows ending at a word that may be a phrase. */
    private int addWindows(int last, long[] hashes, Candidates candidates, int windows) {
        int most = Math.min(last + 1, longest);
        int at = windows;
        long sum = 0;
        long place = 1;
        for (int count = 1; count <= most; count++) {
            sum += hashes[last + 1 - count] * place;
            place *= PhraseHash.PLACE;
            long hash = PhraseHash.mix(sum, count);
            candidates.set(at, hash, last, count);
            at += wholes.vote(hash);
        }
        return at;
    }

    private void compareAll(int windows, Candidates candidates, FoldedText text, PhraseHits hits) {
        for (int i = 0; i < windows; i++) {
            int count = candidates.count(i);
            compare(candidates.hash(i), candidates.last(i) + 1 - count, count, text, hits);
        }
    }

    private void compare(long hash, int first, int count, FoldedText text, PhraseHits hits) {
        for (int slot = slots.first(hash); !slots.isFree(slot); slot = slots.next(slot)) {
            int ordinal = slots.ordinal(slot, hash);
            if (ordinal >= 0 && texts.matches(ordinal, text.octets(), text.found(), first, count)) {
                report(ordinal, first, count, text, hits);
                return;
            }
        }
    }

    private void report(int found, int first, int count, FoldedText text, PhraseHits hits) {
        int start = text.originalStart(text.wordStart(first));
        int end = text.originalEnd(text.wordEnd(first + count - 1));
        hits.found(found, start, end);
        if (twins.length > 0) {
            for (int twin = twins[found]; twin != NONE; twin = twins[twin]) {
                hits.found(twin, start, end);
            }
        }
    }

    long octets() {
        return singles.octets()
                + tails.octets()
                + wholes.octets()
                + slots.octets()
                + (long) twins.length * Integer.BYTES;
    }
}
