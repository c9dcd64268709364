package org.jalur.screening.text;

/** Where the words of folded octets are, and a hash of each. */
final class Words {
    /** Octets that must be there in front of the text. */
    static final int FRONT = 8;

    /** Octets that must be there behind the text. */
    static final int BACK = 72;

    private static final int BLOCK = 64;
    private static final int UNROLLED = 8;
    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long LAST = 0xd6e8feb86659fd93L;
    private static final long MIDDLE = 0xa0761d6478bd642fL;

    /** Start and end of each word in turn. */
    private int[] edges = new int[512];

    private long[] hashes = new long[256];
    private int count;

    int count() {
        return count;
    }

    int start(int word) {
        return edges[2 * word];
    }

    int end(int word) {
        return edges[2 * word + 1];
    }

    long hash(int word) {
        return hashes[word];
    }

    long[] hashes() {
        return hashes;
    }

    /**
     * Finds the words between two places.
     *
     * @param octets of which {@link #FRONT} more and {@link #BACK} more can be read around the text
     */
    void find(byte[] octets, int from, int to) {
        ensure(to - from);
        int found = 0;
        long before = 0;
        for (int block = from; block <= to; block += BLOCK) {
            long word = 0;
            for (int i = 0; i < BLOCK; i += Long.BYTES) {
                word |= Octets.words(Octets.get(octets, block + i)) << i;
            }
            if (to - block < BLOCK) {
                word &= (1L << (to - block)) - 1;
            }
            long edge = word ^ (word << 1 | before);
            before = word >>> 63;
            found = put(edge, block, found);
        }
        count = found / 2;
        hashAll(octets);
    }

    /** Writes up to seven places more than there are: fixed steps are quicker than exact ones. */
    private int put(long edge, int block, int found) {
        int end = found + Long.bitCount(edge);
        long left = edge;
        for (int at = found; at < end; at += UNROLLED) {
            for (int i = 0; i < UNROLLED; i++) {
                edges[at + i] = block + Long.numberOfTrailingZeros(left);
                left &= left - 1;
            }
        }
        return end;
    }

    private void hashAll(byte[] octets) {
        for (int word = 0; word < count; word++) {
            hashes[word] = hash(octets, edges[2 * word], edges[2 * word + 1]);
        }
    }

    /** Over all octets of the word; up to sixteen without a loop. */
    static long hash(byte[] octets, int from, int to) {
        int length = to - from;
        int shift = 64 - 8 * Math.min(length, Long.BYTES);
        long first = Octets.get(octets, from) << shift;
        long last = Octets.get(octets, to - Long.BYTES) >>> shift;
        long hash = (first + length) * FIRST ^ last * LAST;
        if (length > 2 * Long.BYTES) {
            for (int at = from + Long.BYTES; at < to - Long.BYTES; at += Long.BYTES) {
                hash = Long.rotateLeft(hash, 29) * MIDDLE + Octets.get(octets, at);
            }
        }
        return hash ^ hash >>> 32;
    }

    private void ensure(int length) {
        if (edges.length < length + 2 + UNROLLED) {
            edges = new int[Math.addExact(length, length / 2) + 2 * UNROLLED];
            hashes = new long[edges.length / 2 + 1];
        }
    }
}
