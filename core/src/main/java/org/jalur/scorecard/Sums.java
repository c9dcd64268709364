package org.jalur.scorecard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jalur.agreement.clock.Event;
import org.jalur.notice.Outcome;

/** What was counted so far of notices of one sort. */
final class Sums {
    /** Everything that is a plain count. */
    private enum Count {
        RECEIVED,
        REFUSED,
        WITHDRAWN,
        OPENED,
        DECIDED,
        ITEMS,
        UNDECIDED_ITEMS,
        WITHDRAWN_ITEMS,
        REFUSED_WITH_NOTICE,
        RESTRICTED,
        OVERTURNED,
        REPEATED_WHILE_OPEN,
        REPEATED_AFTER_DECISION,
        COMPARABLE,
        NEVER_OPENED,
        NEVER_DECIDED,
        NEVER_GONE
    }

    /** So many clauses have a number of their own, the rest share one. */
    private static final int CLAUSES = 30;

    private final Counts<Count> counts = new Counts<>(Count.class);
    private final Counts<Outcome> outcomes = new Counts<>(Outcome.class);
    private final Counts<Due> due = new Counts<>(Due.class);
    private final SortedMap<String, Long> grounds = new TreeMap<>();
    private final SortedMap<String, Long> clauses = new TreeMap<>();
    private final Longs receipt = new Longs();
    private final Longs opening = new Longs();
    private final Longs decision = new Longs();
    private final Longs block = new Longs();

    private void count(Count what, long many) {
        counts.add(what, many);
    }

    private long of(Count what) {
        return counts.of(what);
    }

    private void countIf(boolean so, Count what) {
        count(what, so ? 1 : 0);
    }

    void add(Course course, Instant now) {
        count(Count.RECEIVED, 1);
        receipt.add(millis(course.sentAt(), course.receivedAt()));
        switch (course.handling()) {
            case Course.Handling.RefusedAsWhole(var clause) -> {
                count(Count.REFUSED, 1);
                count(Count.REFUSED_WITH_NOTICE, course.items());
                clauses.merge(clause, 1L, Long::sum);
            }
            case Course.Handling.TakenUp taken -> add(course, taken, now);
        }
    }

    private void add(Course course, Course.Handling.TakenUp taken, Instant now) {
        boolean withdrawn = first(taken.events(), Event.Withdrawn.class).isPresent();
        Optional<Instant> opened = first(taken.events(), Event.Acknowledged.class);
        countIf(withdrawn, Count.WITHDRAWN);
        countIf(opened.isPresent(), Count.OPENED);
        countIf(opened.isEmpty(), Count.NEVER_OPENED);
        opened.ifPresent(at -> opening.add(millis(course.receivedAt(), at)));
        Map<Integer, List<ItemFact>> byItem = new HashMap<>();
        taken.facts()
                .forEach(fact -> {
                    byItem.computeIfAbsent(fact.no(), _ -> new ArrayList<>()).add(fact);
                });
        Optional<Instant> answered = Optional.of(course.receivedAt());
        for (int no = 1; no <= course.items(); no++) {
            ItemCourse item = ItemCourse.of(byItem.getOrDefault(no, List.of()));
            add(item, course.receivedAt(), withdrawn);
            answered = later(answered, item.decidedAt());
        }
        countIf(answered.isPresent(), Count.DECIDED);
        due.add(Due.of(course.receivedAt(), taken, answered, now), 1);
    }

