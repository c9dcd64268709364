package org.jalur.agreement.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Deadline;

/** What a clock shows at a moment. */
public sealed interface Reading {
    /** Nothing was received, or nobody opened it yet. */
    record NotStarted() implements Reading {}

    /**
     * @param since when it runs
     * @param due by when an answer is in time, the moment itself included
     */
    record Running(Instant since, Instant due) implements Reading {}

    /**
     * It stands still.
     *
     * @param left of the allowance, in the time that it counts
     * @param goesOnAt by itself; empty: only when the cause is gone
     * @param due if it goes on by itself
     */
    record Standing(
            Instant since,
            Set<Deadline.Cause> causes,
            Duration left,
            Optional<Instant> goesOnAt,
            Optional<Instant> due)
            implements Reading {
        public Standing {
            causes = Set.copyOf(causes);
        }
    }

    /**
     * It is over.
     *
     * @param due by when it was; empty if the clock stood
     * @param late whether the answer came after that
     */
    record Over(Instant at, End end, Optional<Instant> due, boolean late) implements Reading {}

    enum End {
        DECIDED,
        WITHDRAWN
    }

    /** Whether the answer is missing although it was due. */
    default boolean isOverdue(Instant now) {
        return switch (this) {
            case NotStarted _, Standing _, Over _ -> false;
            case Running(_, var due) -> now.isAfter(due);
        };
    }
}
