package org.jalur.screening.image;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * PDQ hashes, numbered from 0, that finds all those near a query: exactly, and without looking at
 * most of them. It never changes, and any number of threads may search it.
 *
 * <p>One hash takes 128 bytes and up to a tenth more; an index under a million hashes takes more
 * for each.
 */
public final class PdqIndex {
    /**
     * The largest distance that can be searched for, in bits; 31 is what PDQ's authors call a
     * match.
     */
    public static final int MAX_RADIUS = 31;

    /** The most hashes that one index can hold: their words, four each, are one array. */
    public static final int MAX_SIZE = 1 << 28;

    /** What a written index begins with: JPDQ. */
    private static final int MAGIC = 0x4a504451;

    private static final int FIRST_READ = 1 << 16;

    private final PdqSplit split;
    private final PdqWords ring;
    private final PdqTable[] tables;
    private final SearchPool searches;

    private PdqIndex(PdqWords ring) {
        this.split = PdqSplit.forSize(ring.size());
        this.ring = ring;
        this.tables = new PdqTable[split.chunks()];
        for (int chunk = 0; chunk < tables.length; chunk++) {
            tables[chunk] = new PdqTable(split, chunk, ring);
        }
        this.searches = new SearchPool(() -> new PdqSearch(split, ring, tables, LineScan.best()));
    }

    /** Takes the hashes found. */
    @FunctionalInterface
    public interface Matches {
        /**
         * @param ordinal the number of a hash, in no particular order, each once
         * @param distance in how many bits it differs from the query
         */
        void match(int ordinal, int distance);
    }

    /**
     * An index of the hashes whose words follow one another, four each in the order of {@link
     * PdqHash}.
     *
     * @throws IllegalArgumentException if the last hash is not complete, or there are more than
     *     {@link #MAX_SIZE}
     */
    public static PdqIndex of(long... words) {
        if (words.length % PdqWords.PER_HASH != 0) {
            throw new IllegalArgumentException("not four words for each hash: " + words.length);
        }
        Builder builder = builder(words.length / PdqWords.PER_HASH);
        for (int at = 0; at < words.length; at += PdqWords.PER_HASH) {
            builder.add(new PdqHash(words[at], words[at + 1], words[at + 2], words[at + 3]));
        }
        return builder.build();
    }

    /**
     * A builder for hashes that come one by one.
     *
     * @param expected about how many, so that memory is taken once
     * @throws IllegalArgumentException if they are fewer than none or more than {@link #MAX_SIZE}
     */
    public static Builder builder(int expected) {
        if (expected < 0 || expected > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "not a number of hashes up to " + MAX_SIZE + ": " + expected);
        }
        return new Builder(expected);
    }

    /** Takes hashes and numbers them in the order they come. For one thread, and one index. */
    public static final class Builder {
        private final PdqWords ring;

        private Builder(int expected) {
            ring = new PdqWords(expected);
        }

        /**
         * Gives a hash the next ordinal.
         *
         * @throws IllegalStateException if there are {@link #MAX_SIZE} already
         */
        public Builder add(PdqHash hash) {
            if (ring.size() == MAX_SIZE) {
                throw new IllegalStateException(
                        "an index holds no more than " + MAX_SIZE + " hashes");
            }
            ring.add(hash);
            return this;
        }

        /** The index of the hashes added; the builder is of no use afterwards. */
        public PdqIndex build() {
            ring.trim();
            return new PdqIndex(ring);
        }
    }

    /** How many hashes there are. */
    public int size() {
        return ring.size();
    }

    /** The hash of an ordinal, 0 to size - 1. */
    public PdqHash hash(int ordinal) {
        return ring.hash(ordinal);
    }

    /** The memory that the index takes, in bytes. */
    public long bytes() {
        long bytes = ring.bytes();
        for (PdqTable table : tables) {
            bytes += table.bytes();
        }
        return bytes;
    }

    /**
     * Finds all hashes within a distance of a query.
     *
     * @param radius in how many bits they may differ from it, 0 to {@link #MAX_RADIUS}
     * @throws IllegalArgumentException for another radius
     */
    public void search(PdqHash query, int radius, Matches matches) {
        if (radius < 0 || radius > MAX_RADIUS) {
            throw new IllegalArgumentException(
                    "not a distance from 0 to " + MAX_RADIUS + ": " + radius);
        }
        PdqSearch search = searches.take();
        search.run(query, radius, matches);
        searches.giveBack(search);
    }

    /**
     * Writes the hashes, 32 bytes each after a head of 8. Whoever keeps the file adds a checksum.
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(size());
        for (int ordinal = 0; ordinal < size(); ordinal++) {
            PdqHash hash = hash(ordinal);
            out.writeLong(hash.first());
            out.writeLong(hash.second());
            out.writeLong(hash.third());
            out.writeLong(hash.fourth());
        }
    }

    /**
     * Reads what {@link #write} wrote, and builds the index anew: so nothing in a file can lead a
     * search astray.
     *
     * @throws IOException if it is something else, or ends too early
     */
    public static PdqIndex read(DataInput in) throws IOException {
        int magic = in.readInt();
        int size = in.readInt();
        if (magic != MAGIC || size < 0 || size > MAX_SIZE) {
            throw new IOException("not an index of PDQ hashes");
        }
        // A damaged size must not take all memory before the end of the file is found.
        Builder builder = builder(Math.min(size, FIRST_READ));
        for (int ordinal = 0; ordinal < size; ordinal++) {
            builder.add(new PdqHash(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return builder.build();
    }
}
