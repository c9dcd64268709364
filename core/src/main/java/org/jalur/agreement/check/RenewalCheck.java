package org.jalur.agreement.check;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.UserNotice;
import org.jalur.agreement.check.Breach.Rule;

/**
 * Compares the renewal of a non-disclosure with the agreement that its notice cites. Who asks and
 * who receives ask the same question, so that neither refuses what the other lets pass.
 */
public final class RenewalCheck {
    /** The clause that a renewal can break, whatever is wrong with it. */
    public static final String CLAUSE = "userNotice.nonDisclosure.renewal";

    private RenewalCheck() {}

    /**
     * A renewal with all that the agreement has rules about.
     *
     * @param end of the non-disclosure until now; absent: the user is told
     * @param renewed whether it was renewed before
     * @param until the end that is asked for
     * @param at now for the one who asks, the time of the receipt for the one who receives
     */
    public record Asked(Optional<Instant> end, boolean renewed, Instant until, Instant at) {}

    /** The first rule that is broken; empty if the renewal counts. */
    public static Optional<Breach> of(Agreement agreement, Asked asked) {
        if (asked.end().isEmpty()) {
            return breach(Rule.NOTHING_TO_RENEW, "");
        }
        Instant end = asked.end().get();
        Optional<Period> longest =
                agreement.userNotice().nonDisclosure().flatMap(UserNotice.NonDisclosure::renewal);
        if (longest.isEmpty()) {
            return breach(Rule.NO_RENEWAL, end);
        }
        if (asked.renewed()) {
            return breach(Rule.RENEWED, end);
        }
        if (!asked.at().isBefore(end)) {
            return breach(Rule.RENEWAL_TOO_LATE, end);
        }
        if (!asked.until().isAfter(end)) {
            return breach(Rule.RENEWAL_NOT_LATER, asked.until(), end);
        }
        Instant latest = latest(agreement, end, longest.get());
        return asked.until().isAfter(latest)
                ? breach(Rule.RENEWAL, asked.until(), latest)
                : Optional.empty();
    }

    /** The latest end that a renewal may have; absent where none is agreed. */
    public static Optional<Instant> latest(Agreement agreement, Instant end) {
        return agreement
                .userNotice()
                .nonDisclosure()
                .flatMap(UserNotice.NonDisclosure::renewal)
                .map(longest -> latest(agreement, end, longest));
    }

    /** Days and months of the agreement's calendar. */
    private static Instant latest(Agreement agreement, Instant end, Period longest) {
        return end.atZone(agreement.calendar().zone()).plus(longest).toInstant();
    }

    private static Optional<Breach> breach(Rule rule, Object value, Object... agreed) {
        return Optional.of(
                new Breach(
                        CLAUSE,
                        rule,
                        value.toString(),
                        List.of(agreed).stream().map(Object::toString).toList()));
    }
}
