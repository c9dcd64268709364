package org.jalur.agreement.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Action;
import org.jalur.agreement.SampleAgreement;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.ladder.StepState.Ending;
import org.jalur.agreement.ladder.StepState.Lack;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

class ClimbTest {
    private static final Agreement AGREEMENT = SampleAgreement.agreement();

    /** Monday noon in Jakarta: the notice comes in, due four hours later. */
    private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");

    private static final Hash MESSAGE = Hash.sha256(new byte[] {7});
    private static final Ladder LADDER =
            new Ladder(
                    Ladder.Silence.NOTICE,
                    Ladder.Side.AUTHORITY,
                    new Ladder.Start.Received(),
                    List.of(
                            step("Reminder", Action.REMIND, -60, 10),
                            step("Call", Action.CALL_DUTY_CONTACT, 60, 10),
                            resting("ST1", Action.WARNING),
                            resting("ST2", Action.WARNING),
                            resting("ST3", Action.WARNING),
                            resting("Access block possible", Action.ACCESS_BLOCK_POSSIBLE)));

    private final List<Event> messages = new ArrayList<>(List.of(new Event.Received(START)));
    private final List<LadderEvent> events = new ArrayList<>();

    @Test
    void nobodyIsSilentBeforeAnythingCameInOrWhileTheClockStands() {
        messages.clear();
        assertThat(state("Reminder", 0)).isEqualTo(new StepState.NoSilence());

        messages.add(new Event.Received(START));
        messages.add(new Event.Asked(at(30)));
        assertThat(state("Reminder", 600)).isEqualTo(new StepState.NoSilence());

        messages.add(new Event.Answered(at(90)));
        assertThat(state("Reminder", 90)).isEqualTo(new StepState.Ahead(at(230), at(240)));
    }

    @Test
    void whatIsKnownToComeIsLookedAtAsItComesAndNobodyIsSilentBefore() {
        Instant before = at(-600);
        Plan plan = Plan.of(LADDER, rule(), messages, events, before);

        assertThat(plan).isEqualTo(new Plan(Optional.empty(), false, Optional.of(START), false));
        assertThat(Plan.of(LADDER, rule(), messages, events, START).lookAt()).contains(at(170));
    }

    @Test
    void stepIsAnnouncedBeforeItHappens() {
        assertThat(state("Reminder", 169)).isEqualTo(new StepState.Ahead(at(170), at(180)));
        assertThat(state("Reminder", 170)).isEqualTo(new StepState.ToAnnounce(at(170)));
        assertThat(state("Call", 170)).isEqualTo(new StepState.Behind());

        announce("Reminder", 172);
        assertThat(state("Reminder", 172))
                .isEqualTo(new StepState.Announced(at(172), at(182), Optional.empty()));
        assertThat(state("Reminder", 182)).isEqualTo(new StepState.Due(at(182)));
    }

    @Test
    void nextStepCountsFromTheOneBefore() {
        announce("Reminder", 170);
        done("Reminder", 185);

        assertThat(state("Reminder", 185)).isEqualTo(done(185));
        assertThat(state("Call", 185)).isEqualTo(new StepState.Ahead(at(235), at(245)));
    }

    @Test
    void stepTakenBeforeItWasDueDoesNotCount() {
        done("Reminder", 100);
        assertThat(state("Reminder", 175)).isEqualTo(new StepState.ToAnnounce(at(170)));

        announce("Reminder", 175);
        done("Reminder", 184);
        assertThat(state("Reminder", 185)).isEqualTo(new StepState.Due(at(185)));
    }

    @Test
    void warningWaitsForItsApprovalByTheRoleAgreed() {
        climbTo("ST1");
        int earliest = 245 + 24 * 60;
        cosigned(1);
        announce("ST1", earliest - 120);

        assertThat(state("ST1", earliest - 1))
                .isEqualTo(
                        new StepState.Announced(
                                at(earliest - 120),
                                at(earliest),
                                Optional.of(new Lack.Approval("approver"))));
        assertThat(state("ST1", earliest + 5))
                .isEqualTo(
                        new StepState.WaitsForApproval(
                                at(earliest), new Lack.Approval("approver")));

        approve("ST1", "officer", earliest + 6);
        assertThat(state("ST1", earliest + 7)).isInstanceOf(StepState.WaitsForApproval.class);
        approve("ST1", "approver", earliest + 8);
        assertThat(state("ST1", earliest + 8)).isEqualTo(new StepState.Due(at(earliest + 8)));
    }

