package org.jalur.access.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.access.order.Orders.A;
import static org.jalur.access.order.Orders.B;
import static org.jalur.access.order.Orders.LIMITS;

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
import org.jalur.access.InvalidAccessException;
import org.jalur.access.text.EventText;
import org.junit.jupiter.api.Test;

/** Random events at random hours; whatever is taken, what is blocked stays within the rules. */
class CoursePropertyTest {
    private static final int ROUNDS = 1_000;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Condition.Evidence MESSAGE =
            new Condition.Evidence.SignedMessage(Orders.DIGEST);

    @Test
    void whatIsBlockedIsApprovedAnnouncedWithinItsTermAndNotLifted() {
        var random = new Random(2017);
        int blocked = 0;
        int renewed = 0;
        int lifted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Course course = course(random);
            for (int hours = 0; hours < 24 * 90; hours += 1 + random.nextInt(24)) {
                Instant now = Orders.hours(hours);
                Standing standing = course.at(now);
                List<OrderEvent> past =
                        course.events().stream().filter(one -> !one.at().isAfter(now)).toList();
                if (!standing.inForce().isEmpty()) {
                    blocked++;
                    assertBlockedRightly(course, standing, past, now);
                }
                renewed += of(past, OrderEvent.Renewed.class).size();
                if (standing.state() instanceof BlockState.Lifted) {
                    lifted++;
                    assertThat(measuredOpen(past)).containsExactlyInAnyOrder(A, B);
                }
            }
        }
        assertThat(blocked).isGreaterThan(1_000);
        assertThat(renewed).isGreaterThan(100);
        assertThat(lifted).isGreaterThan(100);
    }

    @Test
    void nameThatWasLiftedIsNeverBlockedAgain() {
        var random = new Random(2018);
        for (int round = 0; round < ROUNDS; round++) {
            Course course = course(random);
            Set<BlockedName> left = new HashSet<>(course.order().names());
            boolean began = false;
            for (int hours = 0; hours < 24 * 90; hours += 5) {
                List<BlockedName> inForce = course.at(Orders.hours(hours)).inForce();
                began |= !inForce.isEmpty();
                if (began) {
                    assertThat(left).containsAll(inForce);
                    left.retainAll(inForce);
                }
            }
        }
    }

    @Test
    void pastDoesNotChangeByWhatHappensLater() {
        var random = new Random(2019);
        for (int round = 0; round < 200; round++) {
            Course course = course(random);
            Course before = Orders.drafted();
            for (OrderEvent event : course.events()) {
                Instant justBefore = event.at().minusSeconds(1);
                assertThat(course.at(justBefore)).isEqualTo(before.at(justBefore));
                before = before.with(event);
            }
        }
    }

    /** What one side sends the other reads, in another order, with what never fitted among it. */
    @Test
    void bothSidesWorkOutTheSameFromTheSameMessagesInWhateverOrderTheyCome() {
        var random = new Random(2020);
        int told = 0;
        for (int round = 0; round < 300; round++) {
            List<OrderEvent> sent = new ArrayList<>();
            int hours = 0;
            for (int i = 0; i < 30; i++) {
                hours += random.nextInt(i < 12 ? 6 : 90);
                sent.add(event(random, Orders.hours(hours)));
            }
            List<OrderEvent> received = new ArrayList<>();
            for (OrderEvent event : sent) {
                OrderEvent read = EventText.read(EventText.write(event));
                assertThat(read).isEqualTo(event);
                received.add(read);
            }
            Collections.shuffle(received, random);

            Course here = Orders.drafted().withAll(sent);
            Course there = Orders.drafted().withAll(received);

            assertThat(there.events()).isEqualTo(here.events());
            for (int at = 0; at < 24 * 90; at += 7) {
                Standing standing = here.at(Orders.hours(at));
                assertThat(there.at(Orders.hours(at))).isEqualTo(standing);
                told += standing.inForce().isEmpty() ? 0 : 1;
            }
        }
        assertThat(told).isGreaterThan(300);
    }

    private static void assertBlockedRightly(
            Course course, Standing standing, List<OrderEvent> past, Instant now) {
        var approvals = of(past, OrderEvent.Approved.class);
        assertThat(approvals.stream().map(OrderEvent.Approved::by).distinct()).hasSize(2);
        var announced = of(past, OrderEvent.Announced.class).getFirst();
        assertThat(announced.at().plus(LIMITS.noticePeriod())).isBeforeOrEqualTo(now);
        assertThat(course.order().takesEffectAt()).isBeforeOrEqualTo(now);
        // Nobody's reasons are older than the longest term.
        var renewals = of(past, OrderEvent.Renewed.class);
        Instant reasons =
                renewals.isEmpty() ? course.order().takesEffectAt() : renewals.getLast().at();
        assertThat(now).isBefore(reasons.plus(LONGEST));
        assertThat(now).isBefore(standing.endsAt());
        Set<DomainName> lifted =
                of(past, OrderEvent.LiftOrdered.class).stream()
                        .flatMap(lift -> lift.names().stream())
                        .collect(Collectors.toSet());
        assertThat(standing.inForce()).noneMatch(name -> lifted.contains(name.name()));
        assertThat(of(past, OrderEvent.Withdrawn.class)).isEmpty();
    }

    private static Set<DomainName> measuredOpen(List<OrderEvent> past) {
        return of(past, OrderEvent.LiftMeasured.class).stream()
                .flatMap(measured -> measured.open().stream())
                .collect(Collectors.toSet());
    }

    private static <T extends OrderEvent> List<T> of(List<OrderEvent> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static Course course(Random random) {
        Course course = Orders.drafted();
        int hours = 0;
        for (int i = 0; i < 40; i++) {
            hours += random.nextInt(i < 12 ? 12 : 120);
            try {
                course = course.with(event(random, Orders.hours(hours)));
            } catch (InvalidAccessException _) {
                // Refused: it did not happen.
            }
        }
        return course;
    }

    private static OrderEvent event(Random random, Instant at) {
        String[] people = {"dewi", "budi", "citra"};
        String by = people[random.nextInt(3)];
        Set<DomainName> some =
                switch (random.nextInt(3)) {
                    case 0 -> Set.of(A);
                    case 1 -> Set.of(B);
                    default -> Set.of(A, B);
                };
        Duration days = Duration.ofDays(random.nextInt(40));
        return switch (random.nextInt(18)) {
            case 0, 1, 2 -> new OrderEvent.Approved(by, Orders.DIGEST, true, at);
            case 3, 4 -> new OrderEvent.Announced(Orders.PROOF, at);
            case 5 ->
                    random.nextInt(20) == 0 ? new OrderEvent.Withdrawn("No.", at) : lift(some, at);
            case 6, 7 ->
                    new OrderEvent.Renewed(
                            "Still.",
                            by,
                            people[random.nextInt(3)],
                            at.plus(Duration.ofDays(1 + random.nextInt(8))),
                            at.plus(days),
                            at);
            case 8, 9 -> new OrderEvent.LiftPublished(random.nextInt(), at);
            case 10 -> Orders.measured(at, some, Set.of());
            case 11 -> Orders.measured(at, Set.of(), some);
            case 12 -> new OrderEvent.BlockPublished(random.nextInt(), at);
            case 13 -> new OrderEvent.ConditionMet(Orders.ANSWERS, MESSAGE, at);
            case 14 -> new OrderEvent.LiftPromised(at.plus(days), at);
            case 15 -> new OrderEvent.Objected("K-" + random.nextInt(3), at.plus(days), at);
            case 16 ->
                    new OrderEvent.ObjectionAnswered(
                            "K-" + random.nextInt(3), random.nextBoolean(), "Sample.", at);
            default -> new OrderEvent.Answered(Orders.DIGEST, at);
        };
    }

    private static OrderEvent lift(Set<DomainName> names, Instant at) {
        return new OrderEvent.LiftOrdered(names, "Enough.", "dewi", Optional.empty(), at);
    }
}
