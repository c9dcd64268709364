package org.jalur.agreement.ladder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Action;
import org.jalur.agreement.SampleAgreement;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

/** Random histories of two nodes that climb, answer, ask and stop, in whole minutes. */
class LadderPropertyTest {
    private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");
    private static final List<Action> BEFORE_THE_BLOCK =
            Arrays.stream(Action.values())
                    .filter(action -> action != Action.ACCESS_BLOCK_POSSIBLE)
                    .toList();
    private static final int ROUNDS = 1_500;
    private static final int CLIMBS = 200;
    private static final int MINUTES = 20_000;

    @Test
    void bothSidesSeeTheSameWhateverTheyLearntFirstOrTwice() {
        var random = new Random(2017);
        for (int round = 0; round < ROUNDS; round++) {
            Ladder ladder = ladder(random);
            ClockRule rule = rule(random);
            List<Event> messages = messages(random);
            List<LadderEvent> events = events(ladder, random);
            Instant now = minute(random.nextInt(MINUTES));

            Standing here = Climb.of(ladder, rule, messages, events, now);
            Standing there =
                    Climb.of(ladder, rule, again(messages, random), again(events, random), now);

            assertThat(there).isEqualTo(here);
        }
    }

    @Test
    void whatIsStillToComeChangesNothingNow() {
        var random = new Random(2018);
        for (int round = 0; round < ROUNDS; round++) {
            Ladder ladder = ladder(random);
            ClockRule rule = rule(random);
            List<Event> messages = messages(random);
            List<LadderEvent> events = events(ladder, random);
            Instant now = minute(random.nextInt(MINUTES));

            assertThat(Climb.of(ladder, rule, messages, events, now))
                    .isEqualTo(
                            Climb.of(
                                    ladder,
                                    rule,
                                    messages.stream()
                                            .filter(one -> !one.at().isAfter(now))
                                            .toList(),
                                    events.stream().filter(one -> !one.at().isAfter(now)).toList(),
                                    now));
        }
    }

    @Test
    void nothingIsTakenBeforeItsAnnouncementHasLastedAsLongAsAgreed() {
        var random = new Random(2019);
        int taken = 0;
        for (int round = 0; round < CLIMBS; round++) {
            Ladder ladder = ladder(random);
            ClockRule rule = rule(random);
            List<Event> messages = new ArrayList<>(List.of(new Event.Received(START)));
            List<LadderEvent> events = new ArrayList<>();
            Instant now = climbed(ladder, rule, messages, events, random);

            for (Standing.Rung rung : Climb.of(ladder, rule, messages, events, now).rungs()) {
                if (rung.state() instanceof StepState.Over(StepState.Ending.Done _, var at)) {
                    Instant announced = at(LadderEvent.Announced.class, rung, events);
                    assertThat(at).isAfterOrEqualTo(announced.plus(rung.step().announcedBefore()));
                    rung.step()
                            .approval()
                            .ifPresent(_ ->
                                    assertThat(at(LadderEvent.Approved.class, rung, events))
                                            .isBetween(announced, at));
                    rung.step()
                            .provenSilence()
                            .ifPresent(silence ->
                                    assertThat(cosigned(events).plus(silence))
                                            .isBeforeOrEqualTo(at));
                    taken++;
                }
            }
        }
        assertThat(taken).isGreaterThan(CLIMBS);
    }

    /** Whoever does what the plan says climbs to the end, and then nothing is left to do. */
    @Test
    void planLeadsToTheEnd() {
        var random = new Random(2020);
        for (int round = 0; round < CLIMBS; round++) {
            Ladder ladder = ladder(random);
            ClockRule rule = rule(random);
            List<Event> messages = new ArrayList<>(List.of(new Event.Received(START)));
            List<LadderEvent> events = new ArrayList<>();

            Instant now = climbed(ladder, rule, messages, events, random);

            assertThat(Plan.of(ladder, rule, messages, events, now).over())
                    .as("%s %s", ladder, events)
                    .isTrue();
        }
    }

    /** Does what the plan says, and what people do, until it is over or for 400 rounds. */
    private static Instant climbed(
            Ladder ladder,
            ClockRule rule,
            List<Event> messages,
            List<LadderEvent> events,
            Random random) {
        Instant now = START;
        for (int i = 0; i < 400; i++) {
            Plan plan = Plan.of(ladder, rule, messages, events, now);
            if (plan.over()) {
                break;
            }
            if (plan.prove()) {
                events.add(new LadderEvent.Cosigned(START.plusSeconds(60)));
            }
            Instant at = now;
            plan.act()
                    .ifPresent(act ->
                            events.add(
                                    switch (act) {
                                        case Plan.Act.Announce(var step) ->
                                                new LadderEvent.Announced(step.name(), at);
                                        case Plan.Act.Take(var step, _) -> done(step, at);
                                    }));
            Standing.Rung rung =
                    Climb.of(ladder, rule, messages, events, now).current().orElse(null);
            if (rung != null) {
                switch (rung.state()) {
                    case StepState.WaitsForApproval(_, var lack) ->
                            events.add(
                                    new LadderEvent.Approved(rung.step().name(), lack.role(), now));
                    case StepState.Due _ when isCall(rung.step()) ->
                            events.add(done(rung.step(), now));
                    case StepState.Behind _,
                            StepState.NoSilence _,
                            StepState.Ahead _,
                            StepState.ToAnnounce _,
                            StepState.Announced _,
                            StepState.WaitsForCosignature _,
                            StepState.Due _,
                            StepState.Over _ -> {}
                }
            }
            Instant next = now.plus(Duration.ofMinutes(1 + random.nextInt(60)));
            now = plan.lookAt().filter(next::isBefore).orElse(next);
        }
        return now;
    }

