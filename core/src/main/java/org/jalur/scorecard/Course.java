package org.jalur.scorecard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/**
 * A notice that was received, and what messages and receipts say became of it. In which order they
 * were learnt, and how often, makes no difference.
 *
 * @param items how many it names
 * @param sentAt what its sender says
 * @param receivedAt what its receipt says
 */
public record Course(
        NoticeKind kind,
        Urgency urgency,
        String category,
        int items,
        Instant sentAt,
        Instant receivedAt,
        Handling handling) {

    /** What the platform did with it. */
    public sealed interface Handling {
        /**
         * Not taken up: it breaks the agreement.
         *
         * @param clause that it breaks
         */
        record RefusedAsWhole(String clause) implements Handling {}

        /**
         * @param rule of the version that the notice cites
         * @param confirmed of an emergency that was confirmed
         * @param events each at the time of the receiver's receipt; neither the receipt of the
         *     notice nor the decision, which follows from those of the items
         */
        record TakenUp(
                ClockRule rule,
                Optional<Confirmed> confirmed,
                List<Event> events,
                List<ItemFact> facts)
                implements Handling {
            public TakenUp {
                events = List.copyOf(events);
                facts = List.copyOf(facts);
            }
        }
    }

    /**
     * An emergency that both sides confirmed has a rule of its own, unless the first one ends
     * before.
     */
    public record Confirmed(ClockRule rule, Instant at) {}
}
