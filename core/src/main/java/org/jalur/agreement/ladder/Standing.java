package org.jalur.agreement.ladder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Ladder;

/**
 * Where a ladder stands at a moment.
 *
 * @param rungs one for each step, in order
 * @param answered when the silence ended; empty while it lasts
 */
public record Standing(List<Rung> rungs, Optional<Instant> answered) {
    public Standing {
        rungs = List.copyOf(rungs);
    }

    public record Rung(Ladder.Step step, StepState state) {}

    /** The step whose turn it is; empty if all are over. */
    public Optional<Rung> current() {
        return rungs.stream().filter(rung -> !(rung.state() instanceof StepState.Over)).findFirst();
    }

    /** Whether every step to an access block was taken, and nobody has answered since. */
    public boolean accessBlockPossible() {
        return answered.isEmpty()
                && rungs.stream()
                        .anyMatch(rung ->
                                rung.step().action() == Ladder.Action.ACCESS_BLOCK_POSSIBLE
                                        && rung.state()
                                                instanceof
                                                StepState.Over(StepState.Ending.Done _, _));
    }
}
