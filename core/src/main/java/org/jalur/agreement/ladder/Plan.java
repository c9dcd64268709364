package org.jalur.agreement.ladder;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.clock.Clock;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.clock.Reading;

/**
 * What whoever climbs a ladder does about it now.
 *
 * @param act what to do now; empty: nothing
 * @param prove whether the other side is still to be shown that an independent witness has seen
 *     what nobody answered
 * @param lookAt when something comes by itself; empty: only a message or a person changes anything
 * @param over whether nothing will ever come: answered, or climbed to the end
 */
public record Plan(Optional<Act> act, boolean prove, Optional<Instant> lookAt, boolean over) {
    private static final Plan WAIT = new Plan(Optional.empty(), false, Optional.empty(), false);

    /** What a node does by itself; calls, approvals and stops are for people. */
    public sealed interface Act {
        Ladder.Step step();

        record Announce(Ladder.Step step) implements Act {}

        /**
         * @param since from when on it counts; what is taken earlier is in vain
         */
        record Take(Ladder.Step step, Instant since) implements Act {}
    }

    /** The parameters are those of {@link Climb#of}. */
    public static Plan of(
            Ladder ladder,
            ClockRule rule,
            Collection<Event> messages,
            Collection<LadderEvent> events,
            Instant now) {
        Standing standing = Climb.of(ladder, rule, messages, events, now);
        if (standing.answered().isPresent() || standing.current().isEmpty()) {
            return new Plan(Optional.empty(), false, Optional.empty(), true);
        }
        Standing.Rung rung = standing.current().get();
        boolean unproven =
                rung.step().provenSilence().isPresent()
                        && events.stream().noneMatch(LadderEvent.Cosigned.class::isInstance);
        return switch (rung.state()) {
            case StepState.NoSilence _ ->
                    WAIT.lookingAt(
                            earliest(
                                    goesOn(rule.from(ladder.start()), messages, now),
                                    ahead(messages, now)));
            case StepState.Ahead(var announceAt, _) -> WAIT.lookingAt(Optional.of(announceAt));
            case StepState.ToAnnounce _ ->
                    new Plan(
                            Optional.of(new Act.Announce(rung.step())),
                            unproven,
                            Optional.empty(),
                            false);
            case StepState.Announced(_, var at, _) -> waiting(unproven, Optional.of(at));
            case StepState.WaitsForApproval _ -> waiting(unproven, Optional.empty());
            case StepState.WaitsForCosignature(_, var lack) -> waiting(unproven, lack.enough());
            case StepState.Due(var since) -> due(rung.step(), since);
            case StepState.Behind _, StepState.Over _ ->
                    throw new IllegalStateException("not a step whose turn it is: " + rung);
        };
    }

    private Plan lookingAt(Optional<Instant> at) {
        return new Plan(act, prove, at, over);
    }

    private static Plan waiting(boolean unproven, Optional<Instant> lookAt) {
        return new Plan(Optional.empty(), unproven, lookAt, false);
    }

    private static Plan due(Ladder.Step step, Instant since) {
        return switch (step.action()) {
            case CALL_DUTY_CONTACT, CALL_DEPUTY, CALL_REPRESENTATIVE -> WAIT;
            case REMIND, WARNING, ACCESS_BLOCK_POSSIBLE ->
                    new Plan(
                            Optional.of(new Act.Take(step, since)), false, Optional.empty(), false);
        };
    }

    /** When a clock that does not run goes on by itself. */
    private static Optional<Instant> goesOn(
            ClockRule rule, Collection<Event> messages, Instant now) {
        return switch (Clock.read(rule, messages, now)) {
            case Reading.Standing(_, _, _, var goesOnAt, _) -> goesOnAt;
            case Reading.NotStarted _ ->
                    switch (rule.start()) {
                        case Ladder.Start.Received _ -> Optional.empty();
                        case Ladder.Start.Acknowledged(var atLatest) ->
                                starts(messages)
                                        .map(at -> at.plus(atLatest))
                                        .min(Instant::compareTo);
                    };
            case Reading.Running _, Reading.Over _ -> Optional.empty();
        };
    }

    /** What is known to come, as a promised lift: until then nobody is silent. */
    private static Optional<Instant> ahead(Collection<Event> messages, Instant now) {
        return messages.stream().map(Event::at).filter(now::isBefore).min(Instant::compareTo);
    }

    private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private static Stream<Instant> starts(Collection<Event> messages) {
        return messages.stream()
                .filter(event -> event instanceof Event.Received || event instanceof Event.Tendered)
                .map(Event::at);
    }
}
