package org.jalur.screening.image;

/**
 * How an index cuts a hash into chunks, and how many bits of each may differ.
 *
 * <p>The 256 bits are a ring of chunks. If two hashes differ in at most <em>r</em> bits and the
 * chunks are given allowances that add up to <em>r</em> + 1, then some chunk differs in fewer bits
 * than its allowance, and from one of these on every run of chunks, all around the ring, differs in
 * fewer bits than the run's allowances. So it is enough to look among the hashes that are near in
 * one chunk, and to check the bits that follow it, to miss none. Source: Qin and Xiao, "Pigeonring:
 * a principle for faster thresholded similarity search", 2018.
 *
 * @param width bits of a chunk, 8 or 16
 */
record PdqSplit(int width) {
    /** Bits of the sketch: those that follow a chunk. */
    static final int SKETCH_BITS = 16;

    /** With chunks of 8 bits few places are looked at, with chunks of 16 few entries at each. */
    static PdqSplit forSize(int size) {
        return new PdqSplit(size < 50_000 ? 8 : 16);
    }

    int chunks() {
        return 1 << chunkBits();
    }

    /** How many values a chunk can have. */
    int values() {
        return 1 << width;
    }

    /** In how many bits a chunk may differ from the query to be looked at; -1 if it never is. */
    int chunkLimit(int chunk, int radius) {
        return allowance(chunk, chunk + 1, radius) - 1;
    }

    /** In how many bits a chunk and its sketch together may differ. */
    int limit(int chunk, int radius) {
        return allowance(chunk, chunk + 1 + SKETCH_BITS / width, radius) - 1;
    }

    /**
     * What a run of chunks is given: a whole round gets the radius + 1, as evenly as whole numbers
     * can.
     */
    private int allowance(int from, int to, int radius) {
        return ((to * (radius + 1)) >> chunkBits()) - ((from * (radius + 1)) >> chunkBits());
    }

    /**
     * The number of chunks is two to this power: it is worked with in every search, so never by
     * division.
     */
    private int chunkBits() {
        return Integer.numberOfTrailingZeros(PdqHash.BITS) - Integer.numberOfTrailingZeros(width);
    }

    /** The value of a chunk of the hash in {@link BitOrder} whose words begin at a place. */
    int chunk(long[] ring, int at, int chunk) {
        int from = chunk * width;
        return (int) (ring[at + from / Long.SIZE] >>> from) & (values() - 1);
    }

    /** The bits that follow a chunk. */
    int sketch(long[] ring, int at, int chunk) {
        int from = (chunk + 1) * width % PdqHash.BITS;
        long bits = ring[at + from / Long.SIZE] >>> from;
        if (from % Long.SIZE > Long.SIZE - SKETCH_BITS) {
            bits |= ring[at + (from / Long.SIZE + 1) % PdqWords.PER_HASH] << -from;
        }
        return (int) bits & 0xffff;
    }

    /** Whether a chunk leads to a hash, given the bits in which it differs from the query. */
    boolean leadsTo(long[] difference, int chunk, int radius) {
        int inChunk = Integer.bitCount(chunk(difference, 0, chunk));
        int inSketch = Integer.bitCount(sketch(difference, 0, chunk));
        return inChunk <= chunkLimit(chunk, radius) && inChunk + inSketch <= limit(chunk, radius);
    }
}
