package org.jalur.screening.exact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Finds the entries that have a key: an immutable table from keys to ordinals, for tens of
/// millions of them.
///
/// A key is looked up by comparing 16 bits of its hash with those of the one line where it would
/// stand (seldom the one after, too); the full keys are compared only if they agree. About 6.2
/// bytes an entry at 10^7 entries, without the keys. A key that stands at several entries takes one
/// slot, and all its entries are reported, in rising order.
///
/// Whoever does not know the table's hash cannot choose keys that crowd a line. Any number of
/// threads may search at once.
public final class KeyTable {
    private final KeyHash hash;
    private final Keys keys;
    private final Slots slots;

    KeyTable(KeyHash hash, Keys keys, Slots slots) {
        this.hash = hash;
        this.keys = keys;
        this.slots = slots;
    }

    /**
     * Builds the table of all these keys; takes about 20 bytes an entry while it does.
     *
     * @throws IllegalArgumentException if there are more than {@value Slots#MOST_ENTRIES} keys
     */
    public static KeyTable of(Keys keys, KeyHash hash) {
        return new KeyTable(hash, keys, new SlotsBuilder(keys, hash).build());
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param keys the same keys as it was built from
     * @throws DamagedTableException if what is read is not such a table, or not of so many keys
     * @throws IOException if the stream fails
     */
    public static KeyTable readFrom(InputStream in, Keys keys) throws IOException {
        return TableFile.read(in, keys);
    }

    /**
     * Writes the table without its keys, a checksum included. The secrets of the hash are part of
     * it: nobody who adds keys should see it.
     */
    public void writeTo(OutputStream out) throws IOException {
        TableFile.write(this, out);
    }

    /** How many entries there are. */
    public int size() {
        return keys.size();
    }

    /** The hash that batches for this table are made with. */
    public KeyHash hash() {
        return hash;
    }

    /** What the table takes, in bytes, without the keys. */
    public long bytes() {
        return slots.bytes();
    }

    /** The entries that have a key, in rising order; none gives an empty array. */
    public int[] find(byte[] key) {
        return find(key, 0, key.length);
    }

    /**
     * The entries whose key is some bytes of an array, in rising order; none gives an empty array.
     *
     * @param from the first byte
     * @param to after the last byte
     */
    public int[] find(byte[] source, int from, int to) {
        return slots.find(hash.of(source, from, to), at -> keys.isEqual(at, source, from, to));
    }

    /**
     * Reports every entry of every key of a batch: in rising order for one key, the keys in any
     * order. Many keys at once take a fraction of the time of one after the other.
     *
     * @throws IllegalArgumentException if the batch was made with another hash
     */
    public void find(KeyBatch batch, Hits hits) {
        if (!batch.isHashedBy(hash)) {
            throw new IllegalArgumentException("a batch hashed otherwise than the table");
        }
        for (int from = 0; from < batch.size(); from += Search.KEYS) {
            int to = Math.min(batch.size(), from + Search.KEYS);
            batch.search().run(slots, keys, batch, from, to, hits);
        }
    }

    Slots slots() {
        return slots;
    }
}
