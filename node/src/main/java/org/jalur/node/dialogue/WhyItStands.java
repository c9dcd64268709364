package org.jalur.node.dialogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why the clock of a notice stands, in what both sides can see.
 *
 * @param since when it stands; absent while it runs
 * @param waiting questions without an answer, the earliest first
 * @param goesOnAt when the agreement lets it go on by itself; absent: not before the cause is gone
 */
public record WhyItStands(
        Optional<Instant> since, List<Waiting> waiting, Optional<Instant> goesOnAt) {
    public WhyItStands {
        waiting = List.copyOf(waiting);
    }

    /**
     * @param number of the question
     * @param since when the authority had it; absent while it is on its way
     */
    public record Waiting(int number, Optional<Instant> since) {}

    static WhyItStands of(
            Optional<Instant> stoppedAt, Optional<Instant> goesOnAt, List<Turn> said) {
        return new WhyItStands(
                stoppedAt,
                said.stream()
                        .filter(Turn::open)
                        .map(turn -> new Waiting(turn.number().orElse(0), turn.receivedAt()))
                        .toList(),
                stoppedAt.flatMap(_ -> goesOnAt));
    }

    /** Whether the authority has a question and the clock could stand for it. */
    public boolean isKnown() {
        return waiting.stream().anyMatch(one -> one.since().isPresent());
    }
}
