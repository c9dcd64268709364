package org.jalur.agreement.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;

/**
 * Reads a clock: the same rule, events and moment always show the same, in whatever order and
 * however often the events were learnt.
 */
public final class Clock {
    private final Reckoning reckoning;
    private final Instant start;
    private final Map<Deadline.Cause, List<Span>> causes = new EnumMap<>(Deadline.Cause.class);
    private final List<Span> standing;

    private Clock(ClockRule rule, Instant start, Collection<Event> events) {
        this.start = start;
        this.reckoning = reckoning(rule);
        for (Deadline.Stop stop : rule.stops()) {
            causes.put(
                    stop.cause(),
                    Standstill.of(stop, events).stream().map(span -> span.after(start)).toList());
        }
        this.standing = Span.union(causes.values().stream().flatMap(List::stream).toList());
    }

    /** What the clock shows at that moment. */
    public static Reading read(ClockRule rule, Collection<Event> events, Instant now) {
        Optional<Instant> start = start(rule.start(), events, now);
        Optional<Reading.Over> over = over(events);
        if (start.isEmpty()) {
            return over.<Reading>map(one -> one).orElseGet(Reading.NotStarted::new);
        }
        var clock = new Clock(rule, start.get(), events);
        Duration allowance = allowance(rule, start.get());
        return over.<Reading>map(one -> clock.over(one, allowance))
                .orElseGet(() -> clock.reading(allowance, now));
    }

    private static Reckoning reckoning(ClockRule rule) {
        return switch (rule.allowance()) {
            case Allowance.DayEnd _ -> new Reckoning.WallClock();
            case Allowance.Within(_, var counting) ->
                    switch (counting) {
                        case WALL_CLOCK -> new Reckoning.WallClock();
                        case DUTY_HOURS -> Reckoning.DutyHours.of(rule.calendar());
                    };
        };
    }

    private static Duration allowance(ClockRule rule, Instant start) {
        return switch (rule.allowance()) {
            case Allowance.Within(var time, _) -> time;
            case Allowance.DayEnd dayEnd ->
                    Duration.between(start, end(dayEnd, rule.calendar(), start));
        };
    }

    private static Instant end(Allowance.DayEnd dayEnd, Calendar calendar, Instant start) {
        ZonedDateTime local = start.atZone(calendar.zone());
        boolean late =
                !dayEnd.cutOff().equals(LocalTime.MIDNIGHT)
                        && local.toLocalTime().isAfter(dayEnd.cutOff());
        // Midnight at the end of a day is the beginning of the next.
        return local.toLocalDate()
                .plusDays(dayEnd.daysLater() + (late ? 2L : 1L))
                .atStartOfDay(calendar.zone())
                .toInstant();
    }

    /** Empty if it has not started by then. */
    private static Optional<Instant> start(
            Ladder.Start start, Collection<Event> events, Instant now) {
        Optional<Instant> received = first(events, Event.Received.class);
        return switch (start) {
            case Ladder.Start.Received _ -> received;
            case Ladder.Start.Acknowledged(var atLatest) ->
                    received.flatMap(at -> {
                        Instant latest = at.plus(atLatest);
                        return first(events, Event.Acknowledged.class)
                                .filter(opened -> opened.isBefore(latest))
                                .or(() ->
                                        latest.isAfter(now)
                                                ? Optional.empty()
                                                : Optional.of(latest));
                    });
        };
    }

    private static Optional<Reading.Over> over(Collection<Event> events) {
        Optional<Instant> decided = first(events, Event.Decided.class);
        Optional<Instant> withdrawn = first(events, Event.Withdrawn.class);
        boolean before = withdrawn.filter(at -> decided.map(at::isBefore).orElse(true)).isPresent();
        return before
                ? withdrawn.map(at -> over(at, Reading.End.WITHDRAWN))
                : decided.map(at -> over(at, Reading.End.DECIDED));
    }

    private static Reading.Over over(Instant at, Reading.End end) {
        return new Reading.Over(at, end, Optional.empty(), false);
    }

    private static Optional<Instant> first(Collection<Event> events, Class<? extends Event> kind) {
        return events.stream()
                .filter(kind::isInstance)
                .map(Event::at)
                .min(Comparator.naturalOrder());
    }

    private Reading over(Reading.Over over, Duration allowance) {
        List<Span> before =
                standing.stream().filter(span -> span.begin().isBefore(over.at())).toList();
        Optional<Instant> due = run(allowance, before).due();
        boolean late = due.map(over.at()::isAfter).orElse(false);
        boolean stood = before.stream().anyMatch(span -> span.holds(over.at()));
        return new Reading.Over(
                over.at(), over.end(), stood && !late ? Optional.empty() : due, late);
    }

    private Reading reading(Duration allowance, Instant now) {
        List<Span> begun = standing.stream().filter(span -> !span.begin().isAfter(now)).toList();
        Run run = run(allowance, begun);
        if (run.last().isEmpty() || !run.last().get().holds(now)) {
            // Only an open span leaves no due time, and an open span holds every moment from then.
            return new Reading.Running(start, run.due().orElseThrow());
        }
        Span span = run.last().get();
        Set<Deadline.Cause> why = EnumSet.noneOf(Deadline.Cause.class);
        causes.forEach((cause, spans) -> {
            if (spans.stream().anyMatch(one -> one.holds(now))) {
                why.add(cause);
            }
        });
        return new Reading.Standing(
                span.begin(),
                why,
                run.left(),
                span.isOpen() ? Optional.empty() : Optional.of(span.end()),
                run.due());
    }

    /**
     * How far the allowance reached.
     *
     * @param last span in which it stood before it ran out
     * @param left of the allowance when that span began
     * @param due empty if that span is open
     */
    private record Run(Optional<Span> last, Duration left, Optional<Instant> due) {}

    /** What has run out has run out: a question after that changes nothing. */
    private Run run(Duration allowance, List<Span> spans) {
        Duration left = allowance;
        Instant from = start;
        Optional<Span> last = Optional.empty();
        for (Span span : spans) {
            if (reckoning.plus(from, left).isBefore(span.begin())) {
                break;
            }
            left = left.minus(reckoning.between(from, span.begin()));
            last = Optional.of(span);
            if (span.isOpen()) {
                return new Run(last, left, Optional.empty());
            }
            from = span.end();
        }
        return new Run(last, left, Optional.of(reckoning.plus(from, left)));
    }
}
