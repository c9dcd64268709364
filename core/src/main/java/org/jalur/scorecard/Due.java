package org.jalur.scorecard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.agreement.clock.Clock;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.clock.Reading;

/** How a notice stands with its deadline. */
enum Due {
    IN_TIME,
    LATE,
    OVERDUE,
    RUNNING,
    STANDING,
    WITHDRAWN;

    /**
     * @param answered when every item had a final decision
     */
    static Due of(
            Instant receivedAt,
            Course.Handling.TakenUp taken,
            Optional<Instant> answered,
            Instant now) {
        List<Event> events = new ArrayList<>(taken.events());
        answered.ifPresent(at -> events.add(new Event.Decided(at)));
        List<Reading> readings =
                Stream.concat(
                                Stream.of(Clock.read(taken.rule(), with(events, receivedAt), now)),
                                taken.confirmed().stream()
                                        .map(one ->
                                                Clock.read(
                                                        one.rule(), with(events, one.at()), now)))
                        .toList();
        // An emergency has the earlier of its two ends: who misses either misses it.
        if (readings.stream().anyMatch(one -> one instanceof Reading.Over over && over.late())) {
            return LATE;
        }
        return readings.stream().anyMatch(one -> one.isOverdue(now))
                ? OVERDUE
                : of(readings.getFirst());
    }

    private static List<Event> with(List<Event> events, Instant start) {
        List<Event> all = new ArrayList<>(events);
        all.add(new Event.Received(start));
        return all;
    }

    private static Due of(Reading reading) {
        return switch (reading) {
            case Reading.Over(_, var end, _, _) ->
                    switch (end) {
                        case DECIDED -> IN_TIME;
                        case WITHDRAWN -> WITHDRAWN;
                    };
            case Reading.Standing _ -> STANDING;
            case Reading.Running _, Reading.NotStarted _ -> RUNNING;
        };
    }
}
