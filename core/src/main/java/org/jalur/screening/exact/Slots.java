package org.jalur.screening.exact;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Where each key stands among the lines, and which entries it has. The keys are numbered in the
/// order of their slots, so that nothing is stored for empty ones: {@code values} has for each key
/// its entry or, from {@code entries} on, the group of its entries.
///
/// @param homes how many lines can be a key's home, from the first
/// @param groupEnds where each group ends in {@code members}
record Slots(int entries, int homes, Lines lines, Ordinals values, int[] groupEnds, int[] members) {
    static final int MOST_ENTRIES = 1 << 30;

    private static final int[] NONE = {};

    int home(long hash) {
        return home(hash, homes);
    }

    static int home(long hash, int homes) {
        return (int) Math.unsignedMultiplyHigh(hash, homes);
    }

    int value(int rank) {
        return values.get(rank);
    }

    int first(int value) {
        return value < entries ? value : members[groupStart(value - entries)];
    }

    void report(int value, int place, Hits hits) {
        if (value < entries) {
            hits.found(place, value);
            return;
        }
        int group = value - entries;
        for (int i = groupStart(group); i < groupEnds[group]; i++) {
            hits.found(place, members[i]);
        }
    }

    private int[] ordinals(int value) {
        if (value < entries) {
            return new int[] {value};
        }
        int group = value - entries;
        return Arrays.copyOfRange(members, groupStart(group), groupEnds[group]);
    }

    private int groupStart(int group) {
        return group == 0 ? 0 : groupEnds[group - 1];
    }

    /** The entries of the key that has this hash and whose first entry passes the test. */
    int[] find(long hash, IntPredicate isKey) {
        int fingerprint = Lines.fingerprint(hash);
        for (int line = home(hash); ; line++) {
            if (lines.holds(line, fingerprint)) {
                int slot = lines.slot(line, 0, fingerprint);
                for (; slot < Lines.SLOTS; slot = lines.slot(line, slot + 1, fingerprint)) {
                    int value = value(lines.rank(line, slot));
                    if (isKey.test(first(value))) {
                        return ordinals(value);
                    }
                }
            }
            if (lines.lastSlot(line) == 0) {
                return NONE;
            }
        }
    }

    /** How many different keys there are. */
    int distinct() {
        return entries - members.length + groupEnds.length;
    }

    long bytes() {
        return lines.memory().byteSize()
                + values.memory().byteSize()
                + (long) Integer.BYTES * (groupEnds.length + members.length);
    }
}
