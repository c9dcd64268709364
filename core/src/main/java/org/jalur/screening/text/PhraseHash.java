package org.jalur.screening.text;

/** A hash over a sequence of words, built from the last word to the first. */
final class PhraseHash {
    /** What a word counts more for each word behind it: so the order matters. */
    static final long PLACE = 0x9fb21c651e98df25L;

    private static final long MIX = 0xbf58476d1ce4e5b9L;

    private PhraseHash() {}

    /** All bits depend on all bits of the sum and on the number of words. */
    static long mix(long sum, int words) {
        long hash = (sum + words) * MIX;
        return (hash ^ hash >>> 32) * PLACE;
    }
}
