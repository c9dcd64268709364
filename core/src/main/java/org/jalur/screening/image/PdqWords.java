package org.jalur.screening.image;

import java.util.Arrays;

/**
 * Hashes in {@link BitOrder} one after the other, four words each, so that ten million of them are
 * one object.
 */
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

    long[] words() {
        return words;
    }

    void add(PdqHash hash) {
        int at = size * PER_HASH;
        if (at == words.length) {
            int grown = Math.min(2 * Math.max(size, 4), PdqIndex.MAX_SIZE);
            words = Arrays.copyOf(words, grown * PER_HASH);
        }
        BitOrder.toRing(hash, words, at);
        size++;
    }

    /** Gives back the room that was not needed. */
    void trim() {
        if (words.length != size * PER_HASH) {
            words = Arrays.copyOf(words, size * PER_HASH);
        }
    }

    PdqHash hash(int ordinal) {
        return BitOrder.fromRing(words, ordinal * PER_HASH);
    }

    /** In how many bits a hash differs from another. */
    int distance(int ordinal, long[] other) {
        int at = ordinal * PER_HASH;
        return Long.bitCount(words[at] ^ other[0])
                + Long.bitCount(words[at + 1] ^ other[1])
                + Long.bitCount(words[at + 2] ^ other[2])
                + Long.bitCount(words[at + 3] ^ other[3]);
    }

    /** In which bits a hash differs from another. */
    void difference(int ordinal, long[] other, long[] into) {
        for (int word = 0; word < PER_HASH; word++) {
            into[word] = words[ordinal * PER_HASH + word] ^ other[word];
        }
    }
}
