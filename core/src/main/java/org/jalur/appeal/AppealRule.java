package org.jalur.appeal;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Appeals.Appellant;

/** What an agreement lets affected users appeal against, and within which times. */
public final class AppealRule {
    private AppealRule() {}

    /** Why an appeal is not taken. */
    public enum Broken {
        /** A non-disclosure order still holds: nobody was told. */
        UNDISCLOSED,
        /** No decision restricts the item, or none does any more. */
        NOT_RESTRICTED,
        /** The agreement does not let them appeal. */
        NOT_APPELLANT,
        TOO_LATE,
        /** The same appellant appealed about the item before. */
        TWICE
    }

    /**
     * What is known of an item when somebody appeals.
     *
     * @param restricted whether the decision that holds blocks or withholds it
     * @param tellFrom when a non-disclosure order ends; empty where there is none
     * @param openUntil empty while it is not known that anybody was told: the time has not begun
     * @param before who appealed about it already
     */
    public record Known(
            boolean restricted,
            Optional<Instant> tellFrom,
            Optional<Instant> openUntil,
            Set<Appellant> before) {
        public Known {
            before = Set.copyOf(before);
        }
    }

    /**
     * Who may appeal against a restriction. Whoever reported content and was told that it stays
     * appeals against no restriction.
     */
    public static Set<Appellant> appellants(Agreement agreement) {
        Set<Appellant> some = EnumSet.noneOf(Appellant.class);
        for (Appellant one : agreement.appeals().appellants()) {
            boolean may =
                    switch (one) {
                        case AUTHOR, ASSOCIATION -> true;
                        case REPORTER -> false;
                    };
            if (may) {
                some.add(one);
            }
        }
        return some;
    }

    /** Empty if the appeal is taken; the moment at which the time ends is in time. */
    public static Optional<Broken> broken(
            Agreement agreement, Known known, Appellant appellant, Instant now) {
        if (known.tellFrom().filter(now::isBefore).isPresent()) {
            return Optional.of(Broken.UNDISCLOSED);
        }
        if (!appellants(agreement).contains(appellant)) {
            return Optional.of(Broken.NOT_APPELLANT);
        }
        if (known.before().contains(appellant)) {
            return Optional.of(Broken.TWICE);
        }
        if (!known.restricted()) {
            return Optional.of(Broken.NOT_RESTRICTED);
        }
        return known.openUntil().filter(now::isAfter).map(_ -> Broken.TOO_LATE);
    }

    /** Until when appeals are taken by whoever was told at that moment; in the agreement's zone. */
    public static Instant openUntil(Agreement agreement, Instant told) {
        return told.atZone(agreement.calendar().zone())
                .plus(agreement.appeals().open())
                .toInstant();
    }

    /** By when the content of a granted appeal is to be shown again. */
    public static Instant restoredBy(Agreement agreement, Instant decidedAt) {
        return decidedAt.plus(agreement.appeals().restored());
    }
}
