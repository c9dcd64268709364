package org.jalur.node.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jalur.notice.NoticeFacts.NonDisclosure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was typed becomes a form, and a form becomes what was typed. */
class AnswersTest {
    private static final Map<String, String> TYPED =
            Map.ofEntries(
                    Map.entry("kind", "order"),
                    Map.entry("urgency", "normal"),
                    Map.entry("category", "terrorism"),
                    Map.entry("instrument", "UU 5/2018"),
                    Map.entry("article", "12"),
                    Map.entry("issuer", "Sample Ministry"),
                    Map.entry("issuerType", "ministry"),
                    Map.entry("organisation", "Otoritas Contoh"),
                    Map.entry("reference", "SAMPLE/1"),
                    Map.entry("contact", "Sample desk"),
                    Map.entry("redress", "Objection within 14 days."),
                    Map.entry("language", "id"),
                    Map.entry("reasons", "Sample reasons."),
                    Map.entry("nonDisclosure", "yes"),
                    Map.entry("nonDisclosureGround", "Sample ground"),
                    Map.entry("nonDisclosureUntil", "2026-12-31"));

    private static NoticeForm form(Answers answers, ZoneId zone) {
        return answers.form(List.of(), List.of(), zone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/Los_Angeles",
                "America/New_York",
                "UTC",
                "Asia/Jakarta",
                "Asia/Jayapura"
            })
    void editingADraftNeverMovesTheEndOfNonDisclosure(String place) {
        ZoneId zone = ZoneId.of(place);
        Answers answers = new Answers(TYPED);

        for (int edit = 0; edit < 3; edit++) {
            answers = Answers.of(form(answers, zone), zone);
        }

        assertThat(answers.value("nonDisclosureUntil")).isEqualTo("2026-12-31");
    }

    @Test
    void nonDisclosureLastsUntilTheDayEndsWhereTheOfficerIs() {
        NoticeForm form = form(new Answers(TYPED), ZoneId.of("Asia/Jakarta"));

        assertThat(form.nonDisclosure().map(NonDisclosure::until))
                .contains(Instant.parse("2026-12-31T16:59:59Z"));
    }

    @Test
    void letterAndItsFileComeBackAsTheyWereGiven() {
        var typed = new HashMap<>(TYPED);
        typed.put("letterNumber", "SAMPLE/LETTER/1");
        typed.put("letterDate", "2026-11-01");
        typed.put("letterFile", "letter.pdf");
        ZoneId zone = ZoneId.of("Asia/Jakarta");

        Answers again = Answers.of(form(new Answers(typed), zone), zone);

        assertThat(again.values())
                .containsEntry("letterNumber", "SAMPLE/LETTER/1")
                .containsEntry("letterDate", "2026-11-01")
                .containsEntry("letterFile", "letter.pdf");
    }
}
