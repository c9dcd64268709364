package org.jalur.agreement.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.SampleAgreement;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Agreement AGREEMENT = SampleAgreement.agreement();
    private static final Set<String> TEXTS = TextKeys.all();

    @Test
    void versionsThatSayTheSameDoNotDiffer() {
        assertThat(Comparison.of(AGREEMENT, SampleAgreement.agreement())).isEmpty();
    }

    @Test
    void everyChangeOfEveryValueIsFoundExactlyOnce() {
        Set<String> fields = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        for (Mutations.Mutation mutation : Mutations.of(AGREEMENT)) {
            fields.add(mutation.field());
            for (Agreement other : mutation.agreements()) {
                changed.add(mutation.field());
                List<Change> changes = Comparison.of(AGREEMENT, other);

                if (changes.size() == 2) {
                    assertOtherElement(changes.getFirst(), changes.getLast(), mutation.where());
                } else {
                    assertThat(changes).as(mutation.where()).hasSize(1);
                    assertThat(changes.getFirst().clause().toString())
                            .isEqualTo(mutation.where().replaceAll("[-?!]$", ""));
                }
                assertThat(Comparison.of(other, AGREEMENT)).hasSameSizeAs(changes);
            }
        }
        fields.removeAll(changed);
        // What is tied to another value, and never changes alone.
        assertThat(fields)
                .containsExactly(
                        "accessBlocks?",
                        "authority.callBack.fingerprint",
                        "authority.identity",
                        "escalation.about",
                        "escalation.climber",
                        "kinds.kind",
                        "platform.callBack.fingerprint",
                        "platform.identity",
                        "version.previous?");
    }

    @Test
    void changeIsToldByTextKeysAndValues() {
        List<Ladder> ladders = new ArrayList<>(SampleAgreement.ladders());
        ladders.removeLast();
        Agreement other = SampleAgreement.with(SampleAgreement.deadlines(), ladders);

        Change change = Comparison.of(AGREEMENT, other).getFirst();

        assertThat(change.textKey()).isEqualTo("agreement.change.removed");
        assertThat(change.clause().textKey()).isEqualTo("agreement.clause.escalation");
        assertThat(change.clause().keys()).containsExactly("lift");
        assertThat(change.values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Value.Whole.class,
                        whole ->
                                assertThat(whole.members())
                                        .contains(
                                                new Value.Member(
                                                        "agreement.clause.escalation.climber",
                                                        new Value.Choice(
                                                                "agreement.value.side.platform"))));
    }

    @Test
    void everyClauseAndValueThatCanChangeHasATextKeyOfTheList() {
        for (Outline.Line line : Outline.of(AGREEMENT)) {
            assertThat(TEXTS).contains(line.clause().textKey());
            assertThat(TEXTS).containsAll(keys(line.value()));
        }
        for (Mutations.Mutation mutation : Mutations.of(AGREEMENT)) {
            for (Agreement other : mutation.agreements()) {
                for (Change change : Comparison.of(AGREEMENT, other)) {
                    assertThat(TEXTS).contains(change.textKey(), change.clause().textKey());
                    change.values().forEach(value -> assertThat(TEXTS).containsAll(keys(value)));
                }
            }
        }
    }

    private static List<String> keys(Value value) {
        return switch (value) {
            case Value.Words _,
                    Value.Count _,
                    Value.Time _,
                    Value.Days _,
                    Value.Day _,
                    Value.TimeOfDay _ ->
                    List.of();
            case Value.Choice(var key) -> List.of(key);
            case Value.Several(var values) ->
                    values.stream().flatMap(one -> keys(one).stream()).toList();
            case Value.Whole(var key, var members) ->
                    Stream.concat(
                                    key.stream(),
                                    members.stream()
                                            .flatMap(member ->
                                                    Stream.concat(
                                                            Stream.of(member.textKey()),
                                                            keys(member.value()).stream())))
                            .toList();
        };
    }

    @Test
    void stepsInAnotherOrderAreAChange() {
        Ladder ladder = SampleAgreement.ladders().getFirst();
        List<Ladder.Step> turned = new ArrayList<>(ladder.steps());
        turned.add(3, turned.remove(2));
        Agreement other =
                SampleAgreement.with(
                        SampleAgreement.deadlines(),
                        List.of(
                                new Ladder(
                                        ladder.about(), ladder.climber(), ladder.start(), turned),
                                SampleAgreement.ladders().get(1),
                                SampleAgreement.ladders().getLast()));

        assertThat(Comparison.of(AGREEMENT, other))
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Moved.class,
                        moved -> assertThat(moved.clause()).hasToString("escalation.notice.steps"));
    }

    @Test
    void elementThatIsNewIsToldWhole() {
        Ladder ladder = SampleAgreement.ladders().getFirst();
        List<Ladder.Step> more = new ArrayList<>(ladder.steps());
        more.add(
                2,
                new Ladder.Step(
                        "Deputy",
                        Ladder.Action.CALL_DEPUTY,
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        Optional.empty()));
        Agreement other =
                SampleAgreement.with(
                        SampleAgreement.deadlines(),
                        List.of(
                                new Ladder(ladder.about(), ladder.climber(), ladder.start(), more),
                                SampleAgreement.ladders().get(1),
                                SampleAgreement.ladders().getLast()));

        assertThat(Comparison.of(AGREEMENT, other))
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Added.class,
                        added ->
                                assertThat(added.clause())
                                        .hasToString("escalation.notice.steps.Deputy"));
    }

    /** Another key is another element: one goes, one comes, in the same list. */
    private static void assertOtherElement(Change removed, Change added, String where) {
        assertThat(removed).as(where).isInstanceOf(Change.Removed.class);
        assertThat(added).as(where).isInstanceOf(Change.Added.class);
        assertThat(where).startsWith(removed.clause() + ".");
        assertThat(list(removed)).isEqualTo(list(added));
    }

    private static List<Clause.Step> list(Change change) {
        List<Clause.Step> steps = change.clause().steps();
        assertThat(steps.getLast()).isInstanceOf(Clause.Step.Element.class);
        return steps.subList(0, steps.size() - 1);
    }
}
