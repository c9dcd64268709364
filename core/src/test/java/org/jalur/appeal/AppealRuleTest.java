package org.jalur.appeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.agreement.SampleAgreement;
import org.jalur.appeal.AppealRule.Broken;
import org.jalur.appeal.AppealRule.Known;
import org.jalur.notice.InvalidNoticeException;
import org.junit.jupiter.api.Test;

class AppealRuleTest {
    private static final Agreement AGREEMENT = SampleAgreement.agreement();

    /** The last day of a month, in the evening, in Jakarta. */
    private static final Instant TOLD = Instant.parse("2026-08-31T15:00:00Z");

    private static final Instant UNTIL = AppealRule.openUntil(AGREEMENT, TOLD);

    private static Known known() {
        return new Known(true, Optional.empty(), Optional.of(UNTIL), Set.of());
    }

    private static Optional<Broken> broken(Known known, Appellant appellant, Instant now) {
        return AppealRule.broken(AGREEMENT, known, appellant, now);
    }

    @Test
    void timeIsCountedInMonthsOfTheAgreementsZone() {
        assertThat(UNTIL).isEqualTo("2027-02-28T15:00:00Z");
        assertThat(broken(known(), Appellant.AUTHOR, UNTIL)).isEmpty();
        assertThat(broken(known(), Appellant.AUTHOR, UNTIL.plusMillis(1)))
                .contains(Broken.TOO_LATE);
    }

    @Test
    void timeDoesNotBeginBeforeAnybodyWasTold() {
        var untold = new Known(true, Optional.empty(), Optional.empty(), Set.of());

        assertThat(broken(untold, Appellant.AUTHOR, UNTIL.plusSeconds(1_000_000))).isEmpty();
    }

    @Test
    void nobodyAppealsWhileANonDisclosureHoldsWhateverElseIsWrong() {
        Known undisclosed =
                new Known(
                        false,
                        Optional.of(TOLD.plusMillis(1)),
                        Optional.of(UNTIL),
                        Set.of(Appellant.AUTHOR));

        assertThat(broken(undisclosed, Appellant.AUTHOR, TOLD)).contains(Broken.UNDISCLOSED);
        assertThat(broken(undisclosed, Appellant.REPORTER, TOLD)).contains(Broken.UNDISCLOSED);
    }

    @Test
    void onlyWhatIsRestrictedIsAppealedAgainstAndOnceByEach() {
        var open = new Known(false, Optional.empty(), Optional.of(UNTIL), Set.of());
        var again = new Known(true, Optional.empty(), Optional.of(UNTIL), Set.of(Appellant.AUTHOR));

        assertThat(broken(open, Appellant.AUTHOR, TOLD)).contains(Broken.NOT_RESTRICTED);
        assertThat(broken(again, Appellant.AUTHOR, TOLD)).contains(Broken.TWICE);
    }

    @Test
    void whoReportedContentAppealsAgainstNoRestrictionAlthoughTheAgreementNamesThem() {
        assertThat(AGREEMENT.appeals().appellants()).contains(Appellant.REPORTER);
        assertThat(AppealRule.appellants(AGREEMENT)).containsExactly(Appellant.AUTHOR);
        assertThat(broken(known(), Appellant.REPORTER, TOLD)).contains(Broken.NOT_APPELLANT);
        assertThat(broken(known(), Appellant.ASSOCIATION, TOLD)).contains(Broken.NOT_APPELLANT);
    }

    @Test
    void contentIsShownAgainWithinTheAgreedTime() {
        assertThat(AppealRule.restoredBy(AGREEMENT, TOLD))
                .isEqualTo(TOLD.plus(AGREEMENT.appeals().restored()));
    }

    @Test
    void partsSayWhatIsWrongWithThem() {
        wrong(
                () ->
                        new AppealFacts(
                                UUID.randomUUID(), 1, Appellant.AUTHOR, "<b>BD</b>", false, TOLD),
                "<b>BD</b>");
        wrong(
                () ->
                        new AppealFacts(
                                UUID.randomUUID(),
                                10_001,
                                Appellant.AUTHOR,
                                "BD-0A1B2-3C4D5",
                                false,
                                TOLD),
                "10001");
        wrong(() -> new AppealWords(1, "x".repeat(5_001)), "5001");
        wrong(() -> new AppealReasons(1, " ", "reviewer-1"), "reason");
        wrong(
                () ->
                        new AppealOutcome(
                                UUID.randomUUID(),
                                0,
                                AppealOutcome.Result.GRANTED,
                                true,
                                "reviewer",
                                TOLD),
                "no");
    }

    private static void wrong(Runnable made, String named) {
        assertThatExceptionOfType(InvalidNoticeException.class)
                .isThrownBy(made::run)
                .withMessageContaining(named);
    }
}
