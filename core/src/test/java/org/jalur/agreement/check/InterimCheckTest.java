package org.jalur.agreement.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.SampleAgreement;
import org.jalur.agreement.check.Breach.Rule;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.Test;

class InterimCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final InterimCheck.Standing URGENT = standing("terrorism", Urgency.URGENT);

    private static InterimCheck.Standing standing(String category, Urgency urgency) {
        return new InterimCheck.Standing(category, urgency, 3, Set.of(2), Set.of(3));
    }

    private static InterimFacts fact(int no, Instant at, Instant until) {
        return new InterimFacts(
                no, List.of(), until, Optional.empty(), Optional.of("reviewer"), at);
    }

    private static Optional<Breach> check(InterimCheck.Standing standing, InterimFacts... facts) {
        return InterimCheck.of(SampleAgreement.agreement(), standing, List.of(facts), NOW);
    }

    private static InterimFacts aDay(int no) {
        return fact(no, NOW, NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void aDayIsAgreedAndASecondMoreIsNot() {
        Instant tooLong = NOW.plus(Duration.ofDays(1)).plusSeconds(1);

        assertThat(check(URGENT, aDay(1))).isEmpty();
        assertThat(check(URGENT, fact(1, NOW, tooLong)))
                .hasValueSatisfying(breach -> {
                    assertThat(breach.rule()).isEqualTo(Rule.INTERIM_TOO_LONG);
                    assertThat(breach.clause()).isEqualTo("interim.longest");
                    assertThat(breach.sentence()).contains(tooLong.toString());
                });
    }

    @Test
    void beginningThatLiesInTheFutureDoesNotStretchIt() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));

        assertThat(check(URGENT, fact(1, tomorrow, tomorrow.plus(Duration.ofHours(1)))))
                .map(Breach::rule)
                .contains(Rule.INTERIM_TOO_LONG);
    }

    @Test
    void categoryAndUrgencyAreThoseOfTheClause() {
        assertThat(check(standing("gambling", Urgency.URGENT), aDay(1)))
                .hasValueSatisfying(breach -> {
                    assertThat(breach.rule()).isEqualTo(Rule.INTERIM_CATEGORY);
                    assertThat(breach.clause()).isEqualTo("interim.categories");
                });
        assertThat(check(standing("terrorism", Urgency.NORMAL), aDay(1)))
                .hasValueSatisfying(breach -> {
                    assertThat(breach.rule()).isEqualTo(Rule.INTERIM_URGENCY);
                    assertThat(breach.agreed()).containsExactly("urgent");
                });
    }

    @Test
    void eachItemIsOneOfTheNoticeThatIsOpenAndWasNotWithheldBefore() {
        assertThat(check(URGENT, aDay(0))).map(Breach::rule).contains(Rule.INTERIM_ITEM);
        assertThat(check(URGENT, aDay(4))).map(Breach::rule).contains(Rule.INTERIM_ITEM);
        assertThat(check(URGENT, aDay(2))).map(Breach::rule).contains(Rule.INTERIM_TWICE);
        assertThat(check(URGENT, aDay(3))).map(Breach::rule).contains(Rule.INTERIM_DECIDED);
        assertThat(check(URGENT, aDay(1), aDay(2)))
                .as("one wrong item is enough")
                .map(Breach::rule)
                .contains(Rule.INTERIM_TWICE);
    }
}
