package org.jalur.node.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.order.DueLift;
import org.jalur.access.order.OrderEvent;
import org.jalur.agreement.clock.Event;

/**
 * A lift of an order as its clock counts it, the same on both sides. It begins when it is due and
 * the platform has received what made it so, and is over with the platform's receipt of the last
 * measurement.
 *
 * @param id of the message that made it due: an event's, or the order's own for its end
 * @param message row of that message
 * @param receivedAt when it began, or begins; empty while that message is on its way
 * @param confirmedAt empty while names are not measured, and while that is on its way
 */
record Lift(
        UUID id,
        long message,
        DueLift due,
        Optional<Instant> receivedAt,
        Optional<Instant> confirmedAt) {
    /** Those of an order, also those ahead. */
    static List<Lift> of(Block block) {
        return DueLift.of(block.course()).stream().map(due -> of(block, due)).toList();
    }

    private static Lift of(Block block, DueLift due) {
        Optional<Block.Happened> told = due.told().map(event -> said(block, event));
        return new Lift(
                told.map(Block.Happened::id).orElse(block.order()),
                told.map(Block.Happened::message).orElse(block.message()),
                due,
                told.map(Block.Happened::at)
                        .orElse(block.receivedAt())
                        .map(at -> at.isAfter(due.since()) ? at : due.since()),
                due.confirmedBy(block.course().events()).flatMap(event -> said(block, event).at()));
    }

    private static Block.Happened said(Block block, OrderEvent event) {
        return block.said().stream()
                .filter(one ->
                        one.what() instanceof Block.What.Event(var told, _) && told.equals(event))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("nobody told this event: " + event.at()));
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        receivedAt.map(Event.Received::new).ifPresent(events::add);
        confirmedAt.map(Event.Decided::new).ifPresent(events::add);
        return events;
    }

    boolean isOpen() {
        return confirmedAt.isEmpty();
    }

    /** Whether it is due, and nobody has confirmed it. */
    boolean isOpen(Instant now) {
        return isOpen() && receivedAt.filter(at -> !at.isAfter(now)).isPresent();
    }

    /** Whether it has begun by now, be it confirmed or not. */
    boolean hasBegun(Instant now) {
        return receivedAt.filter(at -> !at.isAfter(now)).isPresent();
    }
}
