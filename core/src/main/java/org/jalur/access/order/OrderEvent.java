package org.jalur.access.order;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.DomainName;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.log.Hash;

/** What happened to an order, in the order of its authority's journal. */
public sealed interface OrderEvent {
    Instant at();

    /**
     * Somebody other than the drafter and the other approver agrees.
     *
     * @param by account of that person
     * @param read digest of order and proportionality check, as they were shown
     * @param subdomains whether the reach below names is confirmed expressly
     */
    record Approved(String by, Hash read, boolean subdomains, Instant at) implements OrderEvent {}

    /**
     * The platform was told, before the order takes effect.
     *
     * @param proof its receipt, or the witnessed attempt
     */
    record Announced(LadderEvent.Proof proof, Instant at) implements OrderEvent {}

    /** It is given up before it is in force. */
    record Withdrawn(String reason, Instant at) implements OrderEvent {
        public Withdrawn {
            Require.words("reason", reason, Require.TEXT);
        }
    }

    /**
     * The platform answered the announcement.
     *
     * @param message digest of its answer
     */
    record Answered(Hash message, Instant at) implements OrderEvent {}

    record ConditionMet(Condition condition, Condition.Evidence evidence, Instant at)
            implements OrderEvent {}

    record LiftPromised(Instant liftAt, Instant at) implements OrderEvent {}

    /**
     * Two people other than one another renew it, before it ends.
     *
     * @param reasons why it is still needed
     */
    record Renewed(
            String reasons, String by, String alsoBy, Instant reviewAt, Instant endsAt, Instant at)
            implements OrderEvent {
        public Renewed {
            Require.words("reasons", reasons, Require.TEXT);
        }
    }

    /**
     * A zone with its names was published.
     *
     * @param serial of its SOA
     */
    record BlockPublished(long serial, Instant at) implements OrderEvent {}

    /**
     * Some or all names are to be open again.
     *
     * @param by account of whoever ordered it
     * @param alsoBy of the other person, where the agreement wants two
     */
    record LiftOrdered(
            Set<DomainName> names, String reason, String by, Optional<String> alsoBy, Instant at)
            implements OrderEvent {
        public LiftOrdered {
            Require.some("names", names, Integer.MAX_VALUE);
            Require.words("reason", reason, Require.TEXT);
            names = inOrder(names);
        }
    }

    /**
     * A zone without the names that are lifted was published.
     *
     * @param serial of its SOA
     */
    record LiftPublished(long serial, Instant at) implements OrderEvent {}

    /**
     * Every resolver was measured for these lifted names.
     *
     * @param open at every resolver
     * @param unreachable open wherever it could be measured, and closed with a reason elsewhere
     */
    record LiftMeasured(Set<DomainName> open, Set<DomainName> unreachable, Instant at)
            implements OrderEvent {
        public LiftMeasured {
            open = inOrder(open);
            unreachable = inOrder(unreachable);
        }
    }

    /**
     * Somebody objects, or asks for the names to be open again.
     *
     * @param answerBy when the clock for the answer runs out
     */
    record Objected(String id, Instant answerBy, Instant at) implements OrderEvent {
        public Objected {
            Require.words("id", id, 100);
        }
    }

    /**
     * @param upheld the lift is proposed at once then
     */
    record ObjectionAnswered(String id, boolean upheld, String reasons, Instant at)
            implements OrderEvent {
        public ObjectionAnswered {
            Require.words("reasons", reasons, Require.TEXT);
        }
    }

    private static Set<DomainName> inOrder(Set<DomainName> names) {
        return Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
