package org.jalur.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Agreement AGREEMENT = SampleAgreement.agreement();
    private static final Hash KEY = Hash.sha256(new byte[] {1});

    @Test
    void mostPreciseDeadlineHolds() {
        assertThat(deadline("terrorism", NoticeKind.ORDER, Urgency.URGENT)).isEqualTo("*/*/urgent");
        assertThat(deadline("terrorism", NoticeKind.ORDER, Urgency.NORMAL)).isEqualTo("*/*/normal");
        assertThat(deadline("terrorism", NoticeKind.REFERRAL, Urgency.NORMAL))
                .isEqualTo("*/referral/normal");
        assertThat(deadline("gambling", NoticeKind.REFERRAL, Urgency.NORMAL))
                .isEqualTo("gambling/*/normal");
    }

    @Test
    void everyUrgencyHasAGeneralDeadline() {
        List<Deadline> lacking =
                SampleAgreement.deadlines().stream()
                        .filter(deadline -> !deadline.key().equals("*/*/urgent"))
                        .toList();

        refused(
                () -> SampleAgreement.with(lacking, SampleAgreement.ladders()),
                "deadlines",
                TermRule.EVERY_URGENCY);
    }

    @Test
    void deadlineForACategoryThatIsNotInScopeIsRefused() {
        refused(
                () ->
                        withDeadline(
                                Optional.of("copyright"),
                                Optional.empty(),
                                Allowance.within(Duration.ofHours(1))),
                "deadlines.copyright/*/normal.category",
                TermRule.UNKNOWN);
    }

    @Test
    void sameDeadlineTwiceIsRefused() {
        refused(
                () ->
                        withDeadline(
                                Optional.empty(),
                                Optional.empty(),
                                Allowance.within(Duration.ofHours(1))),
                "deadlines",
                TermRule.TWICE);
    }

    @Test
    void moreThanAYearOfDutyHoursIsRefused() {
        refused(
                () ->
                        withDeadline(
                                Optional.of("terrorism"),
                                Optional.empty(),
                                new Allowance.Within(
                                        Duration.ofDays(100), Allowance.Counting.DUTY_HOURS)),
                "deadlines.terrorism/*/normal",
                TermRule.AT_MOST);
    }

    @Test
    void accessBlockStandsAtTheEndOfALadderAfterAWarning() {
        List<Ladder.Step> steps = SampleAgreement.ladders().getFirst().steps();

        refused(() -> ladder(List.of(steps.getLast())), "steps", TermRule.LAST_STEP);
        refused(
                () -> ladder(List.of(steps.get(2), steps.getLast(), steps.get(3))),
                "steps",
                TermRule.LAST_STEP);
    }

    @Test
    void onlyTheSideThatWaitsForAnAnswerClimbs() {
        List<Ladder.Step> steps = SampleAgreement.ladders().getFirst().steps().subList(0, 2);

        refused(
                () ->
                        new Ladder(
                                Ladder.Silence.NOTICE,
                                Ladder.Side.PLATFORM,
                                new Ladder.Start.Received(),
                                steps),
                "climber",
                TermRule.CLIMBER);
        refused(
                () ->
                        new Ladder(
                                Ladder.Silence.APPEAL,
                                Ladder.Side.PLATFORM,
                                new Ladder.Start.Received(),
                                steps),
                "climber",
                TermRule.CLIMBER);
        refused(
                () ->
                        new Ladder(
                                Ladder.Silence.LIFT,
                                Ladder.Side.AUTHORITY,
                                new Ladder.Start.Received(),
                                steps),
                "climber",
                TermRule.CLIMBER);
    }

    @Test
    void warningNeedsProvenSilenceAndAnApproval() {
        refused(
                () -> warning(Optional.of("approver"), Optional.empty()),
                "provenSilence",
                TermRule.PROVEN_SILENCE);
        refused(
                () -> warning(Optional.empty(), Optional.of(Duration.ofHours(4))),
                "approval",
                TermRule.APPROVAL);
    }

    @Test
    void onlyTheFirstStepComesBeforeTheDeadline() {
        Ladder.Step early = SampleAgreement.ladders().getFirst().steps().getFirst();
        Ladder.Step late = SampleAgreement.ladders().getFirst().steps().get(1);

        refused(() -> ladder(List.of(late, early)), "steps.Reminder.after", TermRule.FIRST_STEP);
    }

    @Test
    void ladderToAnAccessBlockNeedsItsConditions() {
        refused(
                () -> SampleAgreement.with(SampleAgreement.deadlines(), List.of()),
                "accessBlocks.afterLadder",
                TermRule.NO_LADDER);
    }

    @Test
    void callBackAboutAnotherKeyIsRefused() {
        var other =
                new Party.CallBack(
                        Hash.sha256(new byte[] {5}),
                        "+62215550100",
                        LocalDate.of(2026, 1, 1),
                        "Registrar");

        refused(() -> party(Optional.of(other)), "callBack", TermRule.CALL_BACK);
    }

    @Test
    void numberThatNobodyCanCallIsRefused() {
        refused(
                () -> new Party.CallBack(KEY, "021-5550100", LocalDate.of(2026, 1, 1), "Registrar"),
                "number",
                TermRule.PATTERN);
    }

    @Test
    void versionNamesTheOneBeforeIt() {
        refused(() -> new Version(2, Optional.empty()), "previous", TermRule.PREVIOUS);
        refused(() -> new Version(1, Optional.of(KEY)), "previous", TermRule.PREVIOUS);
        assertThat(Version.first().next(KEY)).isEqualTo(new Version(2, Optional.of(KEY)));
    }

    @Test
    void whatHidesFromItsReaderIsRefused() {
        for (String hidden : List.of("a\u202Eb", "a\u0007b", "a\u2066b", "a\uD800b")) {
            refused(
                    () -> new Calendar.Holiday(LocalDate.of(2026, 1, 1), hidden),
                    "name",
                    TermRule.UNREADABLE);
        }
        refused(() -> new Calendar.Holiday(LocalDate.of(2026, 1, 1), " "), "name", TermRule.EMPTY);
    }

    @Test
    void dutyHoursThatOverlapOrEndBeforeTheyBeginAreRefused() {
        var morning = hours(8, 13);

        refused(
                () ->
                        new Calendar(
                                ZoneId.of("Asia/Jakarta"),
                                List.of(morning, hours(12, 17)),
                                List.of()),
                "dutyHours",
                TermRule.OVERLAP);
        refused(() -> hours(17, 8), "closes", TermRule.NOT_AFTER);
        assertThat(hours(22, 0).closes()).isEqualTo(LocalTime.MIDNIGHT);
    }

    @Test
    void timeSpansThatAreNoneAreRefused() {
        refused(() -> Allowance.within(Duration.ZERO), "time", TermRule.RANGE);
        refused(() -> Allowance.within(Duration.ofDays(367)), "time", TermRule.RANGE);
        refused(() -> Allowance.within(Duration.ofMillis(90_500)), "time", TermRule.NOT_WHOLE);
        for (Period none : List.of(Period.ZERO, Period.ofDays(-1), Period.ofYears(11))) {
            refused(
                    () -> new Retention(none, Period.ofDays(1), Period.ofDays(1)),
                    "content",
                    TermRule.PERIOD);
        }
    }

    @Test
    void organisationMayNotFileMoreThanAllTogether() {
        var wide = new Volume(10, 100, 1_000);

        refused(
                () -> new Volume(11, 100, 1_000).within("organisations.A", wide),
                "organisations.A.noticesPerDay",
                TermRule.AT_MOST);
    }

    @Test
    void refusalNamesTheClauseTheValueAndTheWayOut() {
        assertThatExceptionOfType(InvalidTermException.class)
                .isThrownBy(() -> new Languages(Set.of("xx"), "id"))
                .withMessage("notices is \"xx\"; use an ISO 639-1 code such as \"id\"");
    }

    @Test
    void agreementWithKeysThatNobodyCalledBackAboutIsNotReadyToSign() {
        assertThat(AGREEMENT.openBeforeSigning()).isEmpty();
        assertThat(SampleAgreement.between(party(Optional.empty()), AGREEMENT.platform()))
                .extracting(Agreement::openBeforeSigning)
                .isEqualTo(List.of("authority.callBack"));
    }

    @Test
    void partyMakesNoAgreementWithItself() {
        refused(
                () -> SampleAgreement.between(AGREEMENT.platform(), AGREEMENT.platform()),
                "platform.id",
                TermRule.SAME);
    }

    @Test
    void secondReviewerConfirmsWhatAnyOfTheRulesNames() {
        SecondReview review = AGREEMENT.secondReview();

        assertThat(needed(review, "terrorism", NoticeKind.REFERRAL, ItemKind.POST)).isTrue();
        assertThat(needed(review, "gambling", NoticeKind.ORDER, ItemKind.POST)).isTrue();
        assertThat(needed(review, "gambling", NoticeKind.REFERRAL, ItemKind.CHANNEL)).isTrue();
        assertThat(needed(review, "gambling", NoticeKind.REFERRAL, ItemKind.POST)).isFalse();
        assertThat(review.needed("gambling", NoticeKind.REFERRAL, ItemKind.POST, Outcome.REFUSED))
                .isTrue();
    }

    @Test
    void blockAtSigningNamesDomainsAndNothingElse() {
        for (String name :
                List.of("T.ME", "https://t.me", "t.me/joinchat", "me", "-a.me", "t..me")) {
            refused(
                    () -> new BlockAtSigning(LocalDate.of(2017, 7, 14), Set.of(name), "Order"),
                    "names",
                    TermRule.PATTERN);
        }
        assertThat(
                        new BlockAtSigning(
                                        LocalDate.of(2017, 7, 14),
                                        Set.of("t.me", "flora-1.web.telegram.org"),
                                        "Order")
                                .names())
                .containsExactly("flora-1.web.telegram.org", "t.me");
    }

    @Test
    void staleContactTurnsRedAfterItTurnedAmber() {
        refused(
                () -> new ContactTerms(Period.ofMonths(3), Period.ofMonths(3), Period.ofMonths(1)),
                "red",
                TermRule.NOT_AFTER);
    }

    private static boolean needed(
            SecondReview review, String category, NoticeKind kind, ItemKind item) {
        return review.needed(category, kind, item, Outcome.BLOCKED);
    }

    private static String deadline(String category, NoticeKind kind, Urgency urgency) {
        return AGREEMENT.deadline(category, kind, urgency).key();
    }

    private static Agreement withDeadline(
            Optional<String> category, Optional<NoticeKind> kind, Allowance allowance) {
        List<Deadline> deadlines = new ArrayList<>(SampleAgreement.deadlines());
        deadlines.add(new Deadline(category, kind, Urgency.NORMAL, allowance, List.of()));
        return SampleAgreement.with(deadlines, SampleAgreement.ladders());
    }

    private static Ladder ladder(List<Ladder.Step> steps) {
        return new Ladder(
                Ladder.Silence.NOTICE, Ladder.Side.AUTHORITY, new Ladder.Start.Received(), steps);
    }

    private static Ladder.Step warning(
            Optional<String> approval, Optional<Duration> provenSilence) {
        return new Ladder.Step(
                "ST1",
                Ladder.Action.WARNING,
                Duration.ofHours(1),
                Duration.ofHours(1),
                approval,
                provenSilence);
    }

    private static Party party(Optional<Party.CallBack> callBack) {
        return new Party(
                new PartyId("sample"),
                "Sample",
                "ID",
                List.of(new Party.Representative("A. Sample", "Director", "ID")),
                KEY,
                callBack);
    }

    private static Calendar.DutyHours hours(int opens, int closes) {
        return new Calendar.DutyHours(
                DayOfWeek.MONDAY, LocalTime.of(opens, 0), LocalTime.of(closes, 0));
    }

    private static void refused(ThrowingCallable attempt, String clause, TermRule rule) {
        assertThatExceptionOfType(InvalidTermException.class)
                .isThrownBy(attempt)
                .satisfies(refusal -> {
                    assertThat(refusal.clause()).startsWith(clause);
                    assertThat(refusal.rule()).isEqualTo(rule);
                });
    }
}
