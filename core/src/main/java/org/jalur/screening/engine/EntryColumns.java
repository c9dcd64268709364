package org.jalur.screening.engine;

import java.util.List;

/**
 * What is known of a segment's entries beside their values, by ordinal.
 *
 * @param labels numbers of labels
 * @param expiries milliseconds since 1970, or {@link Rows#NEVER}
 */
record EntryColumns(Ids ids, int[] labels, long[] expiries, List<Label> dictionary) {
    EntryColumns {
        dictionary = List.copyOf(dictionary);
    }

    Label label(int ordinal) {
        return dictionary.get(labels[ordinal]);
    }
}
