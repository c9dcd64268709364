package org.jalur.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Map<Urgency, Duration> DEADLINES =
            Map.of(Urgency.URGENT, Duration.ofHours(4), Urgency.NORMAL, Duration.ofHours(24));

    private final Agreement agreement = agreement(DEADLINES);

    @Test
    void noticeWithinTheAgreementMayBeFiled() {
        assertThat(breach(NoticeKind.ORDER, "terrorism", "UU 5/2018", "Otoritas Contoh", "id"))
                .isEmpty();
    }

    @Test
    void eachRuleNamesItsClauseTheValueAndWhatIsAgreed() {
        assertThat(breach(NoticeKind.EMERGENCY, "terrorism", "UU 5/2018", "Otoritas Contoh", "id"))
                .contains("kinds");
        assertThat(breach(NoticeKind.ORDER, "copyright", "UU 5/2018", "Otoritas Contoh", "id"))
                .contains("categories");
        assertThat(breach(NoticeKind.ORDER, "terrorism", "UU 0/1900", "Otoritas Contoh", "id"))
                .contains("categories.terrorism.bases");
        assertThat(breach(NoticeKind.ORDER, "terrorism", "UU 5/2018", "Somebody Else", "id"))
                .contains("organisations");
        assertThat(breach(NoticeKind.ORDER, "terrorism", "UU 5/2018", "Otoritas Contoh", "fr"))
                .contains("languages");
        assertThat(
                        agreement
                                .breach(
                                        facts(
                                                NoticeKind.ORDER,
                                                "copyright",
                                                "UU 5/2018",
                                                "Otoritas Contoh",
                                                "id"))
                                .orElseThrow()
                                .sentence())
                .contains("\"copyright\"", "terrorism");
    }

    @Test
    void agreementWithoutADeadlineForEveryUrgencyIsRefused() {
        assertThatExceptionOfType(InvalidNoticeException.class)
                .isThrownBy(() -> agreement(Map.of(Urgency.URGENT, Duration.ofHours(4))))
                .withMessageContaining("NORMAL");
    }

    private Optional<String> breach(
            NoticeKind kind, String category, String basis, String organisation, String language) {
        return agreement
                .breach(facts(kind, category, basis, organisation, language))
                .map(Agreement.Breach::clause);
    }

    private static Agreement agreement(Map<Urgency, Duration> deadlines) {
        return new Agreement(
                "Sample agreement",
                "otoritas-contoh",
                "platform-contoh",
                LocalDate.of(2026, 1, 1),
                Map.of("terrorism", new Agreement.Category("Terrorism", Set.of("UU 5/2018"))),
                Set.of(NoticeKind.ORDER, NoticeKind.REFERRAL),
                deadlines,
                Set.of("Otoritas Contoh"),
                Set.of("id", "en"));
    }

    private static NoticeFacts facts(
            NoticeKind kind, String category, String basis, String organisation, String language) {
        return new NoticeFacts(
                kind,
                Urgency.URGENT,
                category,
                new NoticeFacts.LegalBasis(basis, "1"),
                new NoticeFacts.IssuingBody(
                        "Kementerian Contoh", NoticeFacts.IssuingBody.Type.MINISTRY),
                organisation,
                Optional.empty(),
                "SAMPLE-1",
                language,
                List.of("ID"),
                "Object at the sample court.",
                Optional.empty(),
                1);
    }
}
