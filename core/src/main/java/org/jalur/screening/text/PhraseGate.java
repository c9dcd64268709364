package org.jalur.screening.text;

/**
 * Says of a key that it was never added, or that it may have been: a Bloom filter of which one key
 * touches one long only. The highest bits of a key must depend on all that it was made of.
 */
final class PhraseGate {
    private static final int BITS_PER_KEY = 12;
    private static final int LOG_PATTERNS = 8;
    private static final long[] PATTERNS = patterns();

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

    /** Three bits each: to look them up is quicker than to make them. */
    private static long[] patterns() {
        long[] patterns = new long[1 << LOG_PATTERNS];
        for (int i = 0; i < patterns.length; i++) {
            long hash = (i + 1) * PhraseHash.MIX;
            patterns[i] = 1L << (hash >>> 46) | 1L << (hash >>> 52) | 1L << (hash >>> 58);
        }
        return patterns;
    }

    void add(long key) {
        blocks[(int) (key >>> shift)] |= pattern(key);
    }

    boolean mayHave(long key) {
        return missing(key) == 0;
    }

    /** One if the key may have been added, or zero: for loops that must not branch. */
    int vote(long key) {
        long missing = missing(key);
        return (int) ((~missing & (missing - 1)) >>> 63);
    }

    private long missing(long key) {
        return ~blocks[(int) (key >>> shift) & (blocks.length - 1)] & pattern(key);
    }

    private long pattern(long key) {
        return PATTERNS[(int) (key >>> (shift - LOG_PATTERNS)) & (PATTERNS.length - 1)];
    }

    long octets() {
        return (long) blocks.length * Long.BYTES;
    }
}
