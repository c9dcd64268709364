package org.jalur.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a decision is due, from the same events on both sides: each counts at the time in the
 * receiver's receipt.
 *
 * @param due when the allowance ends; while the clock stands, when it would end if it went on now
 * @param stoppedAt since when it stands; empty while it runs
 */
public record DeadlineClock(Instant due, Optional<Instant> stoppedAt) {

    /** The clock stops, or goes on. */
    public record Event(boolean stops, Instant at) {}

    /**
     * @param receivedAt when the notice was received
     * @param allowance wall-clock time from there to the decision
     * @param events in any order; a stop while stopped, or a start while running, changes nothing
     */
    public static DeadlineClock of(Instant receivedAt, Duration allowance, List<Event> events) {
        Instant due = receivedAt.plus(allowance);
        Optional<Instant> stopped = Optional.empty();
        for (Event event :
                events.stream()
                        .sorted(
                                Comparator.comparing(Event::at)
                                        .thenComparing(Event::stops, Comparator.reverseOrder()))
                        .toList()) {
            if (event.stops() && stopped.isEmpty()) {
                stopped = Optional.of(event.at());
            } else if (!event.stops() && stopped.isPresent()) {
                due = due.plus(Duration.between(stopped.get(), event.at()));
                stopped = Optional.empty();
            }
        }
        return new DeadlineClock(due, stopped);
    }

    /**
     * An emergency: urgent until it is confirmed, and never later than that. What stopped the clock
     * before the confirmation moves the emergency's deadline only as far as it lasts beyond it.
     *
     * @param urgent allowance from the receipt while it is only claimed
     * @param confirmedAt when the platform received the confirmation
     * @param emergency allowance from there
     */
    public static DeadlineClock ofEmergency(
            Instant receivedAt,
            Duration urgent,
            Optional<Instant> confirmedAt,
            Duration emergency,
            List<Event> events) {
        DeadlineClock claimed = of(receivedAt, urgent, events);
        if (confirmedAt.isEmpty()) {
            return claimed;
        }
        Instant from = confirmedAt.get();
        List<Event> later = new ArrayList<>(events);
        later.removeIf(event -> event.at().isBefore(from));
        List<Event> earlier = new ArrayList<>(events);
        earlier.removeIf(event -> !event.at().isBefore(from));
        if (of(receivedAt, urgent, earlier).stoppedAt().isPresent()) {
            later.add(new Event(true, from));
        }
        DeadlineClock confirmed = of(from, emergency, later);
        return confirmed.due().isBefore(claimed.due()) ? confirmed : claimed;
    }
}
