package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a tiled tree that is still growing: of each level the hashes that do not fill a tile
 * yet, and the entries of the last bundle. Immutable, so that proofs are read while the log grows.
 *
 * @param size entries in the whole tree
 * @param levels per level, fewer than {@value TilePath#WIDTH} hashes; level 0 are leaves
 * @param entries those of the partial bundle
 */
record RightEdge(long size, List<List<Hash>> levels, List<byte[]> entries) {
    static final RightEdge EMPTY = new RightEdge(0, List.of(), List.of());

    RightEdge {
        levels = levels.stream().map(List::copyOf).toList();
        entries = List.copyOf(entries);
    }

    /** How many hashes a level has over the whole tree. */
    static long count(long size, int level) {
        return size >> (8 * level);
    }

    List<Hash> level(int level) {
        return level < levels.size() ? levels.get(level) : List.of();
    }

    /** Copies that an append may change. */
    List<List<Hash>> mutableLevels() {
        var copy = new ArrayList<List<Hash>>();
        levels.forEach(hashes -> copy.add(new ArrayList<>(hashes)));
        return copy;
    }
}
