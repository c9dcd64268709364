package org.jalur.screening.image;

import java.util.Arrays;

/** Hashes one after the other, four words each, so that ten million of them are one object. */
final class PdqWords {
    static final int PER_HASH = 4;

    private long[] words;
    private int size;

    /**
     * @param expected for how many hashes there is room before it has to grow
     */
    PdqWords(int expected) {
        words = new long[expected * PER_HASH];
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) words.length * Long.BYTES;
    }

    PdqHash hash(int ordinal) {
        int at = ordinal * PER_HASH;
        return new PdqHash(words[at], words[at + 1], words[at + 2], words[at + 3]);
    }

    void add(PdqHash hash) {
        int at = size * PER_HASH;
        if (at == words.length) {
            int grown = Math.min(2 * Math.max(size, 4), PdqIndex.MAX_SIZE);
            words = Arrays.copyOf(words, grown * PER_HASH);
        }
        words[at] = hash.first();
        words[at + 1] = hash.second();
        words[at + 2] = hash.third();
        words[at + 3] = hash.fourth();
        size++;
    }

    /** Gives back the room that was not needed. */
    void trim() {
        if (words.length != size * PER_HASH) {
            words = Arrays.copyOf(words, size * PER_HASH);
        }
    }
}
