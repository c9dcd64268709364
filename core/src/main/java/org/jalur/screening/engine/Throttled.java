package org.jalur.screening.engine;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry that the flood brake has caught; its hits lead to review at most until it is released.
 *
 * @param hits in the window when it was caught
 * @param authors how many different ones, estimated
 */
public record Throttled(UUID entry, Instant since, Reason reason, long hits, int authors) {
    /** Why. */
    public enum Reason {
        MANY_HITS,
        MANY_AUTHORS
    }
}
