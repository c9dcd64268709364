package org.jalur.agreement.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.SampleAgreement;
import org.jalur.agreement.UserNotice;
import org.jalur.agreement.check.Breach.Rule;
import org.junit.jupiter.api.Test;

class RenewalCheckTest {
    private static final Instant END = Instant.parse("2026-11-23T16:59:59Z");
    private static final Instant LATEST = Instant.parse("2027-01-04T16:59:59Z");

    private static Optional<Rule> broken(
            Optional<Instant> end, boolean renewed, Instant until, Instant at) {
        return RenewalCheck.of(
                        SampleAgreement.agreement(),
                        new RenewalCheck.Asked(end, renewed, until, at))
                .map(Breach::rule);
    }

    private static Optional<Rule> broken(Instant until, Instant at) {
        return broken(Optional.of(END), false, until, at);
    }

    @Test
    void lastSecondIsInTimeAndTheNextIsTooLate() {
        assertThat(broken(LATEST, END.minusSeconds(1))).isEmpty();
        assertThat(broken(LATEST, END)).contains(Rule.RENEWAL_TOO_LATE);
        assertThat(broken(LATEST, END.plusSeconds(1))).contains(Rule.RENEWAL_TOO_LATE);
    }

    @Test
    void timeRunsFromTheFirstEndAndNoSecondLonger() {
        Instant early = END.minus(Duration.ofDays(20));

        assertThat(broken(LATEST, early)).isEmpty();
        assertThat(broken(LATEST.plusSeconds(1), early)).contains(Rule.RENEWAL);
        assertThat(broken(END, early)).contains(Rule.RENEWAL_NOT_LATER);
        assertThat(broken(END.plusSeconds(1), early)).isEmpty();
    }

    @Test
    void itIsPossibleOnceAndOnlyWhereSomethingIsKeptFromTheUser() {
        assertThat(broken(Optional.of(END), true, LATEST, END.minusSeconds(1)))
                .contains(Rule.RENEWED);
        assertThat(broken(Optional.empty(), false, LATEST, END.minusSeconds(1)))
                .contains(Rule.NOTHING_TO_RENEW);
    }

    @Test
    void agreementWithoutTheClauseRenewsNothing() {
        for (Optional<UserNotice.NonDisclosure> terms :
                List.of(
                        Optional.<UserNotice.NonDisclosure>empty(),
                        Optional.of(
                                new UserNotice.NonDisclosure(
                                        Period.ofDays(42), Optional.empty())))) {
            Agreement agreement = with(new UserNotice(Duration.ofDays(1), terms));

            assertThat(
                            RenewalCheck.of(
                                    agreement,
                                    new RenewalCheck.Asked(
                                            Optional.of(END), false, LATEST, END.minusSeconds(1))))
                    .hasValueSatisfying(breach -> {
                        assertThat(breach.rule()).isEqualTo(Rule.NO_RENEWAL);
                        assertThat(breach.sentence())
                                .startsWith("userNotice.nonDisclosure.renewal: ");
                    });
            assertThat(RenewalCheck.latest(agreement, END)).isEmpty();
        }
    }

    private static Agreement with(UserNotice userNotice) {
        Agreement one = SampleAgreement.agreement();
        return new Agreement(
                one.version(),
                one.title(),
                one.authority(),
                one.platform(),
                one.term(),
                one.blockAtSigning(),
                one.categories(),
                one.organisations(),
                one.kinds(),
                one.languages(),
                one.deadlines(),
                one.calendar(),
                one.secondReview(),
                one.interim(),
                userNotice,
                one.appeals(),
                one.retention(),
                one.accessBlocks(),
                one.escalation(),
                one.reporting(),
                one.volume(),
                one.contacts());
    }
}
