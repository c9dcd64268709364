package org.jalur.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @Test
    void aMonthBeginsAtMidnightOfTheAgreementAndNotOfGreenwich() {
        Period november = Period.of(YearMonth.of(2026, 11), JAKARTA);

        assertThat(november.holds(Instant.parse("2026-10-31T16:59:59.999Z"))).isFalse();
        assertThat(november.holds(Instant.parse("2026-10-31T17:00:00Z"))).isTrue();
        assertThat(november.holds(Instant.parse("2026-11-30T16:59:59.999Z"))).isTrue();
        assertThat(november.holds(Instant.parse("2026-11-30T17:00:00Z"))).isFalse();
    }

    @Test
    void oneMonthEndsWhereTheNextBegins() {
        for (YearMonth month = YearMonth.of(2024, 1);
                month.isBefore(YearMonth.of(2027, 1));
                month = month.plusMonths(1)) {
            ZoneId berlin = ZoneId.of("Europe/Berlin");

            assertThat(Period.of(month, berlin).end())
                    .isEqualTo(Period.of(month.plusMonths(1), berlin).begin());
        }
    }

    @Test
    void aDayOnWhichTheClocksChangeIsLonger() {
        LocalDate day = LocalDate.of(2026, 10, 25);
        Period period = new Period(day, day, ZoneId.of("Europe/Berlin"));

        assertThat(Duration.between(period.begin(), period.end())).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void aDayThatBeginsAfterMidnightBeginsThere() {
        LocalDate day = LocalDate.of(2018, 11, 4);
        Period period = new Period(day, day, ZoneId.of("America/Sao_Paulo"));

        assertThat(period.begin()).isEqualTo(Instant.parse("2018-11-04T03:00:00Z"));
    }

    @Test
    void aLeapYearIsTheLongest() {
        LocalDate first = LocalDate.of(2028, 1, 1);

        assertThat(new Period(first, LocalDate.of(2028, 12, 31), JAKARTA).holds(Instant.EPOCH))
                .isFalse();
        assertThatThrownBy(() -> new Period(first, LocalDate.of(2029, 1, 1), JAKARTA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2029-01-01");
    }

    @Test
    void nothingEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Period(FIRST, FIRST.minusDays(1), JAKARTA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-10-31");
    }
}
