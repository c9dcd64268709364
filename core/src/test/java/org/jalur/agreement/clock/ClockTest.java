package org.jalur.agreement.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Allowance.Counting;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.SampleAgreement;
import org.junit.jupiter.api.Test;

class ClockTest {
    /** Monday noon in Jakarta. */
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");

    private static final Instant FAR = NOON.plus(Duration.ofDays(365));
    private static final Allowance FOUR_HOURS = Allowance.within(Duration.ofHours(4));

    @Test
    void nothingReceivedStartsNoClock() {
        assertThat(read(FOUR_HOURS)).isEqualTo(new Reading.NotStarted());
    }

    @Test
    void allowanceRunsFromTheReceiptAndTheDueMomentItselfIsInTime() {
        Reading reading = read(FOUR_HOURS, received());

        assertThat(due(reading)).isEqualTo(after(240));
        assertThat(reading.isOverdue(after(240))).isFalse();
        assertThat(reading.isOverdue(after(240).plusMillis(1))).isTrue();
    }

    @Test
    void clockStandsUntilTheQuestionIsAnswered() {
        var asked = new Event.Asked(after(60));

        assertThat(read(FOUR_HOURS, received(), asked))
                .isEqualTo(
                        new Reading.Standing(
                                after(60),
                                Set.of(Deadline.Cause.QUESTION),
                                Duration.ofHours(3),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(due(read(FOUR_HOURS, received(), asked, new Event.Answered(after(90)))))
                .isEqualTo(after(270));
    }

    @Test
    void impossibilityStopsTheClockForTwoDaysAndNoLonger() {
        var hindered = new Event.Hindered(after(60));
        var again = new Event.Hindered(after(60 + 60 * 60));
        Instant during = after(61);

        assertThat(at(during, FOUR_HOURS, received(), hindered))
                .isEqualTo(
                        new Reading.Standing(
                                after(60),
                                Set.of(Deadline.Cause.IMPOSSIBLE),
                                Duration.ofHours(3),
                                Optional.of(after(60 + 48 * 60)),
                                Optional.of(after(60 + 48 * 60 + 180))));
        assertThat(due(read(FOUR_HOURS, received(), hindered)))
                .isEqualTo(after(60 + 48 * 60 + 180));
        // Saying it again without having taken it back changes nothing.
        assertThat(due(read(FOUR_HOURS, received(), hindered, again)))
                .isEqualTo(after(60 + 48 * 60 + 180));
    }

    @Test
    void clockStandsAsLongAsAnyCauseDoes() {
        Reading reading =
                read(
                        FOUR_HOURS,
                        received(),
                        new Event.Asked(after(10)),
                        new Event.Hindered(after(20)),
                        new Event.Answered(after(30)),
                        new Event.Unhindered(after(40)));

        assertThat(due(reading)).isEqualTo(after(270));
    }

    @Test
    void questionAfterTheDeadlineChangesNothing() {
        Reading reading = read(FOUR_HOURS, received(), new Event.Asked(after(241)));

        assertThat(due(reading)).isEqualTo(after(240));
    }

    @Test
    void questionAtTheLastMomentStopsTheClock() {
        assertThat(read(FOUR_HOURS, received(), new Event.Asked(after(240))))
                .isInstanceOfSatisfying(
                        Reading.Standing.class,
                        standing -> assertThat(standing.left()).isEqualTo(Duration.ZERO));
    }

    @Test
    void secondQuestionAtTheMomentOfAnAnswerStillWaits() {
        Reading reading =
                read(
                        FOUR_HOURS,
                        received(),
                        new Event.Asked(after(10)),
                        new Event.Answered(after(20)),
                        new Event.Asked(after(20)));

        assertThat(reading).isInstanceOf(Reading.Standing.class);
    }

    @Test
    void whatIsNotAgreedToStopTheClockDoesNot() {
        var rule =
                new ClockRule(
                        new Ladder.Start.Received(),
                        FOUR_HOURS,
                        List.of(),
                        SampleAgreement.calendar());

        assertThat(due(Clock.read(rule, List.of(received(), new Event.Asked(after(5))), FAR)))
                .isEqualTo(after(240));
    }

    @Test
    void decisionEndsTheClockAndSaysWhetherItCameInTime() {
        assertThat(read(FOUR_HOURS, received(), new Event.Decided(after(240))))
                .isEqualTo(over(240, Reading.End.DECIDED, Optional.of(after(240)), false));
        assertThat(read(FOUR_HOURS, received(), new Event.Decided(after(241))))
                .isEqualTo(over(241, Reading.End.DECIDED, Optional.of(after(240)), true));
        assertThat(
                        read(
                                FOUR_HOURS,
                                received(),
                                new Event.Asked(after(10)),
                                new Event.Decided(after(900))))
                .isEqualTo(over(900, Reading.End.DECIDED, Optional.empty(), false));
    }

    @Test
    void firstEndCounts() {
        assertThat(
                        read(
                                FOUR_HOURS,
                                received(),
                                new Event.Decided(after(20)),
                                new Event.Withdrawn(after(10))))
                .isEqualTo(over(10, Reading.End.WITHDRAWN, Optional.of(after(240)), false));
    }

    @Test
    void questionAfterADecisionTooLateDoesNotMakeItInTime() {
        assertThat(
                        read(
                                FOUR_HOURS,
                                received(),
                                new Event.Decided(after(300)),
                                new Event.Asked(after(250))))
                .isEqualTo(over(300, Reading.End.DECIDED, Optional.of(after(240)), true));
    }

    @Test
    void dutyHoursLeaveOutNightsWeekendsAndHolidays() {
        var eightHours = new Allowance.Within(Duration.ofHours(8), Counting.DUTY_HOURS);
        Instant friday = Instant.parse("2026-08-14T05:00:00Z");

        Reading reading = at(FAR, eightHours, new Event.Received(friday));

        // Friday 12 to 16, then Tuesday 8 to 12: Monday 17 August is a holiday.
        assertThat(due(reading)).isEqualTo(Instant.parse("2026-08-18T05:00:00Z"));
    }

    @Test
    void dutyHoursThatRunOutAtTheEndOfTheDayAreDueThen() {
        var fourHours = new Allowance.Within(Duration.ofHours(4), Counting.DUTY_HOURS);

        assertThat(due(read(fourHours, received()))).isEqualTo(after(240));
    }

    @Test
    void sameDayEndsAtMidnightInTheZoneOfTheAgreement() {
        var sameDay = new Allowance.DayEnd(0, LocalTime.of(20, 0));

        assertThat(due(read(sameDay, received()))).isEqualTo("2026-11-23T17:00:00Z");
        assertThat(due(read(sameDay, new Event.Received(after(8 * 60)))))
                .isEqualTo("2026-11-23T17:00:00Z");
        assertThat(due(read(sameDay, new Event.Received(after(8 * 60).plusMillis(1)))))
                .isEqualTo("2026-11-24T17:00:00Z");
        assertThat(
                        due(
                                read(
                                        new Allowance.DayEnd(0, LocalTime.MIDNIGHT),
                                        new Event.Received(after(11 * 60 + 59)))))
                .isEqualTo("2026-11-23T17:00:00Z");
    }

    @Test
    void clockFromTheAcknowledgementStartsAtTheLatestWhenAgreed() {
        var rule = rule(FOUR_HOURS).from(new Ladder.Start.Acknowledged(Duration.ofHours(2)));
        List<Event> unopened = List.of(received());
        List<Event> opened = List.of(received(), new Event.Acknowledged(after(30)));

        assertThat(due(Clock.read(rule, opened, after(31)))).isEqualTo(after(270));
        assertThat(Clock.read(rule, unopened, after(119))).isEqualTo(new Reading.NotStarted());
        assertThat(due(Clock.read(rule, unopened, after(120)))).isEqualTo(after(360));
    }

    private static Reading.Over over(
            int minutes, Reading.End end, Optional<Instant> due, boolean late) {
        return new Reading.Over(after(minutes), end, due, late);
    }

    private static Reading read(Allowance allowance, Event... events) {
        return at(FAR, allowance, events);
    }

    private static Reading at(Instant now, Allowance allowance, Event... events) {
        return Clock.read(rule(allowance), List.of(events), now);
    }

    private static ClockRule rule(Allowance allowance) {
        return new ClockRule(
                new Ladder.Start.Received(),
                allowance,
                SampleAgreement.deadlines().getFirst().stops(),
                SampleAgreement.calendar());
    }

    private static Instant due(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Running.class);
        return ((Reading.Running) reading).due();
    }

    private static Event received() {
        return new Event.Received(NOON);
    }

    private static Instant after(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }
}
