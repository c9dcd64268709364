package org.jalur.agreement.ladder;

import java.time.Instant;
import java.util.Optional;

/** Where a step stands at a moment. */
public sealed interface StepState {
    /** Steps before it are not over. */
    record Behind() implements StepState {}

    /** The clock has not started, or stands: nobody is silent. */
    record NoSilence() implements StepState {}

    /**
     * It comes later.
     *
     * @param announceAt when the other side is to be told
     * @param at when it comes at the earliest
     */
    record Ahead(Instant announceAt, Instant at) implements StepState {}

    /** It is to be announced now. */
    record ToAnnounce(Instant since) implements StepState {}

    /**
     * @param at when it comes
     * @param lacks what it will wait for if that is not there by then
     */
    record Announced(Instant since, Instant at, Optional<Lack> lacks) implements StepState {}

    /** Its time has come, and somebody must approve it. */
    record WaitsForApproval(Instant since, Lack.Approval lack) implements StepState {}

    /** Its time has come, and no independent witness has seen the silence for long enough. */
    record WaitsForCosignature(Instant since, Lack.Cosignature lack) implements StepState {}

    /** To be taken now. */
    record Due(Instant since) implements StepState {}

    record Over(Ending ending, Instant at) implements StepState {}

    /** What a step still needs. */
    sealed interface Lack {
        /**
         * @param role of whoever must approve it
         */
        record Approval(String role) implements Lack {}

        /**
         * @param wantedBy the latest time that a witness's signature may have for the step to come
         *     in time
         * @param seen the earliest there is; empty: no independent witness signed at all
         * @param enough when that one proves silence for long enough
         */
        record Cosignature(Instant wantedBy, Optional<Instant> seen, Optional<Instant> enough)
                implements Lack {}
    }

    /** How a step ended. */
    sealed interface Ending {
        record Done(LadderEvent.Proof proof) implements Ending {}

        record Stopped(String reason) implements Ending {}

        /** The ladder is over: answered, withdrawn, or a warning was stopped. */
        record NotNeeded() implements Ending {}
    }
}
