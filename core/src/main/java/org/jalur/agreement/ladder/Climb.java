package org.jalur.agreement.ladder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.clock.Clock;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.clock.Reading;
import org.jalur.agreement.ladder.StepState.Lack;

/**
 * Climbs a ladder: from its steps, the clock and what happened, where each step stands. The same
 * for both sides, in whatever order the events were learnt. Steps are taken one after the other; a
 * step that was taken before it was due does not count.
 */
public final class Climb {
    private final Collection<LadderEvent> events;
    private final Instant now;

    private Climb(Collection<LadderEvent> events, Instant now) {
        this.events = events.stream().filter(event -> !event.at().isAfter(now)).toList();
        this.now = now;
    }

    /**
     * @param rule of what was not answered; the ladder says from when it runs
     * @param messages the events of the clock
     */
    public static Standing of(
            Ladder ladder,
            ClockRule rule,
            Collection<Event> messages,
            Collection<LadderEvent> events,
            Instant now) {
        List<Event> known = messages.stream().filter(event -> !event.at().isAfter(now)).toList();
        return switch (Clock.read(rule.from(ladder.start()), sent(known), now)) {
            case Reading.NotStarted _, Reading.Standing _ ->
                    new Standing(noSilence(ladder), Optional.empty());
            case Reading.Running(_, var due) ->
                    new Standing(
                            new Climb(events, now).climb(ladder, due, Optional.empty()),
                            Optional.empty());
            case Reading.Over over ->
                    new Standing(over(ladder, over, events), Optional.of(over.at()));
        };
    }

    /** While nothing was received, the ladder of whoever sent it runs from the tender. */
    private static List<Event> sent(List<Event> messages) {
        if (messages.stream().anyMatch(Event.Received.class::isInstance)) {
            return messages;
        }
        return messages.stream()
                .map(event ->
                        event instanceof Event.Tendered(var at) ? new Event.Received(at) : event)
                .toList();
    }

    /** Which steps had been taken when the answer came. */
    private static List<Standing.Rung> over(
            Ladder ladder, Reading.Over over, Collection<LadderEvent> events) {
        var climb = new Climb(events, over.at());
        return over.due()
                .map(due -> climb.climb(ladder, due, Optional.of(over.at())))
                .orElseGet(() -> ended(ladder.steps(), over.at()));
    }

    private static List<Standing.Rung> noSilence(Ladder ladder) {
        return ladder.steps().stream()
                .map(step -> new Standing.Rung(step, new StepState.NoSilence()))
                .toList();
    }

    private static List<Standing.Rung> ended(List<Ladder.Step> steps, Instant at) {
        var over = new StepState.Over(new StepState.Ending.NotNeeded(), at);
        return steps.stream().map(step -> new Standing.Rung(step, over)).toList();
    }

    /**
     * @param answered when the silence ended
     */
    private List<Standing.Rung> climb(Ladder ladder, Instant due, Optional<Instant> answered) {
        List<Standing.Rung> rungs = new ArrayList<>();
        List<Ladder.Step> steps = ladder.steps();
        Instant from = due;
        Instant turn = Instant.MIN;
        for (int i = 0; i < steps.size(); i++) {
            Ladder.Step step = steps.get(i);
            StepState state = state(step, from.plus(step.after()));
            List<Ladder.Step> rest = steps.subList(i + 1, steps.size());
            if (!(state instanceof StepState.Over over)) {
                if (answered.isPresent()) {
                    rungs.addAll(ended(steps.subList(i, steps.size()), answered.get()));
                } else {
                    rungs.add(new Standing.Rung(step, state));
                    rest.forEach(
                            later -> rungs.add(new Standing.Rung(later, new StepState.Behind())));
                }
                return rungs;
            }
            rungs.add(new Standing.Rung(step, state));
            if (over.ending() instanceof StepState.Ending.Stopped
                    && step.action().restsOnSilence()) {
                // What comes after a warning rests on it: a warning that never came carries none.
                rungs.addAll(ended(rest, over.at()));
                return rungs;
            }
            // A step may be stopped before its turn; what comes next waits for the turn all the
            // same.
            turn = later(turn, over.at());
            from = turn;
        }
        return rungs;
    }

