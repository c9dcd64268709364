package org.jalur.screening.image;

/** The values that a search looks up: of which chunk, where their words stand, what is near. */
final class LinePlaces {
    /** As many at most: with chunks of 16 bits, each and those a bit away. */
    private static final int MOST = 512;

    private final PdqTable[] tables;
    private final int[] chunks = new int[MOST];
    private final int[] begins = new int[MOST];
    private final int[] ends = new int[MOST];
    private final int[] limits = new int[MOST];
    private int size;

    LinePlaces(PdqTable[] tables) {
        this.tables = tables;
    }

    void clear() {
        size = 0;
    }

    /**
     * Adds a value; those of a chunk follow one another.
     *
     * @param limit in how many bits a sketch may differ to be near
     */
    void add(int chunk, int value, int limit) {
        chunks[size] = chunk;
        begins[size] = tables[chunk].start(value);
        ends[size] = tables[chunk].end(value);
        limits[size++] = limit;
    }

    int size() {
        return size;
    }

    int chunk(int place) {
        return chunks[place];
    }

    PdqTable table(int place) {
        return tables[chunks[place]];
    }

    int begin(int place) {
        return begins[place];
    }

    int end(int place) {
        return ends[place];
    }

    int limit(int place) {
        return limits[place];
    }
}
