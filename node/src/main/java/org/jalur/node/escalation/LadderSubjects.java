package org.jalur.node.escalation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.notifications.Kind;

/**
 * What the ladders of one kind are about. The feature that knows it says what happened and by which
 * rule it is late; it opens their rows in {@link Ladders}, and wakes these when something was said.
 * Steps, messages, timer and pages are the same for all kinds.
 */
public interface LadderSubjects {
    Silence about();

    /**
     * Those that were sent, or taken up, and that cite a version of the agreement; in no order.
     * Both sides work out the same events and rule from the same messages. Asked for many at once:
     * the number of reads must not grow with them.
     */
    List<Subject> of(Collection<SubjectKey> keys);

    /**
     * Those that a page of this side shows.
     *
     * @param page this side's own id of what the page is about
     */
    List<SubjectKey> on(UUID page);

    /**
     * Gives each that this side climbs, and that has no row, its row: as the timer starts, and
     * after a database came back.
     *
     * @return how many there were
     */
    int takeUp();

    /** By what people of the side that climbs are told that a call is due. */
    Kind call();

    /** By what people of the other side are told of steps; empty: they are told otherwise. */
    Optional<Kind> step();

    /** As {@link #call} addresses the page on which a ladder is acted. */
    default String place(Subject subject) {
        return subject.page().toString();
    }

    /**
     * @param subject an id on the channel, the same on both sides
     */
    record SubjectKey(int channel, UUID subject) {}

    /**
     * @param page this side's own id of what shows it
     * @param reference what people know it by
     * @param agreement digest of the version that it cites
     * @param terms that version
     * @param message row of the message that nobody answers
     * @param rule by when it is answered
     */
    record Subject(
            UUID id,
            UUID page,
            Channel channel,
            String reference,
            Hash agreement,
            Agreement terms,
            long message,
            ClockRule rule,
            List<Event> events) {
        public Subject {
            events = List.copyOf(events);
        }

        SubjectKey key() {
            return new SubjectKey(channel.id(), id);
        }
    }
}
