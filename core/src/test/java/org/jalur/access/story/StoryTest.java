package org.jalur.access.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Concern;
import org.jalur.access.check.Proportionality;
import org.jalur.access.check.ProportionalityCheck;
import org.jalur.access.check.Surroundings;
import org.jalur.access.check.Wanted;
import org.jalur.access.measure.Cell;
import org.jalur.access.measure.LiftReading;
import org.jalur.access.measure.Measurement;
import org.jalur.access.measure.NameState;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.BlockState;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Course;
import org.jalur.access.order.Ground;
import org.jalur.access.order.Limits;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.order.Scope;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.log.Hash;
import org.jalur.notice.NoticeFacts.LegalBasis;
import org.jalur.screening.url.PublicSuffixes;
import org.junit.jupiter.api.Test;

/** The story, replayed through the rules. What the facts do not tell is made up here. */
class StoryTest {
    private static final Instant ORDERED = minute(Happening.BLOCK_ORDERED);
    private static final Instant LIFT = minute(Happening.LIFT_ORDERED);
    private static final Hash DIGEST = Hash.sha256(new byte[] {1});
    private static final LadderEvent.Proof ATTEMPT = new LadderEvent.Proof.Attempt(DIGEST);

    /** Made up, with an hour of notice. */
    private static final Limits LIMITS =
            new Limits(
                    Set.of("Kemkominfo"),
                    Optional.empty(),
                    Duration.ofHours(1),
                    Period.ofDays(30),
                    Period.ofDays(7),
                    20,
                    AccessBlockTerms.People.ONE,
                    When.ZONE);

    @Test
    void happeningsAreInOrderAndAsPreciseAsTheyAreKnown() {
        assertThat(Stream.of(Happening.values()).map(one -> one.when().day()))
                .isSorted()
                .startsWith(LocalDate.of(2016, 3, 29))
                .endsWith(LocalDate.of(2017, 8, 10));
        assertThat(ORDERED).isEqualTo("2017-07-14T04:30:00Z");
        assertThat(LIFT).isEqualTo("2017-08-10T03:46:00Z");
    }

    @Test
    void fiveOfElevenNamesStayedDead() {
        assertThat(Story.blocked()).hasSize(11).doesNotHaveDuplicates();
        assertThat(Story.stillBlocked()).hasSize(5).isSubsetOf(Story.blocked());
        assertThat(Story.controls()).doesNotContainAnyElementsOf(Story.blocked());
    }

    @Test
    void checkWouldHaveAskedForReasonsAndForbiddenTheControls() {
        var surroundings =
                new Surroundings(
                        Set.of(),
                        Set.of(),
                        Set.copyOf(Story.controls()),
                        Map.of(DomainName.read("t.me"), "every public channel link"),
                        Set.of(),
                        Set.of());
        var check =
                new ProportionalityCheck(
                        PublicSuffixes.bundled(), surroundings, DomainName.read("rpz.example"));

        Proportionality eleven =
                check.check(
                        Story.blocked().stream()
                                .map(name -> new Wanted(name.ascii(), false))
                                .toList());
        assertThat(eleven.isForbidden()).isFalse();
        assertThat(eleven.unanswered(Map.of()))
                .extracting(finding -> finding.name() + " " + finding.concern())
                .containsExactlyInAnyOrder(
                        "t.me SHARED_NAME",
                        "t.me REGISTRABLE_DOMAIN",
                        "telegram.me REGISTRABLE_DOMAIN",
                        "telegram.org REGISTRABLE_DOMAIN");
        Proportionality wide = check.check(List.of(new Wanted("telegram.org", true)));
        assertThat(wide.isForbidden()).isTrue();
        assertThat(wide.concerns()).contains(Concern.CONTROL);
    }

    @Test
    void orderEndsByItselfUnlessItIsRenewed() {
        Instant effect = ORDERED.plus(Duration.ofHours(1));

        assertThat(course().at(effect).inForce()).hasSize(11);
        assertThat(course().at(effect.plus(Duration.ofDays(30))).inForce()).isEmpty();
    }

    @Test
    void lateProviderIsFoundAndNamedThatEvening() {
        Course lifting =
                course().with(
                                new OrderEvent.LiftOrdered(
                                        Set.copyOf(Story.blocked()),
                                        Story.CHANNELS_CLOSED + " channels closed.",
                                        "dewi",
                                        Optional.empty(),
                                        LIFT))
                        .with(new OrderEvent.LiftPublished(2, LIFT.plusSeconds(1)));
        Instant evening = ((When.Evening) Happening.STILL_BLOCKED.when()).earliest();
        Set<Cell> cells = new TreeSet<>();
        List<Measurement> measured = new ArrayList<>();
        for (DomainName name : Story.blocked()) {
            for (String resolver : List.of("provider-a", "provider-b")) {
                var cell = new Cell(resolver, name);
                boolean dead = resolver.equals("provider-b") && Story.stillBlocked().contains(name);
                NameState state = dead ? NameState.BLOCKED : NameState.OPEN;
                cells.add(cell);
                measured.add(new Measurement(cell, state, evening, 30));
            }
        }

        LiftReading reading =
                LiftReading.of(cells, LIFT.plusSeconds(1), measured, List.of(), Map.of());

        assertThat(lifting.at(evening).state()).isInstanceOf(BlockState.Lifting.class);
        assertThat(((LiftReading.Waiting) reading).lagging())
                .allMatch(lag -> lag.cell().resolver().equals("provider-b"))
                .extracting(lag -> lag.cell().name())
                .containsExactlyInAnyOrderElementsOf(Story.stillBlocked());
        assertThat(evening).isBefore(LIFT.plus(Story.PROVIDERS_TIME));
    }

    @Test
    void orderOfThatDayWouldNotHaveTakenEffectAtOnce() {
        assertThat(course().at(ORDERED.plusSeconds(3_599)).state())
                .isInstanceOf(BlockState.Announced.class);
        assertThatThrownBy(() ->
                        Course.drafted(
                                order(ORDERED.plus(Duration.ofDays(400))), LIMITS, "dewi", DIGEST))
                .isInstanceOf(InvalidAccessException.class)
                .hasMessageContaining("endsAt");
    }

    private static Course course() {
        Instant effect = ORDERED.plus(Duration.ofHours(1));
        return Course.drafted(order(effect.plus(Duration.ofDays(30))), LIMITS, "dewi", DIGEST)
                .with(new OrderEvent.Approved("budi", DIGEST, false, ORDERED))
                .with(new OrderEvent.Approved("citra", DIGEST, false, ORDERED))
                .with(new OrderEvent.Announced(ATTEMPT, ORDERED));
    }

    private static AccessOrder order(Instant endsAt) {
        Instant effect = ORDERED.plus(Duration.ofHours(1));
        return new AccessOrder(
                "contoh/2017",
                "Kemkominfo",
                Story.blocked().stream().map(BlockedName::exactly).toList(),
                new Ground.Other(Story.MAILS + " e-mails without an answer."),
                new LegalBasis("Dasar hukum contoh", "1"),
                new Scope(Scope.Meant.WEB_ONLY, "Links to channels in any page."),
                List.of(new Condition.AgreementInForce()),
                effect,
                effect.plus(Duration.ofDays(7)),
                endsAt);
    }

    private static Instant minute(Happening happening) {
        return ((When.Minute) happening.when()).instant();
    }
}
