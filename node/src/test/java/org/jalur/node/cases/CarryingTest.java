package org.jalur.node.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.log.Hash;
import org.jalur.node.agreement.SampleAgreement;
import org.jalur.node.cases.Carrying.Left;
import org.jalur.node.cases.DecisionForm.Group;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarryingTest {
    private static final Agreement OTHER =
            SampleAgreement.between(
                    SampleAgreement.party("otoritas", "Otoritas", Hash.sha256(new byte[] {1})),
                    SampleAgreement.party("platform", "Platform", Hash.sha256(new byte[] {2})),
                    List.of("Otoritas Contoh"));
    private static final Carrying CARRYING =
            new Carrying("terrorism", List.of("REF-1/2026", "Badan Contoh", "ID"));

    private static Group group(Outcome outcome, Optional<RefusalGround> ground, String reason) {
        return new Group(
                Optional.empty(),
                outcome,
                ground,
                Optional.empty(),
                "Sample rule",
                reason,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Left> left(Outcome outcome, String reason) {
        return CARRYING.left(group(outcome, Optional.empty(), reason), OTHER, "terrorism");
    }

    private static Optional<Left> refused(RefusalGround ground, String otherCategory) {
        return CARRYING.left(
                group(Outcome.REFUSED, Optional.of(ground), "Sample reason."),
                OTHER,
                otherCategory);
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED", "WITHHELD", "IMPOSSIBLE"})
    void whatIsDoneAboutAnItemHoldsForItsTwin(Outcome outcome) {
        assertThat(left(outcome, "Sample reason.")).isEmpty();
    }

    @Test
    void blockIsNotCarriedToAnAgreementWithoutTheCategory() {
        var carrying = new Carrying("category_of_ours", List.of());

        assertThat(
                        carrying.left(
                                group(Outcome.BLOCKED, Optional.empty(), "Sample reason."),
                                OTHER,
                                "terrorism"))
                .contains(Left.CATEGORY);
    }

    @Test
    void questionGoesToOneAuthority() {
        assertThat(left(Outcome.CLARIFICATION, "Sample question?")).contains(Left.QUESTION);
    }

    @ParameterizedTest
    @EnumSource(names = {"OUT_OF_SCOPE", "NO_LEGAL_BASIS", "DUPLICATE"})
    void groundOfTheFirstNoticeIsNotCarried(RefusalGround ground) {
        assertThat(refused(ground, "terrorism")).contains(Left.GROUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ILLEGAL", "DISPROPORTIONATE"})
    void judgementOfTheContentHoldsInTheSameCategoryAlone(RefusalGround ground) {
        assertThat(refused(ground, "terrorism")).isEmpty();
        assertThat(refused(ground, "gambling")).contains(Left.CATEGORY);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "NOT_PUBLIC"})
    void whatIsNotThereIsNotThereForAnybody(RefusalGround ground) {
        assertThat(refused(ground, "gambling")).isEmpty();
    }

    @Test
    void purposeThatTheOtherAgreementDoesNotKnowIsNotCarried() {
        assertThat(refused(RefusalGround.EXCLUDED_PURPOSE, "category_of_ours"))
                .contains(Left.GROUND);
    }

    @Test
    void reasonThatNamesTheFirstNoticeOrItsOrganisationIsNotCarried() {
        assertThat(left(Outcome.BLOCKED, "As ref-1/2026 says.")).contains(Left.NAMES);
        assertThat(left(Outcome.BLOCKED, "BADAN CONTOH asks for it.")).contains(Left.NAMES);
    }

    @Test
    void shortNamesAreWordsOfEveryText() {
        assertThat(left(Outcome.BLOCKED, "It did not pass.")).isEmpty();
    }
}
