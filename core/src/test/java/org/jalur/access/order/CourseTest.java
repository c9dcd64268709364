package org.jalur.access.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jalur.access.order.Orders.A;
import static org.jalur.access.order.Orders.ANSWERS;
import static org.jalur.access.order.Orders.B;
import static org.jalur.access.order.Orders.DIGEST;
import static org.jalur.access.order.Orders.EFFECT;
import static org.jalur.access.order.Orders.END;
import static org.jalur.access.order.Orders.LIMITS;
import static org.jalur.access.order.Orders.PROOF;
import static org.jalur.access.order.Orders.SIGNED;
import static org.jalur.access.order.Orders.announced;
import static org.jalur.access.order.Orders.approval;
import static org.jalur.access.order.Orders.approved;
import static org.jalur.access.order.Orders.drafted;
import static org.jalur.access.order.Orders.hours;
import static org.jalur.access.order.Orders.lift;
import static org.jalur.access.order.Orders.measured;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.agreement.AccessBlockTerms.People;
import org.jalur.agreement.SampleAgreement;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Instant LATER = EFFECT.plus(Duration.ofDays(1));

    @Test
    void drafterIsNoApproverAndOneApproverIsNotTwo() {
        assertThat(refused(drafted(), approval("dewi", 1))).isEqualTo(AccessRule.APPROVER);
        Course once = drafted().with(approval("budi", 1));

        assertThat(once.at(hours(1)).state()).isEqualTo(new BlockState.ApprovedByOne("budi"));
        assertThat(refused(once, approval("budi", 2))).isEqualTo(AccessRule.APPROVER);
        assertThat(refused(once, new OrderEvent.Announced(PROOF, hours(2))))
                .isEqualTo(AccessRule.STATE);
        assertThat(refused(approved(), approval("eko", 3))).isEqualTo(AccessRule.STATE);
    }

    @Test
    void approverApprovesOnlyWhatWasShown() {
        var other = new OrderEvent.Approved("budi", Hash.sha256(new byte[] {9}), false, hours(1));

        assertThat(refused(drafted(), other)).isEqualTo(AccessRule.NOT_READ);
    }

    @Test
    void reachBelowNamesIsConfirmedExpressly() {
        Course wide =
                Course.drafted(Orders.order(BlockedName.withSubdomains(A)), LIMITS, "dewi", DIGEST);

        assertThat(refused(wide, approval("budi", 1))).isEqualTo(AccessRule.SUBDOMAINS);
        assertThat(
                        wide.with(new OrderEvent.Approved("budi", DIGEST, true, hours(1)))
                                .at(hours(1))
                                .state())
                .isEqualTo(new BlockState.ApprovedByOne("budi"));
    }

    @Test
    void nothingIsBlockedBeforeTheNoticePeriodIsOver() {
        Course late = approved().with(new OrderEvent.Announced(PROOF, EFFECT));
        Instant effect = EFFECT.plus(LIMITS.noticePeriod());

        assertThat(late.at(effect.minusSeconds(1)).state())
                .isEqualTo(new BlockState.Announced(EFFECT, effect));
        assertThat(late.at(effect.minusSeconds(1)).inForce()).isEmpty();
        assertThat(late.at(effect).inForce()).hasSize(2);
    }

    @Test
    void announcementAfterTheEndHasNoEffectAtAll() {
        Course late = approved().with(new OrderEvent.Announced(PROOF, END.minusSeconds(60)));

        assertThat(late.at(END.plus(Duration.ofDays(9))).state())
                .isEqualTo(new BlockState.Ended(BlockState.Ending.TOO_LATE, END.minusSeconds(60)));
    }

    @Test
    void orderThatNobodyAnnouncesEndsToo() {
        assertThat(approved().at(END).state())
                .isEqualTo(new BlockState.Ended(BlockState.Ending.TOO_LATE, END));
    }

    @Test
    void endsByItselfAndIsThenLiftedLikeAnyOther() {
        assertThat(announced().at(END.minusSeconds(1)).inForce()).hasSize(2);
        assertThat(announced().at(END).inForce()).isEmpty();
        assertThat(announced().at(END).state())
                .isEqualTo(new BlockState.LiftOrdered(BlockState.Cause.TERM, END));

        Course lifting = announced().with(new OrderEvent.LiftPublished(7, END.plusSeconds(1)));
        assertThat(lifting.at(END.plusSeconds(2)).state())
                .isEqualTo(
                        new BlockState.Lifting(
                                BlockState.Cause.TERM, END.plusSeconds(1), Set.of(A, B)));
    }

    @Test
    void renewalNeedsTwoPeopleAndKeepsWithinTheLongestTerm() {
        Instant endsAt = LATER.plus(Duration.ofDays(30));

        assertThat(refused(announced(), renewed("budi", "budi", endsAt)))
                .isEqualTo(AccessRule.APPROVER);
        assertThat(refused(announced(), renewed("budi", "citra", endsAt.plusSeconds(1))))
                .isEqualTo(AccessRule.AT_MOST);
        assertThat(refused(announced(), renewed("budi", "citra", END)))
                .isEqualTo(AccessRule.NOT_AFTER);
        Course renewed = announced().with(renewed("budi", "citra", endsAt));
        assertThat(renewed.at(END).inForce()).hasSize(2);
        assertThat(renewed.at(endsAt).inForce()).isEmpty();
    }

    @Test
    void whatHasEndedIsNotRenewed() {
        var tooLate =
                new OrderEvent.Renewed(
                        "Needed.",
                        "budi",
                        "citra",
                        END.plus(Duration.ofDays(1)),
                        END.plus(Duration.ofDays(2)),
                        END);

        assertThat(refused(announced(), tooLate)).isEqualTo(AccessRule.STATE);
    }

    @Test
    void partOfTheNamesIsLiftedAndTheRestStaysInForce() {
        Course part = announced().with(lift(LATER, A));

        assertThat(part.at(LATER).inForce()).containsExactly(BlockedName.exactly(B));
        assertThat(part.at(LATER).state())
                .isEqualTo(new BlockState.InForce(EFFECT, END, 0, Set.of(A)));
        assertThat(refused(part, lift(LATER, A))).isEqualTo(AccessRule.NOT_IN_FORCE);
    }

    @Test
    void liftNeedsTwoPeopleWhereTheAgreementWantsIt() {
        Course strict =
                Course.drafted(Orders.order(), Orders.limits(People.TWO), "dewi", DIGEST)
                        .with(approval("budi", 1))
                        .with(approval("citra", 2))
                        .with(new OrderEvent.Announced(PROOF, hours(3)));

        assertThat(refused(strict, lift(LATER, A))).isEqualTo(AccessRule.SECOND);
        assertThat(refused(strict, liftBy("dewi", "dewi"))).isEqualTo(AccessRule.SECOND);
        assertThat(strict.with(liftBy("dewi", "budi")).at(LATER).inForce())
                .containsExactly(BlockedName.exactly(B));
    }

    private static OrderEvent liftBy(String one, String other) {
        return new OrderEvent.LiftOrdered(Set.of(A), "Enough.", one, Optional.of(other), LATER);
    }

    @Test
    void zoneWithTheNamesIsPublishedOnlyWhileTheyAreInForce() {
        var published = new OrderEvent.BlockPublished(7, EFFECT);

        assertThat(announced().with(published).at(EFFECT).inForce()).hasSize(2);
        assertThat(refused(announced(), new OrderEvent.BlockPublished(7, hours(4))))
                .isEqualTo(AccessRule.STATE);
        assertThat(refused(announced(), new OrderEvent.BlockPublished(7, END)))
                .isEqualTo(AccessRule.STATE);
    }

    @Test
    void whatDidNotFitWhereItsTimePutsItDidNotHappen() {
        Course course =
                drafted()
                        .withAll(
                                List.of(
                                        lift(LATER, A),
                                        new OrderEvent.Announced(PROOF, hours(3)),
                                        approval("budi", 2),
                                        approval("dewi", 0),
                                        approval("citra", 1),
                                        lift(hours(4), B)));

        assertThat(course.events()).hasSize(4);
        assertThat(course.at(LATER).inForce()).containsExactly(BlockedName.exactly(B));
    }

    @Test
    void liftIsDoneOnlyWhenEveryNameIsMeasured() {
        Course lifting =
                announced()
                        .with(lift(LATER, A, B))
                        .with(new OrderEvent.LiftPublished(7, LATER.plusSeconds(1)))
                        .with(measured(LATER.plusSeconds(2), Set.of(A), Set.of()));

        assertThat(lifting.at(LATER.plusSeconds(3)).state())
                .isEqualTo(
                        new BlockState.Lifting(
                                BlockState.Cause.ORDERED, LATER.plusSeconds(1), Set.of(B)));
        assertThat(
                        lifting.with(measured(LATER.plusSeconds(9), Set.of(B), Set.of()))
                                .at(LATER.plusSeconds(9))
                                .state())
                .isEqualTo(new BlockState.Lifted(BlockState.Cause.ORDERED, LATER.plusSeconds(9)));
    }

    @Test
    void unreachableNamesAreToldUntilTheyAreMeasuredOpen() {
        Instant at = LATER.plusSeconds(2);
        Course except =
                announced()
                        .with(lift(LATER, A, B))
                        .with(new OrderEvent.LiftPublished(7, LATER.plusSeconds(1)))
                        .with(measured(at, Set.of(A), Set.of(B)));

        assertThat(except.at(at).state())
                .isEqualTo(
                        new BlockState.LiftedExceptUnreachable(
                                BlockState.Cause.ORDERED, at, Set.of(B)));
        assertThat(
                        except.with(measured(at.plusSeconds(1), Set.of(B), Set.of()))
                                .at(at.plusSeconds(1))
                                .state())
                .isInstanceOf(BlockState.Lifted.class);
    }

    @Test
    void measuringCountsOnlyAfterAZoneWithoutTheNameWasPublished() {
        Course ordered = announced().with(lift(LATER, A));

        assertThat(refused(ordered, measured(LATER, Set.of(A), Set.of())))
                .isEqualTo(AccessRule.NOT_LIFTED);
        assertThat(refused(announced(), new OrderEvent.LiftPublished(7, LATER)))
                .isEqualTo(AccessRule.STATE);
        Course published = ordered.with(new OrderEvent.LiftPublished(7, LATER));
        assertThat(refused(published, measured(LATER, Set.of(A), Set.of(A))))
                .isEqualTo(AccessRule.TWICE);
        assertThat(refused(published, measured(LATER, Set.of(B), Set.of())))
                .isEqualTo(AccessRule.NOT_LIFTED);
    }

    @Test
    void liftIsProposedOnceEveryConditionIsMetAndNotBefore() {
        var record = new Condition.Evidence.JournaledRecord(DIGEST);
        var message = new Condition.Evidence.SignedMessage(DIGEST);
        Course one = announced().with(new OrderEvent.ConditionMet(ANSWERS, record, LATER));

        assertThat(one.at(LATER).proposal()).isEmpty();
        assertThat(one.at(LATER).unmet()).containsExactly(SIGNED);
        assertThat(refused(one, new OrderEvent.ConditionMet(SIGNED, record, LATER)))
                .isEqualTo(AccessRule.EVIDENCE);
        assertThat(
                        refused(
                                one,
                                new OrderEvent.ConditionMet(
                                        new Condition.Other("a wish"), record, LATER)))
                .isEqualTo(AccessRule.CONDITION);
        assertThat(
                        one.with(new OrderEvent.ConditionMet(SIGNED, message, LATER))
                                .at(LATER)
                                .proposal())
                .contains(Standing.Proposal.CONDITIONS_MET);
    }

    @Test
    void promiseAndUpheldObjectionProposeALiftToo() {
        Course promised = announced().with(new OrderEvent.LiftPromised(LATER, EFFECT));
        assertThat(promised.at(EFFECT).proposal()).isEmpty();
        assertThat(promised.at(LATER).proposal()).contains(Standing.Proposal.PROMISE_DUE);

        Course objected = announced().with(new OrderEvent.Objected("K-1", LATER, EFFECT));
        assertThat(objected.at(EFFECT).objections()).hasSize(1);
        assertThat(objected.at(EFFECT).inForce()).hasSize(2);
        Course upheld =
                objected.with(new OrderEvent.ObjectionAnswered("K-1", true, "Right.", EFFECT));
        assertThat(upheld.at(EFFECT).objections()).isEmpty();
        assertThat(upheld.at(EFFECT).proposal()).contains(Standing.Proposal.OBJECTION_UPHELD);
        assertThat(refused(upheld, new OrderEvent.ObjectionAnswered("K-1", true, "Right.", EFFECT)))
                .isEqualTo(AccessRule.OBJECTION);
    }

    @Test
    void reviewIsDueOnlyWhileSomethingIsBlocked() {
        Instant review = Orders.REVIEW;

        assertThat(announced().at(review).isReviewDue(review)).isTrue();
        assertThat(announced().at(LATER).isReviewDue(LATER)).isFalse();
        assertThat(announced().at(END).isReviewDue(END)).isFalse();
    }

    @Test
    void withdrawnBeforeItsEffectItNeverComesInForce() {
        Course withdrawn = announced().with(new OrderEvent.Withdrawn("They answered.", hours(5)));

        assertThat(withdrawn.at(END).state())
                .isEqualTo(new BlockState.Ended(BlockState.Ending.WITHDRAWN, hours(5)));
        assertThat(refused(announced(), new OrderEvent.Withdrawn("Too late.", EFFECT)))
                .isEqualTo(AccessRule.STATE);
    }

    @Test
    void nothingIsRecordedBeforeWhatWasRecordedAlready() {
        assertThat(refused(approved(), new OrderEvent.Announced(PROOF, hours(1))))
                .isEqualTo(AccessRule.EARLIER);
    }

    @Test
    void agreementDecidesWhatAnOrderMayHold() {
        assertThat(
                        notAllowed(
                                Orders.order(
                                        EFFECT, EFFECT.plusSeconds(9), END.plusSeconds(1), two())))
                .isEqualTo(AccessRule.AT_MOST);
        assertThat(notAllowed(Orders.order(EFFECT, END, END, two()))).isEqualTo(AccessRule.AT_MOST);
        Limits other =
                new Limits(
                        Set.of("Lembaga Lain"),
                        Optional.of("ST3"),
                        LIMITS.noticePeriod(),
                        LIMITS.longest(),
                        LIMITS.review(),
                        1,
                        LIMITS.liftBy(),
                        LIMITS.zone());
        InvalidAccessException e =
                catchThrowableOfType(
                        InvalidAccessException.class, () -> other.check(Orders.order()));
        assertThat(e)
                .hasMessage(
                        "organisation is \"Kementerian Contoh\"; only these may order a block:"
                                + " [Lembaga Lain]");
    }

    @Test
    void limitsAreReadFromTheAgreement() {
        Limits limits = Limits.of(SampleAgreement.agreement()).orElseThrow();

        assertThat(limits.organisations()).containsExactly(SampleAgreement.ORGANISATION);
        assertThat(limits.ladderStep()).contains("Access block possible");
        assertThat(limits.noticePeriod()).isPositive();
        assertThat(limits.zone()).isEqualTo(SampleAgreement.calendar().zone());
    }

    @Test
    void blockWithoutTheLadderOrBeforeItsLastStepIsRefused() {
        AccessOrder order = Orders.order();
        assertThat(notAllowed(withGround(order, new Ground.Other("Because."))))
                .isEqualTo(AccessRule.LADDER_NEEDED);
        assertThat(notAllowed(withGround(order, Orders.ground("ST1")))).isEqualTo(AccessRule.STEP);
    }

    @Test
    void orderNamesEachNameOnce() {
        InvalidAccessException e =
                catchThrowableOfType(
                        InvalidAccessException.class,
                        () -> Orders.order(BlockedName.exactly(A), BlockedName.withSubdomains(A)));

        assertThat(e.rule()).isEqualTo(AccessRule.TWICE);
    }

    private static OrderEvent renewed(String by, String alsoBy, Instant endsAt) {
        return new OrderEvent.Renewed(
                "Still no answer.", by, alsoBy, LATER.plus(Duration.ofDays(7)), endsAt, LATER);
    }

    private static AccessOrder withGround(AccessOrder order, Ground ground) {
        return new AccessOrder(
                order.reference(),
                order.organisation(),
                order.names(),
                ground,
                order.legalBasis(),
                order.scope(),
                order.conditions(),
                order.takesEffectAt(),
                order.reviewAt(),
                order.endsAt());
    }

    private static BlockedName[] two() {
        return List.of(BlockedName.exactly(A), BlockedName.exactly(B)).toArray(BlockedName[]::new);
    }

    private static AccessRule notAllowed(AccessOrder order) {
        return catchThrowableOfType(InvalidAccessException.class, () -> LIMITS.check(order)).rule();
    }

    private static AccessRule refused(Course course, OrderEvent event) {
        return catchThrowableOfType(InvalidAccessException.class, () -> course.with(event)).rule();
    }
}