    @Test
    void nobodyApprovesWhatWasNotAnnounced() {
        climbTo("ST1");
        int earliest = 245 + 24 * 60;
        cosigned(1);
        approve("ST1", "approver", earliest - 200);
        announce("ST1", earliest - 120);

        assertThat(state("ST1", earliest)).isInstanceOf(StepState.WaitsForApproval.class);
    }

    @Test
    void warningWithoutAnIndependentCosignatureWaitsAndSaysWhy() {
        climbTo("ST1");
        int earliest = 245 + 24 * 60;
        announce("ST1", earliest - 120);
        approve("ST1", "approver", earliest - 60);
        Instant wantedBy = at(earliest - 240);

        assertThat(state("ST1", earliest + 500))
                .isEqualTo(
                        new StepState.WaitsForCosignature(
                                at(earliest),
                                new Lack.Cosignature(
                                        wantedBy, Optional.empty(), Optional.empty())));

        cosigned(earliest + 510);
        assertThat(state("ST1", earliest + 520))
                .isEqualTo(
                        new StepState.WaitsForCosignature(
                                at(earliest),
                                new Lack.Cosignature(
                                        wantedBy,
                                        Optional.of(at(earliest + 510)),
                                        Optional.of(at(earliest + 750)))));
        assertThat(state("ST1", earliest + 750)).isEqualTo(new StepState.Due(at(earliest + 750)));
    }

    @Test
    void stoppedCallIsSkippedButAStoppedWarningEndsTheLadder() {
        announce("Reminder", 170);
        done("Reminder", 185);
        stop("Call", 190);

        assertThat(state("Call", 190))
                .isEqualTo(new StepState.Over(new Ending.Stopped("talked already"), at(190)));
        assertThat(state("ST1", 190)).isInstanceOf(StepState.Ahead.class);

        stop("ST1", 300);
        assertThat(state("ST2", 300))
                .isEqualTo(new StepState.Over(new Ending.NotNeeded(), at(300)));
        assertThat(standing(300).current()).isEmpty();
        assertThat(standing(300).accessBlockPossible()).isFalse();
    }

    @Test
    void stepStoppedBeforeItsTurnHurriesNothing() {
        stop("Call", 10);
        announce("Reminder", 170);
        done("Reminder", 185);

        assertThat(state("ST1", 186))
                .isEqualTo(new StepState.Ahead(at(185 + 24 * 60 - 120), at(185 + 24 * 60)));
    }

