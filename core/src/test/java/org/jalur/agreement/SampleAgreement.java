package org.jalur.agreement;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.Urgency;

/** An agreement with something in every clause. */
public final class SampleAgreement {
    public static final String ORGANISATION = "Otoritas Contoh";

    private static final Hash AUTHORITY_KEY = Hash.sha256(new byte[] {1});
    private static final Hash PLATFORM_KEY = Hash.sha256(new byte[] {2});

    private SampleAgreement() {}

    public static Agreement agreement() {
        return with(deadlines(), ladders());
    }

    public static Agreement with(List<Deadline> deadlines, List<Ladder> ladders) {
        return agreement(
                party("otoritas-contoh", AUTHORITY_KEY),
                party("platform-contoh", PLATFORM_KEY),
                deadlines,
                ladders);
    }

    public static Agreement between(Party authority, Party platform) {
        return agreement(authority, platform, deadlines(), ladders());
    }

    private static Agreement agreement(
            Party authority, Party platform, List<Deadline> deadlines, List<Ladder> ladders) {
        return new Agreement(
                new Version(2, Optional.of(Hash.sha256(new byte[] {3}))),
                "Sample agreement",
                authority,
                platform,
                new Term(
                        LocalDate.of(2026, 1, 1),
                        Optional.of(LocalDate.of(2027, 12, 31)),
                        Period.ofMonths(3),
                        Set.of(Term.Ground.ABUSE, Term.Ground.DATA_DEMAND)),
                Optional.of(
                        new BlockAtSigning(
                                LocalDate.of(2025, 12, 1),
                                Set.of("web.platform.example"),
                                "Sample order 1")),
                List.of(
                        category("terrorism", "UU 5/2018"),
                        category("gambling", "Permenkominfo 5/2020"),
                        category("fraud", "Sample law 2")),
                List.of(
                        new Organisation(
                                ORGANISATION,
                                Set.of("terrorism", "gambling"),
                                new Volume(10, 1_000, 2_000)),
                        new Organisation(
                                "Kepolisian Contoh", Set.of("terrorism"), new Volume(5, 100, 200)),
                        new Organisation(
                                "Badan Contoh", Set.of("gambling"), new Volume(1, 10, 10))),
                List.of(
                        new KindTerms(
                                NoticeKind.ORDER,
                                Set.of(ORGANISATION),
                                Set.of(
                                        KindTerms.Evidence.OFFICIAL_LETTER,
                                        KindTerms.Evidence.LEGAL_ANALYSIS,
                                        KindTerms.Evidence.ADDRESS,
                                        KindTerms.Evidence.PLATFORM_ID,
                                        KindTerms.Evidence.SCREENSHOT)),
                        new KindTerms(
                                NoticeKind.REFERRAL,
                                Set.of(ORGANISATION, "Kepolisian Contoh"),
                                Set.of()),
                        new KindTerms(NoticeKind.EMERGENCY, Set.of(ORGANISATION), Set.of())),
                new Languages(Set.of("id", "en"), "id"),
                deadlines,
                calendar(),
                new SecondReview(
                        Set.of("terrorism"),
                        Set.of(NoticeKind.ORDER),
                        Set.of(ItemKind.CHANNEL),
                        Set.of(Outcome.REFUSED)),
                Optional.of(
                        new InterimWithholding(
                                Set.of("terrorism"), Set.of(Urgency.URGENT), Duration.ofDays(1))),
                new UserNotice(
                        Duration.ofDays(1),
                        Optional.of(
                                new UserNotice.NonDisclosure(
                                        Period.ofDays(42), Optional.of(Period.ofDays(42))))),
                new Appeals(
                        Period.ofMonths(6),
                        Set.of(Appeals.Appellant.AUTHOR, Appeals.Appellant.REPORTER),
                        Allowance.within(Duration.ofDays(14)),
                        true,
                        Duration.ofHours(4)),
                new Retention(Period.ofMonths(6), Period.ofYears(2), Period.ofYears(5)),
                Optional.of(
                        new AccessBlockTerms(
                                Set.of(ORGANISATION),
                                true,
                                Duration.ofDays(3),
                                Period.ofDays(30),
                                Period.ofDays(7),
                                20,
                                Allowance.within(Duration.ofDays(1)),
                                "All notices are decided.",
                                // As in versions of before there were these clauses.
                                Optional.empty(),
                                Optional.empty())),
                ladders,
                new Reporting(
                        Reporting.Rhythm.QUARTERLY,
                        30,
                        Set.of(Reporting.Published.NOTICES, Reporting.Published.AGREEMENT)),
                new Volume(20, 10_000, 20_000),
                new ContactTerms(Period.ofMonths(3), Period.ofMonths(6), Period.ofMonths(3)));
    }

