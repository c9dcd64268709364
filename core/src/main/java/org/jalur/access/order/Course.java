package org.jalur.access.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.log.Hash;

/**
 * An order and what happened to it: a value that never changes, and broke no rule. Both sides and
 * the public work out the same standing from it.
 */
public final class Course {
    /** Of two at the same moment the one that the other rests on comes first. */
    private static final Comparator<OrderEvent> IN_TIME =
            Comparator.comparing(OrderEvent::at)
                    .thenComparingInt(Course::rank)
                    .thenComparing(Object::toString);

    private final AccessOrder order;
    private final Limits limits;
    private final String drafter;
    private final Hash digest;
    private final List<OrderEvent> events;

    private Course(
            AccessOrder order,
            Limits limits,
            String drafter,
            Hash digest,
            List<OrderEvent> events) {
        this.order = order;
        this.limits = limits;
        this.drafter = drafter;
        this.digest = digest;
        this.events = events;
    }

    /**
     * Begins with a draft.
     *
     * @param limits of the agreement that it is drafted under
     * @param drafter account of whoever drafted it
     * @param digest over order and proportionality check, as approvers are shown them
     * @throws InvalidAccessException if the agreement does not allow it
     */
    public static Course drafted(AccessOrder order, Limits limits, String drafter, Hash digest) {
        limits.check(order);
        return new Course(order, limits, drafter, digest, List.of());
    }

    /**
     * The same with all that happened, in whatever order it was learnt: the two sides learn it in
     * different orders, and work out the same. What does not fit where its time puts it did not
     * happen.
     */
    public Course withAll(Collection<OrderEvent> more) {
        Course course = this;
        for (OrderEvent event : more.stream().sorted(IN_TIME).toList()) {
            if (course.refusal(event).isEmpty()) {
                course = course.with(event);
            }
        }
        return course;
    }

    /** Why an event does not fit to what came before; empty if it does. */
    public Optional<InvalidAccessException> refusal(OrderEvent event) {
        try {
            check(event);
            return Optional.empty();
        } catch (InvalidAccessException e) {
            return Optional.of(e);
        }
    }

    /**
     * The same with one event more.
     *
     * @throws InvalidAccessException if the event does not fit to what came before
     */
    public Course with(OrderEvent event) {
        check(event);
        List<OrderEvent> more = new ArrayList<>(events);
        more.add(event);
        return new Course(order, limits, drafter, digest, List.copyOf(more));
    }

    public AccessOrder order() {
        return order;
    }

    public List<OrderEvent> events() {
        return events;
    }

    /** Where it stands; what happened later does not count. */
    public Standing at(Instant now) {
        return reading(now).standing();
    }

    private Progress reading(Instant now) {
        return Progress.of(order, limits, events, now);
    }

    private void check(OrderEvent event) {
        Instant at = event.at();
        if (!events.isEmpty() && at.isBefore(events.getLast().at())) {
            throw new InvalidAccessException("at", AccessRule.EARLIER, at, events.getLast().at());
        }
        Progress progress = reading(at);
        BlockState state = progress.standing().state();
        switch (event) {
            case OrderEvent.Approved approved -> checkApproved(approved, state);
            case OrderEvent.Announced _ -> require(state instanceof BlockState.Approved, state);
            case OrderEvent.Withdrawn _ -> require(isBeforeEffect(state), state);
            case OrderEvent.Answered _ -> require(isAnnouncedOrInForce(state), state);
            case OrderEvent.LiftPromised(var liftAt, _) -> {
                require(isAnnouncedOrInForce(state), state);
                requireAfter("liftAt", liftAt, at);
            }
            case OrderEvent.ConditionMet met -> checkCondition(met, state);
            case OrderEvent.Renewed renewed -> checkRenewed(renewed, progress);
            case OrderEvent.LiftOrdered lift -> checkLift(lift, progress);
            case OrderEvent.BlockPublished _ -> require(state instanceof BlockState.InForce, state);
            case OrderEvent.LiftPublished _ -> require(!progress.outNames().isEmpty(), state);
            case OrderEvent.LiftMeasured measured -> checkMeasured(measured, progress);
            case OrderEvent.Objected objected -> checkObjected(objected, state);
            case OrderEvent.ObjectionAnswered answered -> {
                if (progress.standing().objections().stream()
                        .noneMatch(one -> one.id().equals(answered.id()))) {
                    throw new InvalidAccessException("id", AccessRule.OBJECTION, answered.id());
                }
            }
        }
    }

    private void checkApproved(OrderEvent.Approved approved, BlockState state) {
        boolean first = state instanceof BlockState.Drafted;
        boolean second = state instanceof BlockState.ApprovedByOne;
        require(first || second, state);
        boolean tooClose =
                approved.by().equals(drafter)
                        || state.equals(new BlockState.ApprovedByOne(approved.by()));
        if (tooClose) {
            throw new InvalidAccessException("by", AccessRule.APPROVER, approved.by());
        }
        if (!approved.read().equals(digest)) {
            throw new InvalidAccessException("read", AccessRule.NOT_READ, approved.read(), digest);
        }
        if (order.hasSubdomains() && !approved.subdomains()) {
            throw new InvalidAccessException(
                    "subdomains",
                    AccessRule.SUBDOMAINS,
                    order.names().stream()
                            .filter(BlockedName::withSubdomains)
                            .map(BlockedName::name)
                            .toList());
        }
    }