    /**
     * @param planned when the step would come if nothing held it up
     */
    private StepState state(Ladder.Step step, Instant planned) {
        Instant announceAt = planned.minus(step.announcedBefore());
        Optional<Instant> announced = announced(step);
        Optional<Instant> earliest =
                announced.map(at -> later(planned, at.plus(step.announcedBefore())));
        Optional<Instant> approved = earliest.flatMap(_ -> approved(step, announced.orElseThrow()));
        Optional<Instant> ready =
                earliest.flatMap(at ->
                        approved.flatMap(yes ->
                                proven(step, at).map(proof -> later(at, later(yes, proof)))));
        Optional<LadderEvent.Done> done = ready.flatMap(at -> done(step, at));
        Optional<LadderEvent.Stopped> stopped = stopped(step);
        if (stopped.isPresent()
                && done.map(one -> !one.at().isBefore(stopped.get().at())).orElse(true)) {
            return new StepState.Over(
                    new StepState.Ending.Stopped(stopped.get().reason()), stopped.get().at());
        }
        if (done.isPresent()) {
            return new StepState.Over(
                    new StepState.Ending.Done(done.get().proof()), done.get().at());
        }
        if (announced.isEmpty()) {
            return now.isBefore(announceAt)
                    ? new StepState.Ahead(announceAt, planned)
                    : new StepState.ToAnnounce(announceAt);
        }
        return waiting(step, announced.get(), earliest.orElseThrow(), approved, ready);
    }

    private StepState waiting(
            Ladder.Step step,
            Instant announced,
            Instant earliest,
            Optional<Instant> approved,
            Optional<Instant> ready) {
        Optional<Lack.Approval> approval =
                approved.isPresent() ? Optional.empty() : step.approval().map(Lack.Approval::new);
        Optional<Lack.Cosignature> cosignature = lack(step, earliest);
        if (now.isBefore(earliest)) {
            return new StepState.Announced(
                    announced,
                    earliest,
                    approval.<Lack>map(one -> one).or(() -> cosignature.map(one -> one)));
        }
        if (approval.isPresent()) {
            return new StepState.WaitsForApproval(earliest, approval.get());
        }
        if (ready.isEmpty() || now.isBefore(ready.get())) {
            return new StepState.WaitsForCosignature(earliest, cosignature.orElseThrow());
        }
        return new StepState.Due(ready.get());
    }

    /** Empty if the silence before the step is proven for long enough, or need not be. */
    private Optional<Lack.Cosignature> lack(Ladder.Step step, Instant earliest) {
        return step.provenSilence()
                .flatMap(time -> {
                    Instant wantedBy = earliest.minus(time);
                    Optional<Instant> seen = cosigned();
                    return seen.filter(at -> !at.isAfter(wantedBy)).isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    new Lack.Cosignature(
                                            wantedBy, seen, seen.map(at -> at.plus(time))));
                });
    }

    /** When silence is proven for as long as the step asks; empty if nothing proves it. */
    private Optional<Instant> proven(Ladder.Step step, Instant earliest) {
        return step.provenSilence()
                .map(time -> cosigned().map(at -> at.plus(time)))
                .orElse(Optional.of(earliest));
    }

    private Optional<Instant> announced(Ladder.Step step) {
        return first(LadderEvent.Announced.class, event -> event.step().equals(step.name()))
                .map(LadderEvent::at);
    }

    /** Nobody approves what has not been announced yet. */
    private Optional<Instant> approved(Ladder.Step step, Instant announced) {
        return step.approval()
                .map(role ->
                        first(
                                        LadderEvent.Approved.class,
                                        event ->
                                                event.step().equals(step.name())
                                                        && event.role().equals(role)
                                                        && !event.at().isBefore(announced))
                                .map(LadderEvent::at))
                .orElse(Optional.of(announced));
    }

    private Optional<LadderEvent.Done> done(Ladder.Step step, Instant ready) {
        return first(
                LadderEvent.Done.class,
                event -> event.step().equals(step.name()) && !event.at().isBefore(ready));
    }

    private Optional<LadderEvent.Stopped> stopped(Ladder.Step step) {
        return first(LadderEvent.Stopped.class, event -> event.step().equals(step.name()));
    }

    private Optional<Instant> cosigned() {
        return first(LadderEvent.Cosigned.class, _ -> true).map(LadderEvent::at);
    }

    /** The earliest; of two at the same moment always the same one. */
    private <T extends LadderEvent> Optional<T> first(Class<T> kind, Predicate<T> fits) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(fits)
                .min(Comparator.comparing(LadderEvent::at).thenComparing(Object::toString));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
