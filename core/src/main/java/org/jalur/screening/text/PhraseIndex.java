package org.jalur.screening.text;

import java.util.Arrays;

/** The way from a window of words to the phrases of the same words. */
final class PhraseIndex {
    /** Instead of a number of words: the window is the end of a longer one. */
    private static final int TAIL = 0;

    private static final int NONE = -1;
    private static final int[] NO_TWINS = {};

    private final PhraseTexts texts;

    /** Single words, and the last two words of longer phrases. */
    private final PhraseGate tails;

    /** All words of phrases of two words or more. */
    private final PhraseGate wholes;

    private final PhraseSlots slots;

    /** By phrase, an earlier one of the same words, or none; empty if all differ. */
    private int[] twins = NO_TWINS;

    /** Bit n: there are phrases of n words. */
    private int lengths;

    PhraseIndex(PhraseTexts texts) {
        this.texts = texts;
        tails = new PhraseGate(texts.phrases());
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
        lengths |= 1 << count;
        long sum = 0;
        long place = 1;
        for (int back = 1; back <= count; back++) {
            sum += words.hash(count - back) * place;
            place *= PhraseHash.PLACE;
            if (back == 2) {
                tails.add(PhraseHash.mix(sum, TAIL));
            }
        }
        long hash = PhraseHash.mix(sum, count);
        (count == 1 ? tails : wholes).add(hash);
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

    void search(FoldedText text, PhraseHits hits) {
        long[] hashes = text.found().hashes();
        int count = text.words();
        long before = 0;
        for (int word = 0; word < count; word++) {
            long hash = hashes[word];
            long single = PhraseHash.mix(hash, 1);
            long tail = PhraseHash.mix(hash + before * PhraseHash.PLACE, TAIL);
            if (tails.mayHave(single) | tails.mayHave(tail)) {
                searchEndingAt(word, text, hits);
            }
            before = hash;
        }
    }

    private void searchEndingAt(int last, FoldedText text, PhraseHits hits) {
        Words words = text.found();
        int longest = Math.min(last + 1, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(lengths));
        long sum = 0;
        long place = 1;
        for (int count = 1; count <= longest; count++) {
            sum += words.hash(last + 1 - count) * place;
            place *= PhraseHash.PLACE;
            if ((lengths >>> count & 1) == 0) {
                continue;
            }
            long hash = PhraseHash.mix(sum, count);
            if ((count == 1 ? tails : wholes).mayHave(hash)) {
                compare(hash, last + 1 - count, count, text, hits);
            }
        }
    }

    private void compare(long hash, int first, int count, FoldedText text, PhraseHits hits) {
        for (int slot = slots.first(hash); !slots.isFree(slot); slot = slots.next(slot)) {
            int ordinal = slots.ordinal(slot, hash);
            if (ordinal >= 0
                    && texts.matches(ordinal, text.octets(), text.found(), first, count)) {
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
        return tails.octets()
                + wholes.octets()
                + slots.octets()
                + (long) twins.length * Integer.BYTES;
    }
}
