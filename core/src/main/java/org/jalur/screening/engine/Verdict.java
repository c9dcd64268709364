package org.jalur.screening.engine;

import java.util.List;
import java.util.Optional;

/**
 * What to do with content.
 *
 * @param hits those that let something pass, then the strictest first; also those that an
 *     allow-list outweighs or that are only counted
 * @param unanswered why the engine could not compare everything; then the action is {@link
 *     Action#HOLD}
 */
public record Verdict(Action action, List<Hit> hits, Optional<String> unanswered) {
    /** What follows, from the mildest to the strictest. */
    public enum Action {
        PUBLISH,
        /** Publish, and have a person look at it. */
        REVIEW,
        /** Have a person look at it before it is published. */
        HOLD,
        BLOCK
    }

    static final Verdict PUBLISH = new Verdict(Action.PUBLISH, List.of(), Optional.empty());

    public Verdict {
        hits = List.copyOf(hits);
    }
}