    private static boolean isCall(Ladder.Step step) {
        return switch (step.action()) {
            case CALL_DUTY_CONTACT, CALL_DEPUTY, CALL_REPRESENTATIVE -> true;
            case REMIND, WARNING, ACCESS_BLOCK_POSSIBLE -> false;
        };
    }

    private static Instant at(
            Class<? extends LadderEvent> kind, Standing.Rung rung, List<LadderEvent> events) {
        return events.stream()
                .filter(kind::isInstance)
                .filter(event -> event.toString().contains("step=" + rung.step().name() + ","))
                .map(LadderEvent::at)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Instant cosigned(List<LadderEvent> events) {
        return events.stream()
                .filter(LadderEvent.Cosigned.class::isInstance)
                .map(LadderEvent::at)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static LadderEvent.Done done(Ladder.Step step, Instant at) {
        return new LadderEvent.Done(
                step.name(),
                new LadderEvent.Proof.Receipt(Hash.sha256(step.name().getBytes(UTF_8))),
                at);
    }

    private static <T> List<T> again(List<T> some, Random random) {
        List<T> again = new ArrayList<>(some);
        again.addAll(some.subList(0, random.nextInt(some.size() + 1)));
        Collections.shuffle(again, random);
        return again;
    }

    private static Ladder ladder(Random random) {
        List<Ladder.Step> steps = new ArrayList<>();
        boolean warned = false;
        for (int i = 0, most = 2 + random.nextInt(4); i < most; i++) {
            Action action = BEFORE_THE_BLOCK.get(random.nextInt(BEFORE_THE_BLOCK.size()));
            warned |= action == Action.WARNING;
            steps.add(step("S" + i, action, random));
        }
        if (warned && random.nextBoolean()) {
            steps.add(step("Block", Action.ACCESS_BLOCK_POSSIBLE, random));
        }
        Ladder.Start start =
                random.nextBoolean()
                        ? new Ladder.Start.Received()
                        : new Ladder.Start.Acknowledged(
                                Duration.ofMinutes(1 + random.nextInt(600)));
        return new Ladder(Ladder.Silence.NOTICE, Ladder.Side.AUTHORITY, start, steps);
    }

    private static Ladder.Step step(String name, Action action, Random random) {
        boolean rests = action.restsOnSilence();
        return new Ladder.Step(
                name,
                action,
                Duration.ofMinutes(random.nextInt(600)),
                Duration.ofMinutes(1 + random.nextInt(120)),
                rests || random.nextInt(3) == 0 ? Optional.of("approver") : Optional.empty(),
                rests
                        ? Optional.of(Duration.ofMinutes(1 + random.nextInt(600)))
                        : Optional.empty());
    }

    private static ClockRule rule(Random random) {
        return new ClockRule(
                new Ladder.Start.Received(),
                Allowance.within(Duration.ofMinutes(1 + random.nextInt(600))),
                random.nextBoolean()
                        ? List.of()
                        : List.of(
                                new Deadline.Stop(
                                        Deadline.Cause.QUESTION,
                                        Optional.of(Duration.ofMinutes(1 + random.nextInt(600))))),
                SampleAgreement.agreement().calendar());
    }

    private static List<Event> messages(Random random) {
        List<Event> messages = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            messages.add(new Event.Received(START));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            Instant at = minute(random.nextInt(MINUTES));
            messages.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Event.Asked(at);
                        case 1 -> new Event.Answered(at);
                        case 2 -> new Event.Tendered(at);
                        case 3 -> new Event.Decided(at);
                        default -> new Event.Acknowledged(at);
                    });
        }
        return messages;
    }

    private static List<LadderEvent> events(Ladder ladder, Random random) {
        List<LadderEvent> events = new ArrayList<>();
        for (int i = random.nextInt(25); i > 0; i--) {
            Ladder.Step step = ladder.steps().get(random.nextInt(ladder.steps().size()));
            Instant at = minute(random.nextInt(MINUTES));
            events.add(
                    switch (random.nextInt(9)) {
                        case 0, 1, 2 -> new LadderEvent.Announced(step.name(), at);
                        case 3, 4 ->
                                new LadderEvent.Approved(
                                        step.name(), random.nextBoolean() ? "approver" : "x", at);
                        case 5, 6 -> done(step, at);
                        case 7 -> new LadderEvent.Cosigned(at);
                        default -> new LadderEvent.Stopped(step.name(), "Sample reason", at);
                    });
        }
        return events;
    }

    private static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
