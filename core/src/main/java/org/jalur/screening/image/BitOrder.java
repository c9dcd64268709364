package org.jalur.screening.image;

/**
 * The order in which an index keeps the bits of a hash.
 *
 * <p>Bits of a real hash that stand close together in its 16 by 16 square tend to be equal: cut in the order they come,
 * many hashes would share a chunk. In a ring, 16 bits in a row are one of each row and one of each column of the
 * square, at least three apart, and neighbouring runs of 16 stand apart as well. The order says nothing to the outside,
 * and distances stay what they are.
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
                long bit = value >>> from % 4 & 1;
                moved[(from / 4 * SIDE + value) * WORDS + to / Long.SIZE] |= bit << to % Long.SIZE;
            }
        }
    }

    /** Where a bit of the square goes. The factors keep neighbours apart: 5 within a run, 7 between runs. */
    private static int place(int row, int column) {
        int run = 7 * (column + 5 * row) % SIDE;
        return run * SIDE + row;
    }

    /** The bits of a hash as an index keeps them. */
    static PdqHash toRing(PdqHash hash) {
        return TO_RING.moved(hash);
    }

    /** The hash whose bits an index keeps. */
    static PdqHash fromRing(PdqHash ring) {
        return FROM_RING.moved(ring);
    }

    private PdqHash moved(PdqHash hash) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            long word = PdqSplit.word(hash, digit / 16);
            int value = (int) (word >>> digit % 16 * 4) & 0xf;
            int at = (digit * SIDE + value) * WORDS;
            first |= moved[at];
            second |= moved[at + 1];
            third |= moved[at + 2];
            fourth |= moved[at + 3];
        }
        return new PdqHash(first, second, third, fourth);
    }
}
