package org.jalur.access.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;

/**
 * Names that should be open from a moment on, all for the same reason. The agreement's time for a
 * lift (`accessBlocks.lift`) runs from then until the authority says that every one of them was
 * measured at every resolver, or closed as out of reach.
 *
 * <p>An access block should be lifted once what it was for is done: its last condition is shown to
 * be met, an objection is upheld, the promised time or the end has come, or its authority orders
 * it. That what is due is not ordered yet changes nothing: the authority is late all the same. What
 * has been due stays due; a new promise, or a renewal, moves only what lies ahead.
 *
 * @param told what made it due; empty: the order's own end
 * @param names in order; a name is due once, by what came first
 * @param since when it was due; while it lies ahead, when it will be unless more is said
 */
public record DueLift(
        Cause cause, Optional<OrderEvent> told, Set<DomainName> names, Instant since) {
    /** Why names should be open. */
    public enum Cause {
        ORDERED,
        CONDITIONS_MET,
        OBJECTION_UPHELD,
        PROMISED,
        TERM
    }

    public DueLift {
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /**
     * All lifts of an order, those ahead too; every name of an order that comes in force is in one.
     * None if it never does, by what is known.
     */
    public static List<DueLift> of(Course course) {
        Optional<Instant> effect = course.effectAt(Instant.MAX);
        if (effect.isEmpty()) {
            return List.of();
        }
        Set<DomainName> blocked =
                course.order().names().stream()
                        .map(BlockedName::name)
                        .collect(Collectors.toCollection(HashSet::new));
        List<DueLift> lifts = new ArrayList<>();
        reasons(course, effect.get()).stream()
                .sorted(Comparator.comparing(DueLift::since))
                .forEach(reason -> {
                    Set<DomainName> due = new TreeSet<>(reason.names());
                    due.retainAll(blocked);
                    blocked.removeAll(due);
                    if (!due.isEmpty()) {
                        lifts.add(new DueLift(reason.cause(), reason.told(), due, reason.since()));
                    }
                });
        return List.copyOf(lifts);
    }

    /** In the order of the events, the end last: of two at the same moment the first counts. */
    private static List<DueLift> reasons(Course course, Instant effect) {
        Set<DomainName> all =
                course.order().names().stream().map(BlockedName::name).collect(Collectors.toSet());
        List<Condition> unmet = new ArrayList<>(course.order().conditions());
        List<DueLift> reasons = new ArrayList<>();
        Optional<OrderEvent> renewed = Optional.empty();
        Instant endsAt = course.order().endsAt();
        List<OrderEvent> events = course.events();
        for (int i = 0; i < events.size(); i++) {
            OrderEvent event = events.get(i);
            switch (event) {
                case OrderEvent.LiftOrdered lift ->
                        reasons.add(due(Cause.ORDERED, event, lift.names(), lift.at(), effect));
                case OrderEvent.ConditionMet met -> {
                    if (unmet.remove(met.condition()) && unmet.isEmpty()) {
                        reasons.add(due(Cause.CONDITIONS_MET, event, all, met.at(), effect));
                    }
                }
                case OrderEvent.ObjectionAnswered answer -> {
                    if (answer.upheld()) {
                        reasons.add(due(Cause.OBJECTION_UPHELD, event, all, answer.at(), effect));
                    }
                }
                case OrderEvent.LiftPromised promise -> {
                    if (stands(promise, events.subList(i + 1, events.size()))) {
                        reasons.add(due(Cause.PROMISED, event, all, promise.liftAt(), effect));
                    }
                }
                case OrderEvent.Renewed more -> {
                    renewed = Optional.of(more);
                    endsAt = more.endsAt();
                }
                case OrderEvent.Approved _,
                        OrderEvent.Announced _,
                        OrderEvent.Withdrawn _,
                        OrderEvent.Answered _,
                        OrderEvent.BlockPublished _,
                        OrderEvent.LiftPublished _,
                        OrderEvent.LiftMeasured _,
                        OrderEvent.Objected _ -> {}
            }
        }
        reasons.add(new DueLift(Cause.TERM, renewed, all, endsAt));
        return reasons;
    }

    /** Nothing is blocked, and so nothing to be lifted, before the order is in force. */
    private static DueLift due(
            Cause cause, OrderEvent told, Set<DomainName> names, Instant at, Instant effect) {
        return new DueLift(cause, Optional.of(told), names, at.isBefore(effect) ? effect : at);
    }

    /** Whether no other promise took its place before it was due. */
    private static boolean stands(OrderEvent.LiftPromised promise, List<OrderEvent> later) {
        return later.stream()
                .noneMatch(event ->
                        event instanceof OrderEvent.LiftPromised
                                && !event.at().isAfter(promise.liftAt()));
    }

    /**
     * The event with which the last of its names was measured, or closed as out of reach; empty
     * while nobody says so.
     *
     * @param events in time
     */
    public Optional<OrderEvent.LiftMeasured> confirmedBy(Collection<OrderEvent> events) {
        Set<DomainName> left = new HashSet<>(names);
        for (OrderEvent event : events) {
            if (event instanceof OrderEvent.LiftMeasured measured) {
                left.removeAll(measured.open());
                left.removeAll(measured.unreachable());
                if (left.isEmpty()) {
                    return Optional.of(measured);
                }
            }
        }
        return Optional.empty();
    }
}
