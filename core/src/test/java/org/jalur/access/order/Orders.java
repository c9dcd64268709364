package org.jalur.access.order;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.log.Hash;
import org.jalur.notice.NoticeFacts.LegalBasis;

/** Made-up orders; three days of notice, thirty days at most. */
final class Orders {
    static final Instant DRAFT = Instant.parse("2026-03-01T03:00:00Z");
    static final Instant EFFECT = DRAFT.plus(Duration.ofDays(4));
    static final Instant REVIEW = EFFECT.plus(Duration.ofDays(7));
    static final Instant END = EFFECT.plus(Duration.ofDays(30));
    static final Hash DIGEST = Hash.sha256(new byte[] {1});
    static final LadderEvent.Proof PROOF = new LadderEvent.Proof.Receipt(Hash.sha256(new byte[0]));
    static final Condition ANSWERS = new Condition.ContactAnswers();
    static final Condition SIGNED = new Condition.AgreementInForce();
    static final DomainName A = DomainName.read("a.example");
    static final DomainName B = DomainName.read("b.example");

    static final Limits LIMITS = limits(AccessBlockTerms.People.ONE);

    private Orders() {}

    static Limits limits(AccessBlockTerms.People liftBy) {
        return new Limits(
                Set.of("Kementerian Contoh"),
                Optional.of("Access block possible"),
                Duration.ofDays(3),
                Period.ofDays(30),
                Period.ofDays(7),
                20,
                liftBy,
                ZoneId.of("Asia/Jakarta"));
    }

    static AccessOrder order() {
        return order(BlockedName.exactly(A), BlockedName.exactly(B));
    }

    static AccessOrder order(BlockedName... names) {
        return order(EFFECT, REVIEW, END, names);
    }

    static AccessOrder order(Instant effect, Instant review, Instant end, BlockedName... names) {
        return new AccessOrder(
                "001/2026",
                "Kementerian Contoh",
                List.of(names),
                ground("Access block possible"),
                new LegalBasis("Permenkominfo 5/2020", "7"),
                new Scope(Scope.Meant.WEB_ONLY, "Anything else that uses these names."),
                List.of(ANSWERS, SIGNED),
                effect,
                review,
                end);
    }

    static Ground ground(String step) {
        return new Ground.UnansweredNotices(
                List.of(new Ground.Unanswered(Hash.sha256(new byte[] {2}), PROOF)), step);
    }

    static Course drafted() {
        return Course.drafted(order(), LIMITS, "dewi", DIGEST);
    }

    static Course approved() {
        return of(approval("budi", 1), approval("citra", 2));
    }

    /** In force from {@link #EFFECT}. */
    static Course announced() {
        return approved().with(new OrderEvent.Announced(PROOF, hours(3)));
    }

    static Course of(OrderEvent... events) {
        return Stream.of(events).reduce(drafted(), Course::with, (one, _) -> one);
    }

    static OrderEvent approval(String by, int hours) {
        return new OrderEvent.Approved(by, DIGEST, false, hours(hours));
    }

    static OrderEvent lift(Instant at, DomainName... names) {
        return new OrderEvent.LiftOrdered(
                Set.of(names), "Conditions met.", "dewi", Optional.empty(), at);
    }

    static OrderEvent measured(Instant at, Set<DomainName> open, Set<DomainName> unreachable) {
        return new OrderEvent.LiftMeasured(open, unreachable, at);
    }

    static Instant hours(int hours) {
        return DRAFT.plus(Duration.ofHours(hours));
    }
}