    private void checkCondition(OrderEvent.ConditionMet met, BlockState state) {
        require(isAnnouncedOrInForce(state), state);
        if (!order.conditions().contains(met.condition())) {
            throw new InvalidAccessException("condition", AccessRule.CONDITION, met.condition());
        }
        if (!met.condition().isShownBy(met.evidence())) {
            throw new InvalidAccessException("evidence", AccessRule.EVIDENCE, met.condition());
        }
    }

    private void checkRenewed(OrderEvent.Renewed renewed, Progress progress) {
        BlockState state = progress.standing().state();
        require(state instanceof BlockState.InForce, state);
        if (renewed.by().equals(renewed.alsoBy())) {
            throw new InvalidAccessException("alsoBy", AccessRule.APPROVER, renewed.alsoBy());
        }
        requireAfter("endsAt", renewed.endsAt(), progress.standing().endsAt());
        requireAfter("reviewAt", renewed.reviewAt(), renewed.at());
        limits.checkTimes(renewed.at(), renewed.reviewAt(), renewed.endsAt());
    }

    private void checkLift(OrderEvent.LiftOrdered lift, Progress progress) {
        BlockState state = progress.standing().state();
        require(state instanceof BlockState.InForce, state);
        boolean alone = lift.alsoBy().filter(other -> !other.equals(lift.by())).isEmpty();
        if (alone && limits.liftBy() == AccessBlockTerms.People.TWO) {
            throw new InvalidAccessException("alsoBy", AccessRule.SECOND, lift.by());
        }
        List<DomainName> inForce =
                progress.standing().inForce().stream().map(BlockedName::name).toList();
        for (DomainName name : lift.names()) {
            if (!inForce.contains(name)) {
                throw new InvalidAccessException("names", AccessRule.NOT_IN_FORCE, name, inForce);
            }
        }
    }

    private static void checkMeasured(OrderEvent.LiftMeasured measured, Progress progress) {
        Set<DomainName> named = new HashSet<>(measured.open());
        for (DomainName name : measured.unreachable()) {
            if (!named.add(name)) {
                throw new InvalidAccessException("names", AccessRule.TWICE, name);
            }
        }
        for (DomainName name : named) {
            if (!progress.isPublished(name)) {
                throw new InvalidAccessException("names", AccessRule.NOT_LIFTED, name);
            }
        }
    }

    private void checkObjected(OrderEvent.Objected objected, BlockState state) {
        require(!isBeforeEffect(state) || state instanceof BlockState.Announced, state);
        boolean known =
                events.stream()
                        .anyMatch(event ->
                                event instanceof OrderEvent.Objected one
                                        && one.id().equals(objected.id()));
        if (known) {
            throw new InvalidAccessException("id", AccessRule.TWICE, objected.id());
        }
        requireAfter("answerBy", objected.answerBy(), objected.at());
    }

    private static int rank(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Approved _ -> 0;
            case OrderEvent.Announced _ -> 1;
            case OrderEvent.Answered _ -> 2;
            case OrderEvent.Withdrawn _ -> 3;
            case OrderEvent.BlockPublished _ -> 4;
            case OrderEvent.ConditionMet _ -> 5;
            case OrderEvent.LiftPromised _ -> 6;
            case OrderEvent.Renewed _ -> 7;
            case OrderEvent.Objected _ -> 8;
            case OrderEvent.ObjectionAnswered _ -> 9;
            case OrderEvent.LiftOrdered _ -> 10;
            case OrderEvent.LiftPublished _ -> 11;
            case OrderEvent.LiftMeasured _ -> 12;
        };
    }

    private static boolean isBeforeEffect(BlockState state) {
        return switch (state) {
            case BlockState.Drafted _,
                    BlockState.ApprovedByOne _,
                    BlockState.Approved _,
                    BlockState.Announced _ ->
                    true;
            case BlockState.InForce _,
                    BlockState.LiftOrdered _,
                    BlockState.Lifting _,
                    BlockState.Lifted _,
                    BlockState.LiftedExceptUnreachable _,
                    BlockState.Ended _ ->
                    false;
        };
    }

    private static boolean isAnnouncedOrInForce(BlockState state) {
        return state instanceof BlockState.Announced || state instanceof BlockState.InForce;
    }

    private static void require(boolean fits, BlockState state) {
        if (!fits) {
            throw new InvalidAccessException("event", AccessRule.STATE, state.word());
        }
    }

    private static void requireAfter(String field, Instant time, Instant earlier) {
        if (!time.isAfter(earlier)) {
            throw new InvalidAccessException(field, AccessRule.NOT_AFTER, time, earlier);
        }
    }
}
