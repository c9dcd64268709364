package org.jalur.screening.engine;

import java.time.Duration;

/**
 * When the flood brake catches an entry.
 *
 * @param window over which hits and authors are counted
 * @param hits in a window that are never too many
 * @param factor how many times its usual number of hits is far more than before
 * @param authors how many different authors in a window are not too many yet, at most {@value
 *     #MOST_AUTHORS}
 */
public record FloodLimits(Duration window, int hits, int factor, int authors) {
    /** More cannot be told apart with what is kept for an entry. */
    public static final int MOST_AUTHORS = 3000;

    /** A hundred hits in ten minutes and ten times as many as usual, or fifty authors. */
    public static final FloodLimits STANDARD = new FloodLimits(Duration.ofMinutes(10), 100, 10, 50);

    public FloodLimits {
        if (window.toMillis() <= 0 || hits < 1 || factor < 1) {
            throw new IllegalArgumentException(
                    "a flood is more than %d hits in %s, %d times the usual: all must be above 0"
                            .formatted(hits, window, factor));
        }
        if (authors < 1 || authors > MOST_AUTHORS) {
            throw new IllegalArgumentException(
                    "authors are counted from 1 to %d, not %d".formatted(MOST_AUTHORS, authors));
        }
    }
}
