package org.jalur.screening.engine;

import java.util.Arrays;

/** The entries of a segment that do not count any more. Never changes. */
final class Dead {
    static final Dead NONE = new Dead(new long[0][], 0);

    private static final int CHUNK_WORDS = 1 << 10;
    private static final int CHUNK_BITS = CHUNK_WORDS * Long.SIZE;

    /** A bit each; what is not there is zero. */
    private final long[][] chunks;

    private final int count;

    private Dead(long[][] chunks, int count) {
        this.chunks = chunks;
        this.count = count;
    }

    /** How many they are. */
    int count() {
        return count;
    }

    boolean has(int ordinal) {
        int chunk = ordinal / CHUNK_BITS;
        if (chunk >= chunks.length || chunks[chunk].length == 0) {
            return false;
        }
        return (chunks[chunk][ordinal % CHUNK_BITS / Long.SIZE] >>> ordinal & 1) != 0;
    }

    /** These and more; of the octets only those change places that must. */
    Dead with(int... ordinals) {
        if (ordinals.length == 0) {
            return this;
        }
        int last = Arrays.stream(ordinals).max().orElse(0) / CHUNK_BITS;
        long[][] changed = Arrays.copyOf(chunks, Math.max(chunks.length, last + 1));
        Arrays.fill(changed, Math.min(chunks.length, changed.length), changed.length, new long[0]);
        boolean[] own = new boolean[changed.length];
        int added = 0;
        for (int ordinal : ordinals) {
            int chunk = ordinal / CHUNK_BITS;
            if (!own[chunk]) {
                changed[chunk] = Arrays.copyOf(changed[chunk], CHUNK_WORDS);
                own[chunk] = true;
            }
            int word = ordinal % CHUNK_BITS / Long.SIZE;
            added += (changed[chunk][word] >>> ordinal & 1) == 0 ? 1 : 0;
            changed[chunk][word] |= 1L << ordinal;
        }
        return new Dead(changed, count + added);
    }

    /** Their ordinals, in rising order. */
    int[] ordinals() {
        return since(NONE, chunks.length * CHUNK_BITS);
    }

    /** Their ordinals below a size, those that others had already left out. */
    int[] since(Dead earlier, int size) {
        int[] found = new int[count];
        int next = 0;
        for (int ordinal = 0; ordinal < size && count > earlier.count; ordinal++) {
            if (has(ordinal) && !earlier.has(ordinal)) {
                found[next++] = ordinal;
            }
        }
        return Arrays.copyOf(found, next);
    }
}
