package org.jalur.access.order;

import java.time.Instant;
import java.util.Set;
import org.jalur.access.DomainName;

/** Where an order stands at a moment. Each state carries exactly what is known in it. */
public sealed interface BlockState {
    record Drafted() implements BlockState {}

    record ApprovedByOne(String by) implements BlockState {}

    /** By both; the platform is to be told. */
    record Approved(String by, String alsoBy) implements BlockState {}

    /**
     * @param effectAt when it comes in force
     */
    record Announced(Instant since, Instant effectAt) implements BlockState {}

    /**
     * Some names at least are blocked.
     *
     * @param lifted those of its names that are not any more
     */
    record InForce(Instant since, Instant until, int renewals, Set<DomainName> lifted)
            implements BlockState {}

    /** All names are to be open; no zone without them is published yet. */
    record LiftOrdered(Cause cause, Instant since) implements BlockState {}

    /**
     * Published, and measured until all are open.
     *
     * @param waitingFor names that are not measured open at every resolver
     */
    record Lifting(Cause cause, Instant since, Set<DomainName> waitingFor) implements BlockState {}

    /** Every name at every resolver measured open. */
    record Lifted(Cause cause, Instant at) implements BlockState {}

    /**
     * @param names not measured at some resolver, each closed by name and with a reason
     */
    record LiftedExceptUnreachable(Cause cause, Instant at, Set<DomainName> names)
            implements BlockState {}

    /** It never came in force: nothing is to be lifted. */
    record Ended(Ending ending, Instant at) implements BlockState {}

    /** What the state is called: in problems, tables and texts. */
    default String word() {
        return switch (this) {
            case Drafted _ -> "drafted";
            case ApprovedByOne _ -> "approved_by_one";
            case Approved _ -> "approved";
            case Announced _ -> "announced";
            case InForce _ -> "in_force";
            case LiftOrdered _ -> "lift_ordered";
            case Lifting _ -> "lifting";
            case Lifted _ -> "lifted";
            case LiftedExceptUnreachable _ -> "lifted_except_unreachable";
            case Ended _ -> "ended";
        };
    }

    /** Why names are open again. */
    enum Cause {
        ORDERED,
        /** The end date came. */
        TERM
    }

    enum Ending {
        WITHDRAWN,
        /** Its end came before its effect. */
        TOO_LATE
    }
}