    private static Party party(String id, Hash key) {
        return new Party(
                new PartyId(id),
                "Sample party " + id,
                "ID",
                List.of(
                        new Party.Representative("A. Sample", "Director", "ID"),
                        new Party.Representative("B. Sample", "Counsel", "SG")),
                key,
                Optional.of(
                        new Party.CallBack(
                                key, "+62215550100", LocalDate.of(2025, 12, 20), "Registrar")));
    }

    private static Category category(String code, String basis) {
        return new Category(
                code,
                "Sample " + code,
                "What the sample law calls " + code + ".",
                Set.of(Category.Exclusion.EDUCATION, Category.Exclusion.JOURNALISM),
                List.of(
                        new Category.LegalBasis(basis, Set.of("1", "2"), "ID"),
                        new Category.LegalBasis("Permenkominfo 10/2021", Set.of(), "ID")));
    }

    public static Calendar calendar() {
        return new Calendar(
                ZoneId.of("Asia/Jakarta"),
                List.of(
                        office(DayOfWeek.MONDAY),
                        office(DayOfWeek.TUESDAY),
                        office(DayOfWeek.WEDNESDAY),
                        office(DayOfWeek.THURSDAY),
                        office(DayOfWeek.FRIDAY)),
                List.of(new Calendar.Holiday(LocalDate.of(2026, 8, 17), "Independence Day")));
    }

    private static Calendar.DutyHours office(DayOfWeek day) {
        return new Calendar.DutyHours(day, LocalTime.of(8, 0), LocalTime.of(16, 0));
    }

    public static List<Deadline> deadlines() {
        List<Deadline.Stop> stops =
                List.of(
                        new Deadline.Stop(Deadline.Cause.QUESTION, Optional.empty()),
                        new Deadline.Stop(
                                Deadline.Cause.IMPOSSIBLE, Optional.of(Duration.ofDays(2))));
        return List.of(
                new Deadline(
                        Optional.empty(),
                        Optional.empty(),
                        Urgency.URGENT,
                        Allowance.within(Duration.ofHours(4)),
                        stops),
                new Deadline(
                        Optional.empty(),
                        Optional.empty(),
                        Urgency.NORMAL,
                        new Allowance.Within(Duration.ofHours(16), Allowance.Counting.DUTY_HOURS),
                        stops),
                new Deadline(
                        Optional.empty(),
                        Optional.of(NoticeKind.REFERRAL),
                        Urgency.NORMAL,
                        Allowance.within(Duration.ofDays(3)),
                        stops),
                new Deadline(
                        Optional.of("gambling"),
                        Optional.empty(),
                        Urgency.NORMAL,
                        new Allowance.DayEnd(1, LocalTime.of(15, 0)),
                        stops.subList(0, 1)));
    }

    public static List<Ladder> ladders() {
        return List.of(
                new Ladder(
                        Ladder.Silence.NOTICE,
                        Ladder.Side.AUTHORITY,
                        new Ladder.Start.Acknowledged(Duration.ofHours(2)),
                        List.of(
                                contact("Reminder", Ladder.Action.REMIND, Duration.ofHours(-1)),
                                contact(
                                        "Call",
                                        Ladder.Action.CALL_DUTY_CONTACT,
                                        Duration.ofHours(1)),
                                warning("ST1"),
                                warning("ST2"),
                                warning("ST3"),
                                new Ladder.Step(
                                        "Access block possible",
                                        Ladder.Action.ACCESS_BLOCK_POSSIBLE,
                                        Duration.ofDays(3),
                                        Duration.ofDays(1),
                                        Optional.of("approver"),
                                        Optional.of(Duration.ofDays(2))))),
                new Ladder(
                        Ladder.Silence.APPEAL,
                        Ladder.Side.AUTHORITY,
                        new Ladder.Start.Received(),
                        List.of(
                                contact("Reminder", Ladder.Action.REMIND, Duration.ZERO),
                                contact(
                                        "Call",
                                        Ladder.Action.CALL_REPRESENTATIVE,
                                        Duration.ofDays(1)))),
                new Ladder(
                        Ladder.Silence.LIFT,
                        Ladder.Side.PLATFORM,
                        new Ladder.Start.Received(),
                        List.of(
                                contact(
                                        "Reminder",
                                        Ladder.Action.REMIND,
                                        Duration.ofMinutes(30)))));
    }

    private static Ladder.Step contact(String name, Ladder.Action action, Duration after) {
        return new Ladder.Step(
                name, action, after, Duration.ofMinutes(10), Optional.empty(), Optional.empty());
    }

    private static Ladder.Step warning(String name) {
        return new Ladder.Step(
                name,
                Ladder.Action.WARNING,
                Duration.ofDays(1),
                Duration.ofHours(2),
                Optional.of("approver"),
                Optional.of(Duration.ofHours(4)));
    }
}
