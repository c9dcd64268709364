package org.jalur.access.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.jalur.access.order.Orders.A;
import static org.jalur.access.order.Orders.ANSWERS;
import static org.jalur.access.order.Orders.B;
import static org.jalur.access.order.Orders.EFFECT;
import static org.jalur.access.order.Orders.END;
import static org.jalur.access.order.Orders.SIGNED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.order.DueLift.Cause;
import org.junit.jupiter.api.Test;

/** From when an access block should be lifted. */
class DueLiftTest {
    private static final Condition.Evidence SHOWN =
            new Condition.Evidence.SignedMessage(Orders.DIGEST);

    private static OrderEvent met(Condition condition, Instant at) {
        return new OrderEvent.ConditionMet(condition, SHOWN, at);
    }

    private static OrderEvent promise(Instant liftAt, Instant at) {
        return new OrderEvent.LiftPromised(liftAt, at);
    }

    private static Instant days(int days) {
        return EFFECT.plus(Duration.ofDays(days));
    }

    @Test
    void orderThatNeverComesInForceHasNothingToLift() {
        assertThat(DueLift.of(Orders.approved())).isEmpty();
        assertThat(
                        DueLift.of(
                                Orders.announced()
                                        .with(new OrderEvent.Withdrawn("Sample", Orders.hours(5)))))
                .isEmpty();
    }

    @Test
    void withoutAnotherWordItIsDueAtItsEndAndARenewalPutsThatOff() {
        assertThat(DueLift.of(Orders.announced()))
                .containsExactly(new DueLift(Cause.TERM, Optional.empty(), Set.of(A, B), END));

        OrderEvent renewed =
                new OrderEvent.Renewed("Sample", "budi", "citra", days(32), days(40), days(27));
        assertThat(DueLift.of(Orders.announced().with(renewed)))
                .containsExactly(
                        new DueLift(Cause.TERM, Optional.of(renewed), Set.of(A, B), days(40)));
    }

    @Test
    void itIsDueWithTheLastConditionNotWithTheFirst() {
        OrderEvent last = met(SIGNED, days(3));
        Course course = Orders.announced().with(met(ANSWERS, days(1)));
        assertThat(DueLift.of(course)).extracting(DueLift::cause).containsExactly(Cause.TERM);
        assertThat(DueLift.of(course.with(last)))
                .containsExactly(
                        new DueLift(
                                Cause.CONDITIONS_MET, Optional.of(last), Set.of(A, B), days(3)));
    }

    @Test
    void conditionsThatAreMetBeforeTheEffectMakeItDueWithTheEffect() {
        Course course =
                Orders.announced()
                        .with(met(ANSWERS, Orders.hours(4)))
                        .with(met(SIGNED, Orders.hours(5)));

        assertThat(DueLift.of(course)).extracting(DueLift::since).containsExactly(EFFECT);
    }

    @Test
    void laterPromiseMovesOnlyWhatIsNotDueYet() {
        Course moved =
                Orders.announced().with(promise(days(3), days(1))).with(promise(days(5), days(2)));
        assertThat(DueLift.of(moved)).extracting(DueLift::since).containsExactly(days(5));

        Course late = moved.with(promise(days(9), days(6)));
        assertThat(DueLift.of(late)).extracting(DueLift::since).containsExactly(days(5));

        OrderEvent twice = promise(days(3), days(1));
        assertThat(DueLift.of(Orders.announced().with(twice).with(twice)))
                .as("said twice at the same moment")
                .extracting(DueLift::since)
                .containsExactly(days(3));
    }

    @Test
    void upheldObjectionMakesItDueAndADismissedOneDoesNot() {
        Course objected = Orders.announced().with(new OrderEvent.Objected("K-1", days(2), days(1)));
        assertThat(
                        DueLift.of(
                                objected.with(
                                        new OrderEvent.ObjectionAnswered(
                                                "K-1", false, "Sample", days(2)))))
                .extracting(DueLift::cause)
                .containsExactly(Cause.TERM);
        assertThat(
                        DueLift.of(
                                objected.with(
                                        new OrderEvent.ObjectionAnswered(
                                                "K-1", true, "Sample", days(2)))))
                .extracting(DueLift::cause)
                .containsExactly(Cause.OBJECTION_UPHELD);
    }

