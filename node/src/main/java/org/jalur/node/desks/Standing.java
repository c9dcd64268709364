package org.jalur.node.desks;

import java.time.Instant;

/** How it stands with a desk. */
sealed interface Standing {
    /** Its process is there and has not answered yet. */
    record Starting(Instant since) implements Standing {}

    /** It answers that it is ready. */
    record Running(Instant since) implements Standing {}

    /** It ran, and does not answer any more; its process is left alone. */
    record Silent(Instant since) implements Standing {}

    /** The operator stopped it. */
    record Stopped() implements Standing {}

    /** It did not start, or ended by itself. */
    record Failed(String reason, Instant nextTry) implements Standing {}

    /** Whether nobody has to do anything about it. */
    default boolean isInOrder() {
        return switch (this) {
            case Starting _, Running _, Stopped _ -> true;
            case Silent _, Failed _ -> false;
        };
    }

    /** For operators. */
    default String inWords() {
        return switch (this) {
            case Starting(var since) -> "starting since %s".formatted(since);
            case Running(var since) -> "running since %s".formatted(since);
            case Silent(var since) -> "runs and has not answered since %s".formatted(since);
            case Stopped() -> "stopped by the operator";
            case Failed(var reason, var nextTry) ->
                    "does not run: %s; next try at %s".formatted(reason, nextTry);
        };
    }
}
