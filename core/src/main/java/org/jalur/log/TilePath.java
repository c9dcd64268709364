package org.jalur.log;

import java.util.Locale;

/// The address of a tile: level, number within the level, and width from 1 to 256 (full).
///
/// Source: C2SP tlog-tiles, "Merkle Tree" and "Partial Tiles".
record TilePath(int level, long number, int width) {
    static final String PARTIAL = ".p/";
    static final int FULL = 256;
    static final int HEIGHT = 8;

    /// Where the hashes of this tile are.
    String hashes() {
        return "tile/" + level + "/" + suffix();
    }

    /// Where the entries below this tile of level 0 are.
    String entries() {
        return "tile/entries/" + suffix();
    }

    boolean isFull() {
        return width == FULL;
    }

    /// The full tile at this place of a level.
    static TilePath full(int level, long number) {
        return new TilePath(level, number, FULL);
    }

    private String suffix() {
        // Groups of three digits, all but the last with an x before them.
        var groups = new StringBuilder(digits(number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, "x" + digits(rest % 1000) + "/");
        }
        return isFull() ? groups.toString() : groups + PARTIAL + width;
    }

    private static String digits(long group) {
        return String.format(Locale.ROOT, "%03d", group);
    }

    @Override
    public String toString() {
        return hashes();
    }
}
