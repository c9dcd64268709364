package org.jalur.agreement.clock;

import java.util.List;
import java.util.Optional;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/**
 * What an agreement says about one clock.
 *
 * @param start from when it runs
 * @param stops what makes it stand
 */
public record ClockRule(
        Ladder.Start start, Allowance allowance, List<Deadline.Stop> stops, Calendar calendar) {
    public ClockRule {
        stops = List.copyOf(stops);
    }

    /**
     * By when a notice is decided; an emergency that nobody confirmed has an urgent order's time.
     */
    public static ClockRule forNotice(Agreement agreement, NoticeFacts notice) {
        return forNotice(agreement, notice.category(), notice.kind(), notice.urgency());
    }

    /** The same, of a notice of which only this is known. */
    public static ClockRule forNotice(
            Agreement agreement, String category, NoticeKind kind, Urgency urgency) {
        boolean claimed =
                kind == NoticeKind.EMERGENCY && agreement.kind(NoticeKind.ORDER).isPresent();
        return of(
                agreement,
                agreement.deadline(
                        category, claimed ? NoticeKind.ORDER : kind, kind.counted(urgency)));
    }

    /** By when a confirmed emergency is decided, from its confirmation. */
    public static ClockRule forEmergency(Agreement agreement, String category) {
        return of(agreement, agreement.deadline(category, NoticeKind.EMERGENCY, Urgency.URGENT));
    }

    private static ClockRule of(Agreement agreement, Deadline deadline) {
        return new ClockRule(
                new Ladder.Start.Received(),
                deadline.allowance(),
                deadline.stops(),
                agreement.calendar());
    }

    /** By when an appeal is decided. */
    public static ClockRule forAppeal(Agreement agreement) {
        return new ClockRule(
                new Ladder.Start.Received(),
                agreement.appeals().decision(),
                List.of(),
                agreement.calendar());
    }

    /** By when a lift is confirmed; empty if access blocks are not agreed. */
    public static Optional<ClockRule> forLift(Agreement agreement) {
        return agreement
                .accessBlocks()
                .map(terms ->
                        new ClockRule(
                                new Ladder.Start.Received(),
                                terms.lift(),
                                List.of(),
                                agreement.calendar()));
    }

    /** By when an objection to an access block is answered; empty if nothing is agreed. */
    public static Optional<ClockRule> forObjection(Agreement agreement) {
        return agreement
                .accessBlocks()
                .flatMap(AccessBlockTerms::objection)
                .map(allowance ->
                        new ClockRule(
                                new Ladder.Start.Received(),
                                allowance,
                                List.of(),
                                agreement.calendar()));
    }

    /** The same for a ladder, which may run from another moment. */
    public ClockRule from(Ladder.Start other) {
        return new ClockRule(other, allowance, stops, calendar);
    }
}
