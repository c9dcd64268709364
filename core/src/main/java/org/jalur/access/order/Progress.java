package org.jalur.access.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jspecify.annotations.Nullable;

/** Goes through the events of an order up to a moment, and through the time between them. */
final class Progress {
    private final AccessOrder order;
    private final Limits limits;
    private final Instant now;

    private final List<String> approvers = new ArrayList<>();
    private final List<Condition> unmet;
    private final Map<String, OrderEvent.Objected> objections = new LinkedHashMap<>();

    /** When each lifted name was to be open again. */
    private final Map<DomainName, Instant> out = new HashMap<>();

    private final Map<DomainName, Boolean> measuredOpen = new HashMap<>();
    private Instant endsAt;
    private Instant reviewAt;
    private int renewals;
    private boolean upheld;
    private @Nullable Instant announcedAt;
    private @Nullable Instant effectAt;
    private @Nullable Instant withdrawnAt;
    private @Nullable Instant publishedAt;
    private @Nullable Instant measuredAt;
    private @Nullable Instant promised;

    private Progress(AccessOrder order, Limits limits, Instant now) {
        this.order = order;
        this.limits = limits;
        this.now = now;
        this.unmet = new ArrayList<>(order.conditions());
        this.endsAt = order.endsAt();
        this.reviewAt = order.reviewAt();
    }

    static Progress of(AccessOrder order, Limits limits, List<OrderEvent> events, Instant now) {
        var progress = new Progress(order, limits, now);
        for (OrderEvent event : events) {
            if (!event.at().isAfter(now)) {
                progress.endBy(event.at());
                progress.take(event);
            }
        }
        progress.endBy(now);
        return progress;
    }

    private void take(OrderEvent event) {
        switch (event) {
            case OrderEvent.Approved approved -> approvers.add(approved.by());
            case OrderEvent.Announced(_, var at) -> {
                announcedAt = at;
                Instant earliest = at.plus(limits.noticePeriod());
                effectAt =
                        earliest.isAfter(order.takesEffectAt()) ? earliest : order.takesEffectAt();
            }
            case OrderEvent.Withdrawn(_, var at) -> withdrawnAt = at;
            case OrderEvent.Answered _, OrderEvent.BlockPublished _ -> {}
            case OrderEvent.ConditionMet met -> unmet.remove(met.condition());
            case OrderEvent.LiftPromised(var liftAt, _) -> promised = liftAt;
            case OrderEvent.Renewed renewed -> {
                renewals++;
                endsAt = renewed.endsAt();
                reviewAt = renewed.reviewAt();
            }
            case OrderEvent.LiftOrdered lift ->
                    lift.names().forEach(name -> out.putIfAbsent(name, lift.at()));
            case OrderEvent.LiftPublished(_, var at) -> publishedAt = at;
            case OrderEvent.LiftMeasured measured -> {
                measured.open().forEach(name -> measuredOpen.put(name, true));
                measured.unreachable().forEach(name -> measuredOpen.putIfAbsent(name, false));
                measuredAt = measured.at();
            }
            case OrderEvent.Objected objected -> objections.put(objected.id(), objected);
            case OrderEvent.ObjectionAnswered answered -> {
                objections.remove(answered.id());
                upheld |= answered.upheld();
            }
        }
    }

    /** At its end every name that is still blocked is to be open, whatever happens later. */
    private void endBy(Instant time) {
        if (wasInForce() && withdrawnAt == null && !time.isBefore(endsAt)) {
            order.names().forEach(one -> out.putIfAbsent(one.name(), endsAt));
        }
    }

    private boolean wasInForce() {
        return effectAt != null && effectAt.isBefore(endsAt);
    }

    Set<DomainName> outNames() {
        return Set.copyOf(out.keySet());
    }

    /** Whether a zone was published since the name was to be open. */
    boolean isPublished(DomainName name) {
        Instant since = out.get(name);
        return since != null && publishedAt != null && !publishedAt.isBefore(since);
    }

    Standing standing() {
        BlockState state = state();
        List<BlockedName> inForce =
                state instanceof BlockState.InForce
                        ? order.names().stream()
                                .filter(one -> !out.containsKey(one.name()))
                                .toList()
                        : List.of();
        return new Standing(
                state,
                inForce,
                reviewAt,
                endsAt,
                Optional.ofNullable(promised),
                List.copyOf(unmet),
                objections.values().stream()
                        .sorted(Comparator.comparing(OrderEvent.Objected::answerBy))
                        .toList(),
                inForce.isEmpty() ? Optional.empty() : proposal());
    }

    private Optional<Standing.Proposal> proposal() {
        if (upheld) {
            return Optional.of(Standing.Proposal.OBJECTION_UPHELD);
        }
        if (unmet.isEmpty()) {
            return Optional.of(Standing.Proposal.CONDITIONS_MET);
        }
        return promised != null && !now.isBefore(promised)
                ? Optional.of(Standing.Proposal.PROMISE_DUE)
                : Optional.empty();
    }

    private BlockState state() {
        if (withdrawnAt != null) {
            return new BlockState.Ended(BlockState.Ending.WITHDRAWN, withdrawnAt);
        }
        if (effectAt == null || announcedAt == null) {
            return now.isBefore(endsAt)
                    ? beforeAnnouncement()
                    : new BlockState.Ended(BlockState.Ending.TOO_LATE, endsAt);
        }
        if (!effectAt.isBefore(endsAt)) {
            return new BlockState.Ended(BlockState.Ending.TOO_LATE, announcedAt);
        }
        if (now.isBefore(effectAt)) {
            return new BlockState.Announced(announcedAt, effectAt);
        }
        if (out.size() < order.names().size()) {
            return new BlockState.InForce(
                    effectAt,
                    endsAt,
                    renewals,
                    Collections.unmodifiableSet(new TreeSet<>(out.keySet())));
        }
        return lift();
    }

    private BlockState beforeAnnouncement() {
        return switch (approvers.size()) {
            case 0 -> new BlockState.Drafted();
            case 1 -> new BlockState.ApprovedByOne(approvers.getFirst());
            default -> new BlockState.Approved(approvers.getFirst(), approvers.get(1));
        };
    }

    private BlockState lift() {
        Instant last = out.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        BlockState.Cause cause =
                last.equals(endsAt) ? BlockState.Cause.TERM : BlockState.Cause.ORDERED;
        if (publishedAt == null || publishedAt.isBefore(last)) {
            return new BlockState.LiftOrdered(cause, last);
        }
        Set<DomainName> waiting = names(null);
        if (measuredAt == null || !waiting.isEmpty()) {
            return new BlockState.Lifting(cause, publishedAt, waiting);
        }
        Set<DomainName> unreachable = names(false);
        return unreachable.isEmpty()
                ? new BlockState.Lifted(cause, measuredAt)
                : new BlockState.LiftedExceptUnreachable(cause, measuredAt, unreachable);
    }

    /**
     * @param open as it was measured; null: not at all
     */
    private Set<DomainName> names(@Nullable Boolean open) {
        return order.names().stream()
                .map(BlockedName::name)
                .filter(name -> Objects.equals(measuredOpen.get(name), open))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
