package org.jalur.log;

/**
 * Where a tile lives (C2SP tlog-tiles): {@code tile/<level>/<N>[.p/<width>]}, N in groups of three
 * digits of which all but the last begin with {@code x}.
 */
final class TilePath {
    /** Hashes, or entries, of a full tile. */
    static final int WIDTH = 256;

    private TilePath() {}

    static String hashes(int level, long tile, int width) {
        return "tile/%d/%s%s".formatted(level, number(tile), partial(width));
    }

    static String entries(long tile, int width) {
        return "tile/entries/%s%s".formatted(number(tile), partial(width));
    }

    private static String partial(int width) {
        return width == WIDTH ? "" : ".p/" + width;
    }

    private static String number(long tile) {
        var path = new StringBuilder("%03d".formatted(tile % 1000));
        for (long rest = tile / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return path.toString();
    }
}
