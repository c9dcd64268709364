package org.jalur.screening.text;

/** An open hash table of ordinals: the low half of a hash above, the ordinal plus one below. */
final class PhraseSlots {
    private static final int NONE = -1;

    private final long[] slots;

    /**
     * @param keys how many will be added, at most
     */
    PhraseSlots(int keys) {
        slots = new long[Math.toIntExact((long) keys * 4 / 3 + 2)];
    }

    /** The first slot to look at for a hash. */
    int first(long hash) {
        return (int) (((hash >>> 32) * slots.length) >>> 32);
    }

    int next(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    boolean isFree(int slot) {
        return slots[slot] == 0;
    }

    /** The ordinal in the slot if its hash looks the same, or a negative number. */
    int ordinal(int slot, long hash) {
        long entry = slots[slot];
        return (int) (entry >>> 32) == (int) hash ? (int) entry - 1 : NONE;
    }

    void set(int slot, long hash, int ordinal) {
        slots[slot] = hash << 32 | (ordinal + 1);
    }

    long octets() {
        return (long) slots.length * Long.BYTES;
    }
}
