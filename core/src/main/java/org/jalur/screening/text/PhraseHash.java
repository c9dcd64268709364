package org.jalur.screening.text;

/**
 * Hashes of sequences of words: the sum of the words' hashes, each multiplied once more for each
 * word behind it, so that the order matters.
 */
final class PhraseHash {
    /** What a word counts more for each word behind it. */
    static final long PLACE = 0x9fb21c651e98df25L;

    static final long MIX = 0xbf58476d1ce4e5b9L;

    /** Tells the last two words of a phrase from a word alone. */
    private static final long TAIL = 0x2545f4914f6cdd1dL;

    private static final long BEFORE = 0xd1342543de82ef95L;

    private PhraseHash() {}

    /** All bits depend on all bits of the sum and on the number of words. */
    static long mix(long sum, int words) {
        long hash = (sum + words) * MIX;
        return (hash ^ hash >>> 32) * PLACE;
    }

    /** A word alone, for a gate: what the last two words' key needs too is reckoned once. */
    static long single(long word) {
        return word * MIX;
    }

    /** Two words, for a gate: the key of the last one alone, and the hash of the one before. */
    static long tail(long single, long before) {
        return single + before * BEFORE + TAIL;
    }
}
