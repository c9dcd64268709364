package org.jalur.screening.exact;

/** Takes what a search finds. */
@FunctionalInterface
public interface Hits {
    /**
     * An entry has the key looked up.
     *
     * @param place which key of the batch, from 0
     * @param ordinal the entry
     */
    void found(int place, int ordinal);
}
