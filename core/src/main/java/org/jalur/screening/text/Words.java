package org.jalur.screening.text;

/** Where the words of folded octets are, and a hash of each. */
final class Words {
    /** Octets that must be there in front of the text. */
    static final int FRONT = 8;

    /** Octets that must be there behind the text. */
    static final int BACK = 72;

    private static final int BLOCK = 64;
    private static final int LONGS = BLOCK / Long.BYTES;
    private static final int UNROLLED = 8;
    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long LAST = 0xd6e8feb86659fd93L;
    private static final long MIDDLE = 0xa0761d6478bd642fL;

    /** Start and end of each word in turn. */
    private int[] edges = new int[512];

    private long[] hashes = new long[257];

    /** Eight bits for each eight octets: whether they belong to words. */
    private long[] marks = new long[72];

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
        int blocks = (to - from) / BLOCK + 1;
        mark(octets, from, blocks * LONGS);
        int found = 0;
        long before = 0;
        for (int block = 0; block < blocks; block++) {
            int at = from + block * BLOCK;
            long word = marks(block * LONGS);
            if (to - at < BLOCK) {
                word &= (1L << (to - at)) - 1;
            }
            long edge = word ^ (word << 1 | before);
            before = word >>> 63;
            found = put(edge, at, found);
        }
        count = found / 2;
        hashAll(octets);
    }

    /** One store in a plain loop: the compiler makes vectors of it, of much else it does not. */
    private void mark(byte[] octets, int from, int longs) {
        for (int i = 0; i < longs; i++) {
            marks[i] = Octets.words(Octets.get(octets, from + i * Long.BYTES));
        }
    }

    private long marks(int first) {
        return marks[first]
                | marks[first + 1] << 8
                | marks[first + 2] << 16
                | marks[first + 3] << 24
                | marks[first + 4] << 32
                | marks[first + 5] << 40
                | marks[first + 6] << 48
                | marks[first + 7] << 56;
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
        return hash;
    }

    private void ensure(int length) {
        if (edges.length < length + 2 + UNROLLED) {
            edges = new int[Math.addExact(length, length / 2) + 2 * UNROLLED];
            hashes = new long[edges.length / 2 + 1];
            marks = new long[edges.length / Long.BYTES + LONGS];
        }
    }
}
