package org.jalur.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.channel.PartyId;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final Period NOVEMBER = Period.of(YearMonth.of(2026, 11), ZONE);
    private static final Instant RECEIVED = Instant.parse("2026-11-10T03:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-24T00:00:00Z");
    private static final ClockRule FOUR_HOURS =
            new ClockRule(
                    new Ladder.Start.Received(),
                    Allowance.within(Duration.ofHours(4)),
                    List.of(new Deadline.Stop(Deadline.Cause.QUESTION, Optional.empty())),
                    new Calendar(ZONE, List.of(), List.of()));

    private static Instant hours(long hours) {
        return RECEIVED.plus(Duration.ofHours(hours));
    }

    private static Course notice(int items, List<Event> events, ItemFact... facts) {
        return course(
                items,
                RECEIVED,
                new Course.Handling.TakenUp(FOUR_HOURS, Optional.empty(), events, List.of(facts)));
    }

    private static Course course(int items, Instant receivedAt, Course.Handling handling) {
        return new Course(
                NoticeKind.ORDER,
                Urgency.NORMAL,
                "terrorism",
                items,
                receivedAt.minusSeconds(2),
                receivedAt,
                handling);
    }

    private static ItemFact decided(int no, long seq, long hours, Outcome outcome) {
        return new ItemFact.Decided(
                no,
                seq,
                hours(hours),
                outcome,
                Optional.of(RefusalGround.NOT_ILLEGAL).filter(_ -> outcome == Outcome.REFUSED));
    }

    private static Card card(Course... courses) {
        return card(LATER, courses);
    }

    private static Card card(Instant now, Course... courses) {
        var tally =
                new Tally(
                        new PartyId("otoritas-contoh"),
                        new PartyId("platform-contoh"),
                        NOVEMBER,
                        now);
        List.of(courses).forEach(tally::add);
        return tally.card();
    }

    @Test
    void anEmptyPeriodSaysNothingRatherThanNought() {
        Card card = card();

        assertThat(card.all().notices().received()).isZero();
        assertThat(card.all().valid().percent()).isEmpty();
        assertThat(card.all().deadlines().missed().percent()).isEmpty();
        assertThat(card.all().times().decision().medianMillis()).isEmpty();
        assertThat(card.byCategory()).isEmpty();
    }

    @Test
    void aNoticeBelongsToThePeriodOfItsReceipt() {
        var taken = new Course.Handling.TakenUp(FOUR_HOURS, Optional.empty(), List.of(), List.of());

        Card card =
                card(
                        course(1, NOVEMBER.begin(), taken),
                        course(1, NOVEMBER.begin().minusMillis(1), taken),
                        course(1, NOVEMBER.end().minusMillis(1), taken),
                        course(1, NOVEMBER.end(), taken));

        assertThat(card.all().notices().received()).isEqualTo(2);
    }

    @Test
    void whatWasDecidedIsCountedByTheLastWord() {
        Figures all =
                card(notice(
                                4,
                                List.of(),
                                decided(1, 5, 1, Outcome.BLOCKED),
                                decided(2, 5, 1, Outcome.REFUSED),
                                decided(3, 5, 1, Outcome.CLARIFICATION),
                                decided(3, 6, 2, Outcome.WITHHELD)))
                        .all();

        assertThat(all.valid()).isEqualTo(new Share(2, 3));
        assertThat(all.items()).isEqualTo(new Figures.Items(4, 1, 1, 1, 0, 0, 1, 0, 0));
        assertThat(all.refusedByGround()).containsOnlyKeys("not_illegal");
        assertThat(all.notices().decided()).isZero();
        assertThat(all.times().decision().known()).isEqualTo(3);
        assertThat(all.times().decision().unknown()).isEqualTo(1);
        assertThat(all.times().decision().p95Millis()).contains(Duration.ofHours(2).toMillis());
    }

    @Test
    void aQuestionIsNoDecisionAndDoesNotWinOverAFinalOneThatCameBefore() {
        Figures all =
                card(notice(
                                1,
                                List.of(),
                                decided(1, 8, 3, Outcome.CLARIFICATION),
                                decided(1, 7, 2, Outcome.BLOCKED)))
                        .all();

        assertThat(all.items().blocked()).isEqualTo(1);
        assertThat(all.items().asked()).isZero();
        assertThat(all.overturned()).isEqualTo(new Share(0, 1));
    }

    @Test
    void aBlockThatIsTakenBackIsOverturnedAndNotValid() {
        Figures all =
                card(notice(
                                1,
                                List.of(),
                                decided(1, 9, 30, Outcome.REFUSED),
                                decided(1, 7, 2, Outcome.BLOCKED)))
                        .all();

        assertThat(all.overturned()).isEqualTo(new Share(1, 1));
        assertThat(all.valid()).isEqualTo(new Share(0, 1));
        assertThat(all.deadlines().missed()).isEqualTo(new Share(0, 1));
        assertThat(all.times().decision().medianMillis()).contains(Duration.ofHours(2).toMillis());
    }

    @Test
    void aBlockInsteadOfAWithholdingIsNotOverturned() {
        Figures all =
                card(notice(
                                1,
                                List.of(),
                                decided(1, 7, 2, Outcome.WITHHELD),
                                decided(1, 9, 3, Outcome.BLOCKED)))
                        .all();

        assertThat(all.overturned()).isEqualTo(new Share(0, 1));
    }

    @Test
    void aNoticeRefusedAsAWholeIsNotValidAndHasNoDeadline() {
        Figures all = card(course(3, RECEIVED, new Course.Handling.RefusedAsWhole("volume"))).all();

        assertThat(all.valid()).isEqualTo(new Share(0, 3));
        assertThat(all.refusedByClause()).containsEntry("volume", 1L);
        assertThat(all.items().named()).isZero();
        assertThat(all.deadlines().missed().of()).isZero();
        assertThat(all.times().opening().unknown()).isZero();
    }

    @Test
    void oneWhoNamesAClauseOfTheirOwnEachTimeMakesTheCardNoLonger() {
        Course[] many = new Course[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = course(1, RECEIVED, new Course.Handling.RefusedAsWhole("clause " + i));
        }

        Card card = card(many);

        assertThat(card.all().refusedByClause()).hasSize(31).containsEntry(Tally.NONE, 70L);
        assertThat(card.byCategory()).containsOnlyKeys(Tally.NONE);
    }

    @Test
    void missedIsWhatCameLateAndWhatHasNotCome() {
        Card card =
                card(
                        hours(6),
                        notice(1, List.of(), decided(1, 1, 4, Outcome.BLOCKED)),
                        notice(1, List.of(), decided(1, 2, 5, Outcome.BLOCKED)),
                        notice(1, List.of()),
                        notice(1, List.of(new Event.Asked(hours(1)))),
                        notice(1, List.of(new Event.Withdrawn(hours(1)))),
                        notice(1, List.of(new Event.Withdrawn(hours(5)))));

        assertThat(card.all().deadlines()).isEqualTo(new Figures.Deadlines(1, 2, 1, 0, 1, 1));
        assertThat(card.all().deadlines().missed()).isEqualTo(new Share(3, 4));
    }

    @Test
    void aClockThatStoodForAQuestionGivesTheTimeBack() {
        Course answered =
                notice(
                        1,
                        List.of(new Event.Asked(hours(1)), new Event.Answered(hours(11))),
                        decided(1, 3, 14, Outcome.BLOCKED));

        assertThat(card(answered).all().deadlines().inTime()).isEqualTo(1);
    }

    @Test
    void anEmergencyThatWasConfirmedHasTheShorterTime() {
        var oneHour =
                new ClockRule(
                        FOUR_HOURS.start(),
                        Allowance.within(Duration.ofHours(1)),
                        List.of(),
                        FOUR_HOURS.calendar());
        Course emergency =
                course(
                        1,
                        RECEIVED,
                        new Course.Handling.TakenUp(
                                FOUR_HOURS,
                                Optional.of(new Course.Confirmed(oneHour, hours(1))),
                                List.of(),
                                List.of(decided(1, 3, 3, Outcome.BLOCKED))));

        assertThat(card(emergency).all().deadlines().late()).isEqualTo(1);
    }

    @Test
    void aBlockIsMeasuredFromTheReceiptUntilItWasFirstSeenGone() {
        Figures all =
                card(notice(
                                2,
                                List.of(),
                                decided(1, 1, 1, Outcome.BLOCKED),
                                decided(2, 1, 1, Outcome.BLOCKED),
                                new ItemFact.SeenGone(1, hours(9)),
                                new ItemFact.SeenGone(1, hours(3))))
                        .all();

        assertThat(all.times().block())
                .isEqualTo(
                        new Spread(
                                1,
                                1,
                                Optional.of(Duration.ofHours(3).toMillis()),
                                Optional.of(Duration.ofHours(3).toMillis())));
    }

    @Test
    void anItemNoticedAgainIsADuplicateUnlessTheFirstWasWithdrawnBefore() {
        Figures all =
                card(notice(
                                5,
                                List.of(),
                                new ItemFact.Recognisable(1),
                                new ItemFact.NoticedBefore(1, Optional.empty(), Optional.empty()),
                                new ItemFact.Recognisable(2),
                                new ItemFact.NoticedBefore(
                                        2, Optional.of(hours(-5)), Optional.empty()),
                                new ItemFact.Recognisable(3),
                                new ItemFact.NoticedBefore(
                                        3, Optional.of(hours(5)), Optional.of(hours(1))),
                                new ItemFact.Recognisable(4),
                                new ItemFact.NoticedBefore(
                                        4, Optional.empty(), Optional.of(hours(-1)))))
                        .all();

        assertThat(all.duplicates()).isEqualTo(new Figures.Duplicates(2, 1, 4, 1));
        assertThat(all.duplicates().share()).isEqualTo(new Share(3, 4));
    }

    @Test
    void clocksThatDifferMakeNoTimeBelowNought() {
        Course ahead =
                new Course(
                        NoticeKind.ORDER,
                        Urgency.NORMAL,
                        "terrorism",
                        1,
                        RECEIVED.plusSeconds(3),
                        RECEIVED,
                        new Course.Handling.TakenUp(
                                FOUR_HOURS, Optional.empty(), List.of(), List.of()));

        assertThat(card(ahead).all().times().receipt().medianMillis()).contains(0L);
    }
}
