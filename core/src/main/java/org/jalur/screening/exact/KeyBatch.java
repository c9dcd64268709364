package org.jalur.screening.exact;

import java.util.Arrays;

/**
 * Keys to look up together, hashed once for all tables of the same hash. Cleared and filled again
 * it allocates nothing; used by one thread at a time.
 */
public final class KeyBatch {
    private static final int FIRST_CAPACITY = 64;

    private final KeyHash hash;
    private byte[][] sources = new byte[FIRST_CAPACITY][];
    private int[] froms = new int[FIRST_CAPACITY];
    private int[] tos = new int[FIRST_CAPACITY];
    private long[] hashes = new long[FIRST_CAPACITY];
    private int size;

    private final Search search = new Search();

    /** An empty batch for the tables of a hash. */
    public KeyBatch(KeyHash hash) {
        this.hash = hash;
    }

    /**
     * Adds a key: some bytes of an array, which is not copied and must stay as it is until the
     * search is over.
     *
     * @param from the first byte
     * @param to after the last byte
     * @return its place in the batch, from 0
     * @throws IndexOutOfBoundsException if the array has no such bytes
     */
    public int add(byte[] source, int from, int to) {
        if (size == hashes.length) {
            grow();
        }
        hashes[size] = hash.of(source, from, to);
        sources[size] = source;
        froms[size] = from;
        tos[size] = to;
        return size++;
    }

    private void grow() {
        int capacity = 2 * size;
        sources = Arrays.copyOf(sources, capacity);
        froms = Arrays.copyOf(froms, capacity);
        tos = Arrays.copyOf(tos, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
    }

    /** Takes all keys out. */
    public void clear() {
        Arrays.fill(sources, 0, size, null);
        size = 0;
    }

    /** How many keys were added. */
    public int size() {
        return size;
    }

    /** Where a table keeps its place while it searches. */
    Search search() {
        return search;
    }

    boolean isHashedBy(KeyHash other) {
        return hash.equals(other);
    }

    long hash(int place) {
        return hashes[place];
    }

    boolean isKey(int place, Keys keys, int ordinal) {
        return keys.isEqual(ordinal, sources[place], froms[place], tos[place]);
    }
}
