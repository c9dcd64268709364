package org.jalur.agreement.template;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.ContactTerms;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Organisation;
import org.jalur.agreement.Reporting;
import org.jalur.agreement.Retention;
import org.jalur.agreement.SecondReview;
import org.jalur.agreement.Term;
import org.jalur.agreement.Volume;
import org.jalur.notice.ItemKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.Urgency;

/** What all templates suggest where no source says otherwise. */
final class Proposals {
    static final Duration ONE_DAY = Duration.ofDays(1);
    static final Volume VOLUME = new Volume(100, 1_000, 10_000);
    static final ContactTerms CONTACTS =
            new ContactTerms(Period.ofMonths(3), Period.ofMonths(6), Period.ofMonths(3));
    static final Reporting REPORTING =
            new Reporting(
                    Reporting.Rhythm.HALF_YEARLY, 60, EnumSet.allOf(Reporting.Published.class));

    private Proposals() {}

    static Term term(Opening opening) {
        return new Term(
                opening.from(),
                Optional.of(opening.from().plusYears(1).minusDays(1)),
                Period.ofMonths(1),
                EnumSet.allOf(Term.Ground.class));
    }

    static List<Organisation> organisations(Opening opening, Set<String> categories) {
        return opening.organisations().stream()
                .map(name -> new Organisation(name, categories, VOLUME))
                .toList();
    }

    static Calendar calendar(Opening opening, String zone) {
        List<Calendar.DutyHours> office =
                Stream.of(
                                DayOfWeek.MONDAY,
                                DayOfWeek.TUESDAY,
                                DayOfWeek.WEDNESDAY,
                                DayOfWeek.THURSDAY,
                                DayOfWeek.FRIDAY)
                        .map(day ->
                                new Calendar.DutyHours(
                                        day, LocalTime.of(8, 0), LocalTime.of(16, 0)))
                        .toList();
        return new Calendar(ZoneId.of(zone), office, opening.holidays());
    }

    static SecondReview secondReview() {
        return new SecondReview(
                Set.of(),
                Set.of(),
                Set.of(ItemKind.CHANNEL, ItemKind.ACCOUNT),
                Set.of(Outcome.REFUSED));
    }

    static Retention retention(Period content) {
        return new Retention(content, Period.ofYears(1), Period.ofYears(3));
    }

    static Deadline deadline(Urgency urgency, Allowance allowance, List<Deadline.Stop> stops) {
        return new Deadline(Optional.empty(), Optional.empty(), urgency, allowance, stops);
    }

    /** A question stops the clock until it is answered, an impossibility for two days at most. */
    static List<Deadline.Stop> stops() {
        return List.of(
                new Deadline.Stop(Deadline.Cause.QUESTION, Optional.empty()),
                new Deadline.Stop(Deadline.Cause.IMPOSSIBLE, Optional.of(Duration.ofDays(2))));
    }

    static AccessBlockTerms accessBlocks(Opening opening) {
        return new AccessBlockTerms(
                Set.copyOf(opening.organisations()),
                true,
                Duration.ofDays(3),
                Period.ofDays(30),
                Period.ofDays(7),
                20,
                Allowance.within(ONE_DAY),
                "Every notice that led to the block is decided, and a duty contact answers.",
                Optional.of(AccessBlockTerms.People.ONE),
                Optional.of(Allowance.within(ONE_DAY)));
    }

    /** People are called before anybody is warned. */
    static List<Ladder.Step> calls() {
        return List.of(
                call("Reminder", Ladder.Action.REMIND, Duration.ZERO),
                call("Duty contact", Ladder.Action.CALL_DUTY_CONTACT, Duration.ofMinutes(30)),
                call("Deputy", Ladder.Action.CALL_DEPUTY, Duration.ofHours(1)),
                call("Representative", Ladder.Action.CALL_REPRESENTATIVE, Duration.ofHours(4)));
    }

    static Ladder.Step warning(String name) {
        return resting(name, Ladder.Action.WARNING);
    }

    static Ladder.Step accessBlockPossible() {
        return resting("Access block possible", Ladder.Action.ACCESS_BLOCK_POSSIBLE);
    }

    static Ladder ladder(Ladder.Silence about, Ladder.Side climber, List<Ladder.Step> steps) {
        return new Ladder(about, climber, new Ladder.Start.Received(), steps);
    }

    private static Ladder.Step call(String name, Ladder.Action action, Duration after) {
        return new Ladder.Step(
                name, action, after, Duration.ofMinutes(5), Optional.empty(), Optional.empty());
    }

    private static Ladder.Step resting(String name, Ladder.Action action) {
        return new Ladder.Step(
                name,
                action,
                Duration.ofDays(3),
                ONE_DAY,
                Optional.of("approver"),
                Optional.of(Duration.ofDays(3)));
    }
}
