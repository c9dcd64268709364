package org.jalur.node.lists;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.list.SignalKind;

/**
 * What an approver reads of a list: how many entries of each kind, and the first of them.
 *
 * @param shown the first {@value #MOST}
 */
record ListPreview(List<Count> counts, List<ListEntry> shown) {
    static final int MOST = 50;

    ListPreview {
        counts = List.copyOf(counts);
        shown = List.copyOf(shown);
    }

    /**
     * @param added how many the message adds
     * @param takenBack how many it takes back
     */
    record Count(SignalKind kind, int added, int takenBack) {
        static Count of(ListEntry entry) {
            return new Count(entry.kind(), entry.deleted() ? 0 : 1, entry.deleted() ? 1 : 0);
        }

        Count and(Count other) {
            return new Count(kind, added + other.added, takenBack + other.takenBack);
        }
    }

    /** Of the very octets that are signed. */
    static ListPreview of(List<byte[]> chunks) {
        Map<SignalKind, Count> counts = new EnumMap<>(SignalKind.class);
        var shown = new ArrayList<ListEntry>();
        DrawnUp.each(
                chunks,
                entry -> {
                    counts.merge(entry.kind(), Count.of(entry), Count::and);
                    if (shown.size() < MOST) {
                        shown.add(entry);
                    }
                });
        return new ListPreview(List.copyOf(counts.values()), shown);
    }
}
