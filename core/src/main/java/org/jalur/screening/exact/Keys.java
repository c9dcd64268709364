package org.jalur.screening.exact;

/**
 * The full keys of entries 0 to size - 1, kept apart from the table that finds them; the same key
 * may stand at several entries. Keys never change while a table uses them. Implementations may be
 * called by several threads at once.
 */
public interface Keys {
    /** How many entries there are. */
    int size();

    /** A copy of the bytes of an entry's key. */
    byte[] key(int ordinal);

    /**
     * Whether an entry's key is these bytes.
     *
     * @param from the first byte
     * @param to after the last byte
     */
    boolean isEqual(int ordinal, byte[] bytes, int from, int to);

    /** The hash of an entry's key. */
    default long hash(int ordinal, KeyHash hash) {
        byte[] key = key(ordinal);
        return hash.of(key, 0, key.length);
    }

    /**
     * Reads a little of an entry's key, so that it comes near before it is compared; what it gives
     * means nothing.
     */
    default int touch(int ordinal) {
        return 0;
    }
}
