package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking with files, answering from a template, twins and leave-up notes, in both languages. */
class DialoguePagesTest {
    private static final FilePayload PICTURE =
            new FilePayload("page.png", "image/png", Base64.getDecoder().decode(Picture.png()));

    private static RunningDemo demo;
    private static Chromium chromium;
    private static Filing filing;

    private final String reference = "SAMPLE/" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        demo = RunningDemo.shared();
        filing = new Filing(demo);
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

    private static void await(Desk desk, String path, BooleanSupplier seen) {
        for (int i = 0; i < 200 && !seen.getAsBoolean(); i++) {
            LockSupport.parkNanos(50_000_000);
            desk.open(path);
        }
        assertThat(seen.getAsBoolean()).isTrue();
    }

    /** To be looked at by people. */
    private static void picture(Desk desk, String name, String language) {
        desk.page()
                .screenshot(
                        new com.microsoft.playwright.Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(
                                        Path.of(
                                                "target/looked-at",
                                                name + "." + language + ".png")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void questionWithAPictureIsAnsweredFromATemplate(String language) throws Exception {
        String notice = filing.draft(reference, "urgent", 2);
        filing.approve(notice);
        String one = filing.caseOf(notice);
        Desk reviewer = desk("platform", "reviewer", language).open("/cases/" + one);
        reviewer.send("/claim");
        reviewer.open("/cases/" + one + "/dialogue");
        reviewer.page().locator("form[action$='/questions'] button").click();
        reviewer.page().locator(".govuk-error-summary").waitFor();
        reviewer.check();
        reviewer.select("template", "which-post");
        reviewer.select("templateLanguage", language);
        reviewer.send("/dialogue");
        assertThat(reviewer.page().inputValue("#questionText")).isNotEmpty();
        reviewer.fill("aboutItems", "1");
        reviewer.page().setInputFiles("#attachments", PICTURE);
        reviewer.page().locator("form[action$='/questions'] button").click();
        reviewer.page().waitForURL("**/dialogue?done=asked");
        reviewer.check();

        Desk officer = desk("authority", "officer", language);
        String path = "/notices/" + notice;
        officer.open(path);
        await(
                officer,
                path,
                () -> officer.page().locator("form[action$='/clarifications']").count() > 0);
        picture(officer, "notice", language);
        officer.open(path + "/dialogue");
        officer.select("template", "this-post");
        officer.send("/dialogue");
        assertThat(officer.page().inputValue("#answer")).isNotEmpty();
        picture(officer, "answering", language);
        officer.page().locator("form[action$='/clarifications'] button").click();
        officer.page().waitForURL("**/dialogue?done=answered");
        officer.check();

        String dialogue = "/cases/" + one + "/dialogue";
        reviewer.open(dialogue);
        await(reviewer, dialogue, () -> reviewer.page().locator("article").count() == 2);
        reviewer.unfold("/remarks");
        reviewer.fill("remarkText", "Sample remark.");
        reviewer.page().locator("form[action$='/remarks'] button").click();
        reviewer.page().waitForURL("**/dialogue?done=remarked");
        reviewer.check();
        picture(reviewer, "dialogue", language);
        assertThat(reviewer.page().locator("article").count()).isEqualTo(3);
        reviewer.open("/cases/" + one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void twinsAndNotesAreSeenBeforeAnythingIsDecided(String language) throws Exception {
        String form = filing.form(reference, "urgent", 1);
        String url = form.replaceAll("(?s).*\"items\":\\[\\{\"url\":\"([^\"]+)\".*", "$1");
        Desk officer = desk("authority", "officer", language).open("/notes");
        officer.open("/notes/new");
        officer.send("/notes");
        assertThat(officer.page().locator(".govuk-error-summary").count()).isEqualTo(1);
        officer.select("category", "terrorism");
        officer.fill("noteValue", url);
        officer.fill("noteReason", "Sample reason: an investigation goes on.");
        officer.fill("noteUntil", LocalDate.now(java.time.ZoneOffset.UTC).plusDays(20).toString());
        picture(officer, "note-new", language);
        officer.send("/notes");
        Desk approver = desk("authority", "approver", language).open("/notes");
        approver.page()
                .locator("tr:has-text('" + url + "') form[action$='/approval'] button")
                .click();
        approver.page().waitForLoadState();
        approver.check();
        picture(approver, "notes", language);

        Desk reviewer = desk("platform", "reviewer", language).open("/notes");
        await(reviewer, "/notes", () -> reviewer.text().contains(url));
        String first = sent(form);
        String second = sent(form.replace(reference, reference + "/B"));
        reviewer.open("/cases?list=open");
        picture(reviewer, "queue", language);
        reviewer.open("/cases/" + first);
        reviewer.send("/claim");
        assertThat(reviewer.page().locator(".govuk-warning-text").count()).isEqualTo(1);
        assertThat(reviewer.page().isChecked("#twins")).isTrue();
        reviewer.choose("outcome", "blocked");
        reviewer.send("/preview");
        assertThat(reviewer.page().locator("#despiteNote-error").count()).isEqualTo(1);
        picture(reviewer, "case", language);
        reviewer.fill("despiteNote", "Sample emergency.");
        reviewer.send("/preview");
        assertThat(reviewer.text()).contains(reference + "/B", "Sample emergency.");
        picture(reviewer, "preview", language);
        reviewer.send("/decisions");

        assertThat(reviewer.path()).endsWith("/cases/" + first);
        reviewer.open("/cases/" + second);
        assertThat(reviewer.page().locator("form[action$='/preview']").count()).isZero();
        await(approver, "/notes", () -> approver.text().contains("Sample emergency."));
        String end =
                approver.page()
                        .locator("tr:has-text('" + url + "') form[action$='/end']")
                        .first()
                        .getAttribute("action");
        approver.page().locator("form[action='" + end + "'] button").click();
        approver.page().waitForLoadState();
        approver.check();
        approver.open(end.replace("/end", "/erasure"));
        approver.send("/erasure");
        assertThat(approver.page().locator(".govuk-error-summary").count()).isEqualTo(1);
        approver.select("eraseGround", "MISTAKE");
        approver.page().locator("#eraseSure").check();
        picture(approver, "note-erasure", language);
        approver.send("/erasure");
        assertThat(approver.text()).doesNotContain(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void nonDisclosureIsRenewedByTwoAndBothSidesSeeIt(String language) throws Exception {
        LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
        String form =
                filing.form(reference, "urgent", 1)
                        .replaceFirst(
                                "\"items\":",
                                "\"nonDisclosure\":{\"ground\":\"Sample ground\",\"until\":\"%sT00:00:00Z\"},\"items\":"
                                        .formatted(today.plusDays(20)));
        String notice =
                filing.post("authority", "officer", "/api/notices", form)
                        .at("/notice/id")
                        .asString();
        filing.approve(notice);
        String one = filing.caseOf(notice);
        Desk officer = desk("authority", "officer", language).open("/notices/" + notice);
        officer.open("/notices/" + notice + "/renewal");
        officer.send("/renewal");
        assertThat(officer.page().locator(".govuk-error-summary").count()).isEqualTo(1);
        officer.fill("renewUntil", today.plusDays(40).toString());
        officer.fill("renewReason", "Sample reason to renew.");
        picture(officer, "renewal-new", language);
        officer.send("/renewal");
        officer.open("/notices/" + notice + "/renewal");
        Desk approver = desk("authority", "approver", language);
        approver.open("/notices/" + notice + "/renewal");
        picture(approver, "renewal", language);
        approver.send("/renewal/approval");
        assertThat(approver.text()).contains("Sample reason to renew.");
        picture(approver, "renewed", language);

        Desk reviewer = desk("platform", "reviewer", language);
        await(reviewer, "/cases/" + one, () -> reviewer.text().contains("Sample reason to renew."));
        picture(reviewer, "renewed-case", language);
    }

    private static String sent(String form) throws Exception {
        String notice =
                filing.post("authority", "officer", "/api/notices", form)
                        .at("/notice/id")
                        .asString();
        filing.approve(notice);
        return filing.caseOf(notice);
    }
}
