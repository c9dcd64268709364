package org.jalur.node.deconfliction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.log.Hash;
import org.jalur.node.agreement.SampleAgreement;
import org.jalur.notice.NoteFacts;
import org.junit.jupiter.api.Test;

class NoteRulesTest {
    private static final Agreement AGREEMENT =
            SampleAgreement.between(
                    SampleAgreement.party("otoritas", "Otoritas", Hash.sha256(new byte[] {1})),
                    SampleAgreement.party("platform", "Platform", Hash.sha256(new byte[] {2})),
                    List.of("Otoritas Contoh"));
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    private static Optional<String> broken(
            String organisation, String category, Instant until, int held) {
        var facts =
                new NoteFacts(
                        new UUID(0, 1),
                        NoteFacts.Act.ASKED,
                        organisation,
                        category,
                        until,
                        "officer",
                        NOW);
        return NoteRules.broken(AGREEMENT, facts, NOW, held).map(NoteRules.Broken::type);
    }

    @Test
    void noteOfAnEntitledOrganisationWithinItsTimeBreaksNothing() {
        assertThat(broken("Otoritas Contoh", "terrorism", NOW.plus(Duration.ofDays(30)), 0))
                .isEmpty();
    }

    @Test
    void lastMomentOfNinetyDaysIsTheLatestEnd() {
        Instant latest = NoteRules.latest(AGREEMENT, NOW);

        assertThat(latest).isBeforeOrEqualTo(NOW.plus(NoteRules.LONGEST));
        assertThat(broken("Otoritas Contoh", "terrorism", latest, 0)).isEmpty();
        assertThat(broken("Otoritas Contoh", "terrorism", latest.plusSeconds(1), 0))
                .contains("note-too-long");
    }

    @Test
    void noteDoesNotOutliveTheAgreement() {
        LocalDate last = AGREEMENT.term().until().orElse(LocalDate.of(2026, 12, 31));
        Instant before = last.atStartOfDay().toInstant(ZoneOffset.UTC);

        assertThat(NoteRules.latest(AGREEMENT, before))
                .isBeforeOrEqualTo(before.plus(NoteRules.LONGEST));
        AGREEMENT
                .term()
                .until()
                .ifPresent(_ ->
                        assertThat(NoteRules.latest(AGREEMENT, before))
                                .isBefore(before.plus(Duration.ofDays(2))));
    }

    @Test
    void nobodyElseAsksAndNotAboutOtherThings() {
        Instant until = NOW.plus(Duration.ofDays(1));

        assertThat(broken("Badan Lain", "terrorism", until, 0)).contains("note-organisation");
        assertThat(broken("Otoritas Contoh", "unheard_of", until, 0)).contains("note-category");
    }

    @Test
    void whatIsOverIsNotAsked() {
        assertThat(broken("Otoritas Contoh", "terrorism", NOW, 0)).contains("note-past");
    }

    @Test
    void moreNotesThanAPlatformKeepsInMindAreNotTaken() {
        assertThat(
                        broken(
                                "Otoritas Contoh",
                                "terrorism",
                                NOW.plus(Duration.ofDays(1)),
                                NoteRules.MOST))
                .contains("note-too-many");
    }
}
