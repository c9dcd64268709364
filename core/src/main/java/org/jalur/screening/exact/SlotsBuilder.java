package org.jalur.screening.exact;

import java.util.Arrays;

/// Sorts entries by their home line, finds the keys that stand at several, and fills the lines one
/// after the other. Takes time in proportion to the entries, however often one key repeats.
///
/// While it works, an entry is its fingerprint above its ordinal in 64 bits, or above the number of
/// its group once that is known.
final class SlotsBuilder {
    // Two slots of three are in use: then 49 misses of 50 need one line only.
    private static final int USED = 2;
    private static final int OF = 3;

    private final Keys keys;
    private final int entries;
    private final int homes;

    /** The entries by home line, each line's by fingerprint, then by ordinal. */
    private final long[] sorted;

    /** Where each home line's entries end in {@code sorted}. */
    private final int[] ends;

    private final Ints groupEnds = new Ints();
    private final Ints members = new Ints();

    SlotsBuilder(Keys keys, KeyHash hash) {
        this.keys = keys;
        entries = keys.size();
        if (entries > Slots.MOST_ENTRIES) {
            throw new IllegalArgumentException("more than " + Slots.MOST_ENTRIES + " entries");
        }
        homes = homes(entries);
        sorted = new long[entries];
        ends = new int[homes];
        sort(hash);
    }

    /** How many home lines there are for so many entries. */
    static int homes(int entries) {
        return (int) ((long) entries * OF / (USED * Lines.SLOTS)) + 1;
    }

    private void sort(KeyHash hash) {
        long[] hashes = new long[entries];
        int[] next = new int[homes + 1];
        for (int i = 0; i < entries; i++) {
            hashes[i] = keys.hash(i, hash);
            next[Slots.home(hashes[i], homes) + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        for (int i = 0; i < entries; i++) {
            int home = Slots.home(hashes[i], homes);
            sorted[next[home]++] = (long) Lines.fingerprint(hashes[i]) << Integer.SIZE | i;
        }
        System.arraycopy(next, 0, ends, 0, homes);
        int from = 0;
        for (int to : ends) {
            Arrays.sort(sorted, from, to);
            from = to;
        }
    }

    Slots build() {
        int distinct = group();
        int lines = linesNeeded();
        var slots =
                new Slots(
                        entries,
                        homes,
                        new Lines(lines),
                        new Ordinals(distinct, entries + groupEnds.size()),
                        groupEnds.toArray(),
                        members.toArray());
        fill(slots);
        return slots;
    }

    /** Leaves one entry of each key in {@code sorted}, and says how many there are. */
    private int group() {
        int kept = 0;
        int from = 0;
        for (int home = 0; home < homes; home++) {
            int to = ends[home];
            while (from < to) {
                int end = from + 1;
                while (end < to && fingerprint(sorted[end]) == fingerprint(sorted[from])) {
                    end++;
                }
                kept = group(from, end, kept);
                from = end;
            }
            ends[home] = kept;
        }
        return kept;
    }

    /** Groups entries of one fingerprint: nearly always one, or several of the same key. */
    private int group(int from, int to, int kept) {
        int all = kept;
        int end = to;
        for (int at = from; at < end; at++) {
            if (end - at > 1) {
                end = gather(at, end);
            }
            sorted[all++] = sorted[at];
        }
        return all;
    }

    /** Makes a group of all entries with the first one's key; where the others end, moved up. */
    private int gather(int at, int end) {
        int first = ordinal(sorted[at]);
        byte[] key = keys.key(first);
        int groupStart = members.size();
        int others = at + 1;
        for (int i = at + 1; i < end; i++) {
            if (!keys.isEqual(ordinal(sorted[i]), key, 0, key.length)) {
                sorted[others++] = sorted[i];
                continue;
            }
            if (members.size() == groupStart) {
                members.add(first);
            }
            members.add(ordinal(sorted[i]));
        }
        if (members.size() > groupStart) {
            sorted[at] += entries + groupEnds.size() - first;
            groupEnds.add(members.size());
        }
        return others;
    }

    private int linesNeeded() {
        long slot = 0;
        int from = 0;
        for (int home = 0; home < homes; home++) {
            slot = Math.max(slot, (long) home * Lines.SLOTS) + ends[home] - from;
            from = ends[home];
        }
        long used = Math.max(homes, (slot + Lines.SLOTS - 1) / Lines.SLOTS);
        return Math.toIntExact(used + 1);
    }

    private void fill(Slots slots) {
        long slot = 0;
        int rank = 0;
        for (int home = 0; home < homes; home++) {
            slot = Math.max(slot, (long) home * Lines.SLOTS);
            for (; rank < ends[home]; rank++, slot++) {
                if (slot % Lines.SLOTS == 0) {
                    slots.lines().putRank((int) (slot / Lines.SLOTS), rank);
                }
                slots.lines().put(slot, fingerprint(sorted[rank]));
                slots.values().set(rank, ordinal(sorted[rank]));
            }
        }
    }

    private static int fingerprint(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int ordinal(long entry) {
        return (int) entry;
    }
}
