package org.jalur.screening.image;

/**
 * The order in which an index keeps the bits of a hash.
 *
 * <p>Bits of a real hash that stand close together in its 16 by 16 square tend to be equal: cut in
 * the order they come, many hashes would share a chunk. In a ring, 16 bits in a row are one of each
 * row and one of each column of the square, at least three apart, and neighbouring runs of 16 stand
 * apart as well. The order says nothing to the outside, and distances stay what they are.
 */
final class BitOrder {
    private static final int SIDE = 16;
    private static final int DIGITS = 64;
    private static final int WORDS = 4;

    private static final BitOrder TO_RING = new BitOrder(true);
    private static final BitOrder FROM_RING = new BitOrder(false);

    /** Where the bits of a digit go: four words for each value of each of the 64 digits. */
    private final long[] moved = new long[DIGITS * SIDE * WORDS];

    private BitOrder(boolean toRing) {
        for (int square = 0; square < PdqHash.BITS; square++) {
            int place = place(square / SIDE, square % SIDE);
            int from = toRing ? square : place;
            int to = toRing ? place : square;
            for (int value = 0; value < SIDE; value++) {
                long bit = (value >>> (from % 4)) & 1L;
                moved[(from / 4 * SIDE + value) * WORDS + to / Long.SIZE] |=
                        bit << (to % Long.SIZE);
            }
        }
    }

    /**
     * Where a bit of the square goes. The factors keep neighbours apart: 5 within a run, 7 between
     * runs.
     */
    private static int place(int row, int column) {
        int run = 7 * (column + 5 * row) % SIDE;
        return run * SIDE + row;
    }

    /** Puts the bits of a hash into four words as an index keeps them. */
    static void toRing(PdqHash hash, long[] into, int at) {
        into[at] = hash.first();
        into[at + 1] = hash.second();
        into[at + 2] = hash.third();
        into[at + 3] = hash.fourth();
        TO_RING.move(into, at, into, at);
    }

    /** The hash of which an index keeps the bits. */
    static PdqHash fromRing(long[] ring, int at) {
        long[] words = new long[WORDS];
        FROM_RING.move(ring, at, words, 0);
        return new PdqHash(words[0], words[1], words[2], words[3]);
    }

    private void move(long[] from, int fromAt, long[] to, int toAt) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int value = (int) (from[fromAt + digit / 16] >>> (digit % 16 * 4)) & 0xf;
            int at = (digit * SIDE + value) * WORDS;
            first |= moved[at];
            second |= moved[at + 1];
            third |= moved[at + 2];
            fourth |= moved[at + 3];
        }
        to[toAt] = first;
        to[toAt + 1] = second;
        to[toAt + 2] = third;
        to[toAt + 3] = fourth;
    }
}