    /** Empty as soon as one of them is not there. */
    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.flatMap(first -> other.map(second -> second.isAfter(first) ? second : first));
    }

    private void add(ItemCourse item, Instant receivedAt, boolean withdrawn) {
        count(Count.ITEMS, 1);
        if (item.decidedAt().isEmpty() && withdrawn) {
            count(Count.WITHDRAWN_ITEMS, 1);
        } else {
            item.lastWord().ifPresentOrElse(this::add, () -> count(Count.UNDECIDED_ITEMS, 1));
        }
        item.decidedAt().ifPresent(at -> decision.add(millis(receivedAt, at)));
        countIf(item.decidedAt().isEmpty(), Count.NEVER_DECIDED);
        if (item.restricted()) {
            count(Count.RESTRICTED, 1);
            countIf(item.isOverturned(), Count.OVERTURNED);
            item.goneAt().ifPresent(at -> block.add(millis(receivedAt, at)));
            countIf(item.goneAt().isEmpty(), Count.NEVER_GONE);
        }
        countIf(item.comparable(), Count.COMPARABLE);
        if (item.isDuplicate(receivedAt)) {
            count(
                    item.wasDecidedBefore(receivedAt)
                            ? Count.REPEATED_AFTER_DECISION
                            : Count.REPEATED_WHILE_OPEN,
                    1);
        }
    }

    private void add(ItemFact.Decided lastWord) {
        outcomes.add(lastWord.outcome(), 1);
        lastWord.ground()
                .ifPresent(ground ->
                        grounds.merge(ground.name().toLowerCase(Locale.ROOT), 1L, Long::sum));
    }

    private static Optional<Instant> first(List<Event> events, Class<? extends Event> kind) {
        return events.stream()
                .filter(kind::isInstance)
                .map(Event::at)
                .min(Comparator.naturalOrder());
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    void addAll(Sums others) {
        counts.addAll(others.counts);
        outcomes.addAll(others.outcomes);
        due.addAll(others.due);
        others.grounds.forEach((ground, number) -> grounds.merge(ground, number, Long::sum));
        others.clauses.forEach((clause, number) -> clauses.merge(clause, number, Long::sum));
        receipt.addAll(others.receipt);
        opening.addAll(others.opening);
        decision.addAll(others.decision);
        block.addAll(others.block);
    }

    private long of(Outcome outcome) {
        return outcomes.of(outcome);
    }

    private long of(Due state) {
        return due.of(state);
    }

    Figures figures() {
        long restrictedNow = of(Outcome.BLOCKED) + of(Outcome.WITHHELD);
        return new Figures(
                notices(),
                items(),
                new Share(
                        restrictedNow,
                        restrictedNow + of(Outcome.REFUSED) + of(Count.REFUSED_WITH_NOTICE)),
                new Share(of(Count.OVERTURNED), of(Count.RESTRICTED)),
                grounds,
                mostFrequent(clauses),
                new Figures.Duplicates(
                        of(Count.REPEATED_WHILE_OPEN),
                        of(Count.REPEATED_AFTER_DECISION),
                        of(Count.COMPARABLE),
                        of(Count.ITEMS) - of(Count.COMPARABLE)),
                new Figures.Deadlines(
                        of(Due.IN_TIME),
                        of(Due.LATE),
                        of(Due.OVERDUE),
                        of(Due.RUNNING),
                        of(Due.STANDING),
                        of(Due.WITHDRAWN)),
                new Figures.Times(
                        Spread.of(receipt.all(), 0),
                        Spread.of(opening.all(), of(Count.NEVER_OPENED)),
                        Spread.of(decision.all(), of(Count.NEVER_DECIDED)),
                        Spread.of(block.all(), of(Count.NEVER_GONE))));
    }

    /** A peer could name a new clause in every refusal. */
    private static SortedMap<String, Long> mostFrequent(SortedMap<String, Long> clauses) {
        SortedMap<String, Long> some = new TreeMap<>();
        clauses.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .forEachOrdered(one ->
                        some.merge(
                                some.size() < CLAUSES ? one.getKey() : Tally.NONE,
                                one.getValue(),
                                Long::sum));
        return some;
    }

    private Figures.Notices notices() {
        return new Figures.Notices(
                of(Count.RECEIVED),
                of(Count.REFUSED),
                of(Count.WITHDRAWN),
                of(Count.OPENED),
                of(Count.DECIDED));
    }

    private Figures.Items items() {
        return new Figures.Items(
                of(Count.ITEMS),
                of(Outcome.BLOCKED),
                of(Outcome.WITHHELD),
                of(Outcome.REFUSED),
                of(Outcome.CLARIFICATION),
                of(Outcome.IMPOSSIBLE),
                of(Count.UNDECIDED_ITEMS),
                of(Count.WITHDRAWN_ITEMS),
                of(Count.REFUSED_WITH_NOTICE));
    }
}
