package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import org.junit.jupiter.api.Test;

/** The register from its first entry to the call on a phone, and the call-back of an emergency. */
class RegisterPagesTest {
    private static final int PHONE = 390;

    @Test
    void registerIsFilledReadOnAPhonePrintedDrilledAndCalledBack() throws Exception {
        RunningDemo demo = RunningDemo.shared();
        try (Chromium chromium = Chromium.start()) {
            Desk admin = Desk.of(demo, chromium, "authority", "admin", "id", true);
            admin.open("/register");
            admin.open("/drills");
            admin.open("/register/entries/new?kind=contact");
            admin.fill("phones", "12");
            admin.fill("duty1", "pagi");
            admin.send("/register/entries");
            assertThat(admin.page().locator(".govuk-error-summary li").count()).isGreaterThan(2);
            assertThat(admin.page().inputValue("#duty1")).isEqualTo("pagi");
            new SampleRegister(admin).fill();
            new SampleRegister(admin).send();
            admin.page().locator("form[action$=confirmation] button").first().click();
            admin.check();
            admin.page().locator("td a[href^='/register/entries/']").first().click();
            admin.check();

            Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", "en", true);
            for (int i = 0;
                    i < 100
                            && !reviewer.open("/who-to-call")
                                    .text()
                                    .contains(SampleRegister.ON_DUTY);
                    i++) {
                reviewer.page().waitForTimeout(50);
            }
            callOnAPhone(reviewer);
            reviewer.open("/register");
            reviewer.page().locator("a[href^='/register/parties/']").first().click();
            reviewer.check();
            assertThat(reviewer.text()).contains(SampleRegister.ON_DUTY, "+62 21 5550101");
            drill(demo, chromium);
            emergency(demo, chromium, reviewer);
        }
    }

    /** Nothing is cut off, the person on duty stands first, and paper shows no buttons. */
    private static void callOnAPhone(Desk reviewer) {
        Page page = reviewer.page();
        page.setViewportSize(PHONE, 844);
        reviewer.open("/who-to-call");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
        assertThat(page.locator(".jalur-calls > li").first().innerText())
                .contains(SampleRegister.ON_DUTY, "on duty now");
        assertThat(page.locator(".jalur-phone").first().boundingBox().height)
                .as("room for a thumb")
                .isGreaterThan(24);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("nav").first().isVisible()).isFalse();
        assertThat(page.locator(".jalur-phone").first().isVisible()).isTrue();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        page.setViewportSize(1366, 768);
    }

    private static void drill(RunningDemo demo, Chromium chromium) {
        Desk admin = Desk.of(demo, chromium, "platform", "admin", "en", true);
        admin.open("/drills");
        admin.fill("everyDays", "often");
        admin.send("/drills");
        assertThat(admin.page().locator(".govuk-error-summary li").count()).isEqualTo(1);
        admin.fill("everyDays", "");
        admin.send("/drills");
        Desk officer = Desk.of(demo, chromium, "authority", "officer", "id", false);
        for (int i = 0;
                i < 200 && officer.open("/drills").page().locator("tbody a").count() == 0;
                i++) {
            officer.page().waitForTimeout(100);
        }
        officer.page().locator("tbody a").first().click();
        officer.page().locator("form[action$=answers] button").first().click();
        officer.check();
        assertThat(officer.page().locator(".govuk-notification-banner--success").count())
                .isEqualTo(1);
        Desk reading = Desk.of(demo, chromium, "authority", "auditor", "en", true);
        reading.open(officer.path().replaceAll("\\?.*", ""));
        assertThat(reading.page().locator("form[action$=answers]").count()).isZero();
    }

    private static void emergency(RunningDemo demo, Chromium chromium, Desk reviewer)
            throws Exception {
        var filing = new Filing(demo);
        String notice = filing.emergency("SAMPLE/EMERGENCY");
        filing.approve(notice);
        String one = filing.caseOf(notice);
        reviewer.open("/cases/" + one);
        assertThat(reviewer.text()).contains("Emergency claimed, not yet confirmed");
        reviewer.open("/cases?list=open");
        assertThat(reviewer.text()).contains("emergency not confirmed");
        reviewer.open("/cases/" + one + "/call-backs");
        reviewer.send("/call-backs");
        assertThat(reviewer.page().locator(".govuk-error-summary li").count()).isEqualTo(1);
        reviewer.select(
                "callNumber",
                reviewer.page().locator("#callNumber option").nth(1).getAttribute("value"));
        reviewer.fill("spokeWith", "Sample Switchboard");
        reviewer.choose("callOutcome", "confirmed");
        reviewer.send("/call-backs");
        Desk officer = Desk.of(demo, chromium, "authority", "officer", "id", true);
        String answers = "/notices/" + notice + "/call-backs";
        for (int i = 0;
                i < 200 && officer.open(answers).page().locator("button[name=took]").count() == 0;
                i++) {
            officer.page().waitForTimeout(100);
        }
        officer.page().locator("button[name=took]").first().click();
        officer.check();
        for (int i = 0;
                i < 200
                        && !reviewer.open("/cases/" + one)
                                .text()
                                .contains("Emergency confirmed by call-back");
                i++) {
            reviewer.page().waitForTimeout(100);
        }
        assertThat(reviewer.text()).contains("Emergency confirmed by call-back");
    }
}
