package org.jalur.screening.text;

/**
 * Says of a hash that it was never added, or that it may have been: a Bloom filter of which one key
 * touches one long only.
 */
final class PhraseGate {
    private static final int BITS_PER_KEY = 12;

    private final long[] blocks;
    private final int shift;

    /**
     * @param keys how many will be added, about
     */
    PhraseGate(int keys) {
        long wanted = Math.max(2, (long) keys * BITS_PER_KEY / Long.SIZE);
        int log = Long.SIZE - Long.numberOfLeadingZeros(wanted - 1);
        blocks = new long[1 << log];
        shift = Long.SIZE - log;
    }

    void add(long hash) {
        blocks[(int) (hash >>> shift)] |= bits(hash);
    }

    boolean mayHave(long hash) {
        return (~blocks[(int) (hash >>> shift)] & bits(hash)) == 0;
    }

    long octets() {
        return (long) blocks.length * Long.BYTES;
    }

    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
    }
}
