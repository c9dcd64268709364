package org.jalur.agreement.ladder;

import java.time.Instant;
import org.jalur.log.Hash;

/** What happened to the steps of one ladder. */
public sealed interface LadderEvent {
    Instant at();

    /** The other side was told that the step will come. */
    record Announced(String step, Instant at) implements LadderEvent {}

    /**
     * Somebody other than whoever announced it agrees.
     *
     * @param role of that person; never a name
     */
    record Approved(String step, String role, Instant at) implements LadderEvent {}

    /**
     * The step is not taken.
     *
     * @param reason in words
     */
    record Stopped(String step, String reason, Instant at) implements LadderEvent {
        public Stopped {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a step is stopped with a reason; give it");
            }
        }
    }

    /** The step was taken. */
    record Done(String step, Proof proof, Instant at) implements LadderEvent {}

    /**
     * An independent witness signed a checkpoint that holds the message nobody answered.
     *
     * @param at the witness's time: the message existed by then
     */
    record Cosigned(Instant at) implements LadderEvent {}

    /** That a step was taken. */
    sealed interface Proof {
        /**
         * @param message digest of the message that was receipted
         */
        record Receipt(Hash message) implements Proof {}

        /**
         * @param record digest of the journaled record of the attempt: a call, or a delivery that
         *     an independent witness tried
         */
        record Attempt(Hash record) implements Proof {}
    }
}
