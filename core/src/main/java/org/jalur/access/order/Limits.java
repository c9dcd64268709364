package org.jalur.access.order;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder;

/**
 * What the agreement allows an order.
 *
 * @param ladderStep that makes a block possible; empty: none is needed
 * @param noticePeriod from the announcement to the effect
 * @param longest from the effect, or from a renewal, to the end
 * @param review how often its need is looked at again
 * @param liftBy how many people a lift needs
 * @param zone in which days are counted
 */
public record Limits(
        Set<String> organisations,
        Optional<String> ladderStep,
        Duration noticePeriod,
        Period longest,
        Period review,
        int mostNames,
        AccessBlockTerms.People liftBy,
        ZoneId zone) {
    public Limits {
        organisations = Set.copyOf(organisations);
    }

    /** Empty if the agreement knows no access blocks. */
    public static Optional<Limits> of(Agreement agreement) {
        return agreement
                .accessBlocks()
                .map(terms ->
                        new Limits(
                                terms.organisations(),
                                terms.afterLadder() ? lastStep(agreement) : Optional.empty(),
                                terms.announcedBefore(),
                                terms.longest(),
                                terms.review(),
                                terms.mostNames(),
                                terms.liftBy().orElse(AccessBlockTerms.People.ONE),
                                agreement.calendar().zone()));
    }

    private static Optional<String> lastStep(Agreement agreement) {
        return agreement.escalation().stream()
                .map(ladder -> ladder.steps().getLast())
                .filter(step -> step.action() == Ladder.Action.ACCESS_BLOCK_POSSIBLE)
                .map(Ladder.Step::name)
                .findFirst();
    }

    /**
     * Checks an order against the agreement.
     *
     * @throws InvalidAccessException names the first clause that it breaks
     */
    public void check(AccessOrder order) {
        if (!organisations.contains(order.organisation())) {
            throw new InvalidAccessException(
                    "organisation", AccessRule.ORGANISATION, order.organisation(), organisations);
        }
        if (order.names().size() > mostNames) {
            throw new InvalidAccessException(
                    "names", AccessRule.TOO_MANY, order.names().size(), mostNames);
        }
        ladderStep.ifPresent(step -> {
            switch (order.ground()) {
                case Ground.UnansweredNotices(_, var taken) -> {
                    if (!taken.equals(step)) {
                        throw new InvalidAccessException(
                                "ground.step", AccessRule.STEP, taken, step);
                    }
                }
                case Ground.Other _ ->
                        throw new InvalidAccessException("ground", AccessRule.LADDER_NEEDED);
            }
        });
        checkTimes(order.takesEffectAt(), order.reviewAt(), order.endsAt());
    }

    /** Both are counted from the effect, or from a renewal. */
    void checkTimes(Instant from, Instant reviewAt, Instant endsAt) {
        requireAtMost("reviewAt", reviewAt, endsAt);
        requireAtMost("reviewAt", reviewAt, after(from, review));
        requireAtMost("endsAt", endsAt, after(from, longest));
    }

    private static void requireAtMost(String field, Instant time, Instant latest) {
        if (time.isAfter(latest)) {
            throw new InvalidAccessException(field, AccessRule.AT_MOST, time, latest);
        }
    }

    private Instant after(Instant from, Period period) {
        return from.atZone(zone).plus(period).toInstant();
    }
}
