package org.jalur.agreement.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.SampleAgreement;
import org.jalur.agreement.template.Mark.Origin;
import org.jalur.agreement.text.AgreementText;
import org.jalur.agreement.text.Outline;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {
    private static final Opening OPENING =
            new Opening(
                    SampleAgreement.agreement().authority(),
                    SampleAgreement.agreement().platform(),
                    List.of("Otoritas Contoh"),
                    LocalDate.of(2027, 1, 1),
                    Optional.empty(),
                    List.of());

    @ParameterizedTest
    @EnumSource
    void everyValueIsMarkedWithWhereItComesFrom(Templates which) {
        Template template = which.with(OPENING);

        for (Outline.Line line : Outline.of(template.agreement())) {
            assertThat(template.mark(line.clause()).origin()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMarkIsOnAClauseThatIsThere(Templates which) {
        Template template = which.with(OPENING);
        List<String> absent =
                List.of("blockAtSigning", "interim", "calendar.holidays", "accessBlocks");

        for (Mark mark : template.marks()) {
            assertThat(mark.clause())
                    .matches(
                            clause ->
                                    absent.contains(clause)
                                            || Outline.of(template.agreement()).stream()
                                                    .map(line -> line.clause().toString())
                                                    .anyMatch(mark::covers),
                            "is a clause");
        }
    }

    @ParameterizedTest
    @EnumSource
    void templateCanBeProposedAsItIs(Templates which) {
        Agreement agreement = which.with(OPENING).agreement();

        byte[] octets = AgreementText.write(agreement).octets();

        assertThat(AgreementText.read(octets).agreement()).isEqualTo(agreement);
    }

    @Test
    void of2017EndsTheSameDayInJakarta() {
        Agreement agreement = Templates.INDONESIA_2017.with(OPENING).agreement();

        assertThat(allowance(agreement, Urgency.NORMAL))
                .isEqualTo(new Allowance.DayEnd(0, LocalTime.of(20, 0)));
        assertThat(agreement.calendar().zone().getId()).isEqualTo("Asia/Jakarta");
        assertThat(origin(Templates.INDONESIA_2017, "deadlines.*/*/normal.allowance.daysLater"))
                .isEqualTo(Origin.SEEN);
        assertThat(origin(Templates.INDONESIA_2017, "deadlines.*/*/normal.allowance.cutOff"))
                .isEqualTo(Origin.PROPOSED);
    }

    @Test
    void ofSamanHasFourHoursOrADayAndThreeWarnings() {
        Agreement agreement = Templates.INDONESIA_SAMAN.with(OPENING).agreement();

        assertThat(allowance(agreement, Urgency.URGENT))
                .isEqualTo(Allowance.within(Duration.ofHours(4)));
        assertThat(allowance(agreement, Urgency.NORMAL))
                .isEqualTo(Allowance.within(Duration.ofDays(1)));
        assertThat(agreement.ladder(Ladder.Silence.NOTICE).orElseThrow().steps())
                .extracting(Ladder.Step::name)
                .endsWith("ST1", "ST2", "ST3", "Access block possible");
        assertThat(origin(Templates.INDONESIA_SAMAN, "escalation.notice.steps.ST2.after"))
                .isEqualTo(Origin.PROPOSED);
    }

    @Test
    void ofTheEuHasOneHourTwoStopsAndNoAccessBlock() {
        Agreement agreement = Templates.EU_2021_784.with(OPENING).agreement();

        assertThat(allowance(agreement, Urgency.URGENT))
                .isEqualTo(Allowance.within(Duration.ofHours(1)));
        assertThat(agreement.deadline("terrorism", NoticeKind.ORDER, Urgency.URGENT).stops())
                .extracting(Deadline.Stop::cause)
                .containsExactlyInAnyOrder(Deadline.Cause.values());
        assertThat(agreement.accessBlocks()).isEmpty();
        assertThat(agreement.retention().content()).isEqualTo(Period.ofMonths(6));
        assertThat(origin(Templates.EU_2021_784, "userNotice.nonDisclosure.longest"))
                .isEqualTo(Origin.NOT_VERIFIED);
        assertThat(origin(Templates.EU_2021_784, "appeals.decision.time"))
                .isEqualTo(Origin.SECOND_HAND);
    }

    private static Allowance allowance(Agreement agreement, Urgency urgency) {
        return agreement.deadline("terrorism", NoticeKind.ORDER, urgency).allowance();
    }

    private static Origin origin(Templates which, String clause) {
        Template template = which.with(OPENING);
        return Outline.of(template.agreement()).stream()
                .filter(line -> line.clause().toString().equals(clause))
                .map(line -> template.mark(line.clause()).origin())
                .findFirst()
                .orElseThrow();
    }
}