    @Test
    void stopNeedsAReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LadderEvent.Stopped("ST1", " ", START));
    }

    @Test
    void threeWarningsLeadToThePossibleAccessBlockAndAnAnswerEndsIt() {
        int end = climbAll();

        assertThat(standing(end).accessBlockPossible()).isTrue();
        assertThat(standing(end).current()).isEmpty();

        messages.add(new Event.Decided(at(end + 10)));
        assertThat(standing(end + 10).accessBlockPossible()).isFalse();
        assertThat(state("ST3", end + 10))
                .isInstanceOfSatisfying(
                        StepState.Over.class,
                        over -> assertThat(over.ending()).isInstanceOf(Ending.Done.class));
    }

    @Test
    void answerEndsWhatWasNotTakenYet() {
        announce("Reminder", 170);
        done("Reminder", 185);
        messages.add(new Event.Decided(at(200)));

        assertThat(state("Reminder", 900)).isEqualTo(done(185));
        assertThat(state("Call", 900))
                .isEqualTo(new StepState.Over(new Ending.NotNeeded(), at(200)));
    }

    @Test
    void undeliveredNoticeClimbsFromItsTenderUntilItIsReceived() {
        messages.clear();
        messages.add(new Event.Tendered(START));
        assertThat(state("Reminder", 170)).isEqualTo(new StepState.ToAnnounce(at(170)));

        messages.add(new Event.Received(at(1_000)));
        assertThat(state("Reminder", 1_000)).isInstanceOf(StepState.Ahead.class);
    }

    @Test
    void ladderForAnUnconfirmedLiftIsClimbedByThePlatform() {
        Ladder lift = AGREEMENT.ladder(Ladder.Silence.LIFT).orElseThrow();
        ClockRule rule = ClockRule.forLift(AGREEMENT).orElseThrow();

        assertThat(lift.climber()).isEqualTo(Ladder.Side.PLATFORM);
        assertThat(
                        Climb.of(lift, rule, messages, events, at(24 * 60 + 29))
                                .rungs()
                                .getFirst()
                                .state())
                .isEqualTo(new StepState.ToAnnounce(at(24 * 60 + 20)));
        messages.add(new Event.Decided(at(24 * 60 + 25)));
        assertThat(Climb.of(lift, rule, messages, events, at(24 * 60 + 29)).current()).isEmpty();
    }

    @Test
    void ladderForAnUnansweredAppealRunsOnItsOwnDeadline() {
        Ladder appeal = AGREEMENT.ladder(Ladder.Silence.APPEAL).orElseThrow();
        int twoWeeks = 14 * 24 * 60;

        assertThat(
                        Climb.of(
                                        appeal,
                                        ClockRule.forAppeal(AGREEMENT),
                                        messages,
                                        events,
                                        at(twoWeeks - 10))
                                .rungs()
                                .getFirst()
                                .state())
                .isEqualTo(new StepState.ToAnnounce(at(twoWeeks - 10)));
    }

    @Test
    void bothSidesSeeTheSameWhateverTheyLearntFirstOrTwice() {
        var random = new Random(2017);
        for (int round = 0; round < 500; round++) {
            randomHistory(random);
            List<LadderEvent> here = List.copyOf(events);
            List<Event> messagesHere = List.copyOf(messages);
            Instant now = at(random.nextInt(12_000));
            Standing standing = Climb.of(LADDER, rule(), messagesHere, here, now);

            events.addAll(here.subList(0, random.nextInt(here.size() + 1)));
            Collections.shuffle(events, random);
            Collections.shuffle(messages, random);

            assertThat(Climb.of(LADDER, rule(), messages, events, now)).isEqualTo(standing);
        }
    }

    @Test
    void noStepIsEverDueWithoutAnnouncementApprovalAndProof() {
        var random = new Random(2018);
        int warnings = 0;
        for (int round = 0; round < 500; round++) {
            randomHistory(random);
            Instant now = at(random.nextInt(12_000));
            List<Standing.Rung> rungs = Climb.of(LADDER, rule(), messages, events, now).rungs();

            assertThat(rungs).hasSameSizeAs(LADDER.steps());
            for (Standing.Rung rung : rungs) {
                boolean taken =
                        rung.state() instanceof StepState.Due
                                || rung.state() instanceof StepState.Over(Ending.Done _, _);
                if (taken) {
                    assertThat(announcements(rung.step().name(), now)).isNotEmpty();
                    assertThat(announcements(rung.step().name(), now))
                            .anyMatch(at -> !at.plus(rung.step().announcedBefore()).isAfter(now));
                    if (rung.step().action().restsOnSilence()) {
                        warnings++;
                        assertThat(events)
                                .anyMatch(event ->
                                        event instanceof LadderEvent.Approved approved
                                                && approved.step().equals(rung.step().name()))
                                .anyMatch(event ->
                                        event instanceof LadderEvent.Cosigned
                                                && !event.at()
                                                        .plus(Duration.ofHours(4))
                                                        .isAfter(now));
                    }
                }
            }
        }
        assertThat(warnings).isGreaterThan(50);
    }

    private List<Instant> announcements(String step, Instant now) {
        return events.stream()
                .filter(event ->
                        event instanceof LadderEvent.Announced one
                                && one.step().equals(step)
                                && !event.at().isAfter(now))
                .map(LadderEvent::at)
                .toList();
    }

    private void randomHistory(Random random) {
        events.clear();
        messages.clear();
        messages.add(new Event.Received(START));
        if (random.nextInt(4) == 0) {
            messages.add(new Event.Asked(at(random.nextInt(300))));
            messages.add(new Event.Answered(at(random.nextInt(900))));
        }
        if (random.nextInt(4) == 0) {
            messages.add(new Event.Decided(at(random.nextInt(12_000))));
        }
        int minute = 150;
        for (Ladder.Step step : LADDER.steps()) {
            minute += random.nextInt(1_600);
            announce(step.name(), minute);
            if (random.nextInt(8) > 0) {
                approve(step.name(), "approver", minute + random.nextInt(300));
            }
            if (random.nextInt(12) == 0) {
                stop(step.name(), minute + random.nextInt(300));
            }
            if (random.nextInt(8) > 0) {
                done(step.name(), minute + random.nextInt(1_600));
                done(step.name(), minute + 1_000 + random.nextInt(1_600));
            }
        }
        if (random.nextInt(3) > 0) {
            cosigned(random.nextInt(3_000));
        }
        Collections.shuffle(events, random);
    }

    /** Takes every step as soon as it may be taken. */
    private int climbAll() {
        cosigned(1);
        int minute = 0;
        while (standing(minute).current().isPresent()) {
            Standing.Rung rung = standing(minute).current().orElseThrow();
            String name = rung.step().name();
            switch (rung.state()) {
                case StepState.ToAnnounce _ -> announce(name, minute);
                case StepState.WaitsForApproval _ -> approve(name, "approver", minute);
                case StepState.Due _ -> done(name, minute);
                case StepState.Behind _,
                        StepState.NoSilence _,
                        StepState.Ahead _,
                        StepState.Announced _,
                        StepState.WaitsForCosignature _,
                        StepState.Over _ ->
                        minute += 5;
            }
        }
        return minute;
    }

    private void climbTo(String step) {
        assertThat(step).isEqualTo("ST1");
        announce("Reminder", 170);
        done("Reminder", 185);
        announce("Call", 230);
        done("Call", 245);
    }

    private void announce(String step, int minute) {
        events.add(new LadderEvent.Announced(step, at(minute)));
    }

    private void approve(String step, String role, int minute) {
        events.add(new LadderEvent.Approved(step, role, at(minute)));
    }

    private void stop(String step, int minute) {
        events.add(new LadderEvent.Stopped(step, "talked already", at(minute)));
    }

    private void done(String step, int minute) {
        events.add(new LadderEvent.Done(step, new LadderEvent.Proof.Receipt(MESSAGE), at(minute)));
    }

    private void cosigned(int minute) {
        events.add(new LadderEvent.Cosigned(at(minute)));
    }

    private static StepState done(int minute) {
        return new StepState.Over(
                new Ending.Done(new LadderEvent.Proof.Receipt(MESSAGE)), at(minute));
    }

    private StepState state(String step, int minute) {
        return standing(minute).rungs().stream()
                .filter(rung -> rung.step().name().equals(step))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private Standing standing(int minute) {
        return Climb.of(LADDER, rule(), messages, events, at(minute));
    }

    private static ClockRule rule() {
        return new ClockRule(
                new Ladder.Start.Received(),
                Allowance.within(Duration.ofHours(4)),
                SampleAgreement.deadlines().getFirst().stops(),
                AGREEMENT.calendar());
    }

    private static Ladder.Step step(String name, Action action, int after, int announced) {
        return new Ladder.Step(
                name,
                action,
                Duration.ofMinutes(after),
                Duration.ofMinutes(announced),
                Optional.empty(),
                Optional.empty());
    }

    private static Ladder.Step resting(String name, Action action) {
        return new Ladder.Step(
                name,
                action,
                Duration.ofDays(1),
                Duration.ofHours(2),
                Optional.of("approver"),
                Optional.of(Duration.ofHours(4)));
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
