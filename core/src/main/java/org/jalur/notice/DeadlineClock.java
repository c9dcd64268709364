package org.jalur.notice;

import java.time.Duration;
import java.time.Instant;
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
}
