package org.jalur.screening.text;

/** What a search has still to look at; a part of a text's buffers, so that it is not made anew. */
final class Candidates {
    private static final int WINDOWS = 512;
    private static final int LOG_COUNT = 5;

    private int[] words = new int[256];
    private final long[] hashes = new long[WINDOWS];
    private final int[] windows = new int[WINDOWS];

    /** Room for a number of words. */
    int[] words(int count) {
        if (words.length < count) {
            words = new int[count + count / 2];
        }
        return words;
    }

    /** Puts a window of words at a place, where the next one may take its place. */
    void set(int place, long hash, int last, int count) {
        hashes[place] = hash;
        windows[place] = last << LOG_COUNT | count;
    }

    /** Whether there may be no room for all windows that end at one more word. */
    boolean isFull(int place) {
        return place > WINDOWS - PhraseRule.MAX_WORDS;
    }

    long hash(int place) {
        return hashes[place];
    }

    int last(int place) {
        return windows[place] >>> LOG_COUNT;
    }

    int count(int place) {
        return windows[place] & ((1 << LOG_COUNT) - 1);
    }
}