    @Test
    void namesAreInTheLiftThatCameFirst() {
        Course course =
                Orders.announced()
                        .with(Orders.lift(days(1), A))
                        .with(promise(days(3), days(2)))
                        .with(Orders.lift(days(4), B));

        assertThat(DueLift.of(course))
                .extracting(DueLift::cause, DueLift::names, DueLift::since)
                .containsExactly(
                        tuple(Cause.ORDERED, Set.of(A), days(1)),
                        tuple(Cause.PROMISED, Set.of(B), days(3)));
    }

    @Test
    void itIsConfirmedWithTheLastNameMeasuredOrOutOfReach() {
        DueLift lift = DueLift.of(Orders.announced().with(Orders.lift(days(1), A, B))).getFirst();
        OrderEvent.LiftMeasured one =
                (OrderEvent.LiftMeasured) Orders.measured(days(2), Set.of(A), Set.of());
        OrderEvent.LiftMeasured other =
                (OrderEvent.LiftMeasured) Orders.measured(days(3), Set.of(), Set.of(B));

        assertThat(lift.confirmedBy(List.of())).isEmpty();
        assertThat(lift.confirmedBy(List.of(one))).isEmpty();
        assertThat(lift.confirmedBy(List.of(one, other))).contains(other);
    }

    /** Whatever happens: the rule says the same as what people are shown, moment by moment. */
    @Test
    void namesAreDueOnceALiftWasProposedOrTheyAreNotInForceAnyMore() {
        var random = new Random(2026);
        int proposed = 0;
        int lifted = 0;
        for (int round = 0; round < 500; round++) {
            Course course = CoursePropertyTest.course(random);
            List<DueLift> lifts = DueLift.of(course);
            List<DomainName> all = lifts.stream().flatMap(one -> one.names().stream()).toList();
            assertThat(all).doesNotHaveDuplicates();
            assertThat(all).hasSize(course.effectAt(Instant.MAX).isPresent() ? 2 : 0);
            Set<DomainName> due = new HashSet<>();
            for (int hours = 0; hours < 24 * 90; hours++) {
                Instant now = Orders.hours(hours);
                Standing standing = course.at(now);
                Set<DomainName> inForce =
                        standing.inForce().stream()
                                .map(BlockedName::name)
                                .collect(Collectors.toSet());
                if (course.effectAt(Instant.MAX).filter(at -> !now.isBefore(at)).isPresent()) {
                    if (standing.proposal().isPresent()) {
                        due.addAll(inForce);
                        proposed++;
                    }
                    for (DomainName name : List.of(A, B)) {
                        if (!inForce.contains(name)) {
                            due.add(name);
                            lifted++;
                        }
                    }
                }
                assertThat(dueAt(lifts, now)).as("%s at %s", course.events(), now).isEqualTo(due);
            }
        }
        assertThat(proposed).isGreaterThan(1_000);
        assertThat(lifted).isGreaterThan(1_000);
    }

    private static Set<DomainName> dueAt(List<DueLift> lifts, Instant now) {
        return lifts.stream()
                .filter(one -> !one.since().isAfter(now))
                .flatMap(one -> one.names().stream())
                .collect(Collectors.toSet());
    }

    @Test
    void whatHasBeenDueStaysDueAndBothSidesWorkOutTheSame() {
        var random = new Random(2027);
        int seen = 0;
        for (int round = 0; round < 300; round++) {
            Course course = CoursePropertyTest.course(random);
            Course known = Orders.drafted();
            for (OrderEvent event : course.events()) {
                Instant before = event.at().minusSeconds(1);
                List<DueLift> then = begun(known, before);
                seen += then.size();
                assertThat(begun(course, before)).isEqualTo(then);
                known = known.with(event);
            }
            List<OrderEvent> shuffled = new ArrayList<>(course.events());
            Collections.shuffle(shuffled, random);
            assertThat(DueLift.of(Orders.drafted().withAll(shuffled)))
                    .isEqualTo(DueLift.of(Orders.drafted().withAll(course.events())));
        }
        assertThat(seen).isGreaterThan(300);
    }

    private static List<DueLift> begun(Course course, Instant now) {
        return DueLift.of(course).stream().filter(one -> !one.since().isAfter(now)).toList();
    }
}
