package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Errors, conflicts, wrong files and long lists: pages like the others, and nothing typed is lost.
 */
class UnhappyPagesTest {
    private static RunningDemo demo;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        demo = RunningDemo.shared();
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Desk desk(String side, String role, String language) {
        return Desk.of(demo, chromium, side, role, language, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void unknownAndForbiddenPagesSayWhatToDo(String language) {
        Desk officer = desk("authority", "officer", language);

        int unknown = officer.page().navigate(demo.url("authority") + "/unheard-of").status();
        officer.check();
        int forbidden = officer.page().navigate(demo.url("authority") + "/accounts").status();
        officer.check();
        int missing =
                officer.page()
                        .navigate(demo.url("authority") + "/notices/" + UUID.randomUUID())
                        .status();
        officer.check();

        assertThat(unknown).isEqualTo(404);
        assertThat(forbidden).isEqualTo(403);
        assertThat(missing).isEqualTo(404);
    }

    @Test
    void stepSaysWhatIsMissingAndKeepsWhatWasTyped() {
        Desk officer = desk("authority", "officer", "en");
        officer.open("/notice-forms");
        officer.send("/notice-forms");
        officer.fill("article", "14 of the sample law");
        officer.send("/ground");

        assertThat(officer.text()).contains("There is a problem", "Category: fill this in");
        assertThat(officer.page().inputValue("#article")).isEqualTo("14 of the sample law");
        assertThat(
                        (Boolean)
                                officer.page()
                                        .evaluate(
                                                "document.activeElement.matches('.govuk-error-summary')"))
                .isTrue();
    }

    @Test
    void baseOutsideTheAgreementIsToldBeforeSending() {
        Desk officer = desk("authority", "officer", "en");
        officer.open("/notice-forms");
        officer.send("/notice-forms");
        officer.choose("kind", "order");
        officer.select("category", "gambling");
        officer.select("instrument", "UU 5/2018");
        officer.fill("article", "1");
        officer.select("organisation", "Otoritas Contoh");
        officer.send("/ground");

        assertThat(officer.text())
                .contains(
                        "“UU 5/2018” is no agreed legal basis", "agreed are Permenkominfo 5/2020");
    }

    @Test
    void pastedAddressesAreCleanedAndDuplicatesTold() {
        Desk officer = itemsStep();
        officer.fill(
                "urls",
                "hxxps://social[.]example/a?utm_source=x\n<https://SOCIAL.example/a/>\nnot an address\nsocial.example/b,");
        officer.send("/items/paste");

        assertThat(officer.text())
                .contains(
                        "2 items added",
                        "2 addresses were cleaned up",
                        "1 duplicates left out",
                        "https://social.example/a",
                        "https://social.example/b",
                        "“address” is not a full address");
        assertThat(officer.page().inputValue("#urls")).contains("address");
    }

    private static Desk itemsStep() {
        Desk officer = desk("authority", "officer", "en");
        officer.open("/notice-forms");
        officer.send("/notice-forms");
        return officer.open(officer.path().replaceFirst("/ground", "/items"));
    }

    @Test
    void wrongLinesOfACsvAreToldWithTheirNumbers() {
        Desk officer = itemsStep();
        upload(
                officer,
                "url,kind\nhttps://social.example/1,post\nnonsense,post\nhttps://social.example/2,film\n");

        assertThat(officer.text()).contains("Lines that were not taken", "No item added");
        assertThat(officer.page().locator("#added tbody tr").allInnerTexts())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("3").contains("nonsense"),
                        line -> assertThat(line).startsWith("4").contains("film"));
        officer.check();
    }

    @Test
    void tenThousandItemsStayUsable() {
        Desk officer = itemsStep();
        var csv = new StringBuilder("url\n");
        for (int i = 0; i < 10_000; i++) {
            csv.append("https://social.example/sample/").append(i).append('\n');
        }
        upload(officer, csv.toString());
        officer.check();

        assertThat(officer.text()).contains("10,000 items added");
        officer.page().locator("a[rel=next]").click();
        officer.check();
        assertThat(officer.text()).contains("https://social.example/sample/50");
    }

    private static void upload(Desk officer, String csv) {
        officer.page()
                .setInputFiles(
                        "#csv",
                        new FilePayload(
                                "sample.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
        officer.page().locator("form[action$='/items/csv'] button").click();
        officer.page().locator("#added").waitFor();
    }

    @Test
    void whoComesSecondIsToldWhoHasTheCaseAndUntilWhen() throws Exception {
        String reference = "SAMPLE/" + UUID.randomUUID();
        String notice =
                WholeWayTest.draft(
                        desk("authority", "officer", "en"),
                        reference,
                        demo.post("sample-channel", "Sample post for a conflict."));
        desk("authority", "approver", "en").open(notice).send("/approval");
        String path = "/cases/" + caseOf(reference);
        Desk reviewer = desk("platform", "reviewer", "en").open(path);
        desk("platform", "senior-reviewer", "en").open(path).send("/claim");

        reviewer.send("/claim");

        assertThat(reviewer.text())
                .contains("Things have changed meanwhile", "is claimed by senior-reviewer-", "WIB");
    }

    private static String caseOf(String reference) throws Exception {
        for (int i = 0; i < 100; i++) {
            for (JsonNode one :
                    demo.call("platform", "reviewer", "GET", "/api/cases?limit=500", "")
                            .path("cases")) {
                if (one.path("reference").asString().equals(reference)) {
                    return one.path("id").asString();
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("no case for " + reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void overdueIsSaidInWordsOnBothSides(String language) throws Exception {
        String reference = "SAMPLE/" + UUID.randomUUID();
        String notice =
                WholeWayTest.draft(
                        desk("authority", "officer", language),
                        reference,
                        demo.post("sample-channel", "Sample post that nobody decides."));
        desk("authority", "approver", language).open(notice).send("/approval");
        String path = "/cases/" + caseOf(reference);
        while (demo.call("authority", "officer", "GET", "/api" + notice, "")
                .at("/notice/receivedAt")
                .isMissingNode()) {
            LockSupport.parkNanos(100_000_000);
        }
        String late =
                "due_at = now() - interval '2 hours' where reference = '%s'".formatted(reference);
        demo.change("authority", "update notices set " + late);
        demo.change("platform", "update cases set " + late);
        String word = language.equals("id") ? "lewat 2 jam" : "2 h 0 min late";

        Desk officer = desk("authority", "officer", language);
        assertThat(officer.open("/").text()).contains(word);
        assertThat(officer.open("/notices?list=overdue").text()).contains(reference, word);
        assertThat(officer.open(notice).text()).contains(word);
        Desk reviewer = desk("platform", "reviewer", language);
        assertThat(reviewer.open("/").text()).contains(word);
        assertThat(reviewer.open("/cases?list=overdue").text()).contains(reference, word);
        assertThat(reviewer.open(path).text()).contains(word);
    }

    @Test
    void wrongDecisionKeepsItsReason() throws Exception {
        String reference = "SAMPLE/" + UUID.randomUUID();
        String notice =
                WholeWayTest.draft(
                        desk("authority", "officer", "en"),
                        reference,
                        demo.post("sample-channel", "Sample post for a refusal."));
        desk("authority", "approver", "en").open(notice).send("/approval");
        Desk reviewer = desk("platform", "reviewer", "en").open("/cases/" + caseOf(reference));
        reviewer.send("/claim");
        reviewer.choose("outcome", "refused");
        reviewer.fill("reason", "Sample reason that must not be lost.");
        reviewer.send("/preview");

        assertThat(reviewer.text()).contains("a refusal has a ground");
        assertThat(reviewer.page().inputValue("#reason"))
                .isEqualTo("Sample reason that must not be lost.");
    }
}
