package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the first field of a notice to the authority's view of the blocked post, by pages alone. */
class WholeWayTest {
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

    @ParameterizedTest
    @CsvSource({"id, true", "en, true", "id, false", "en, false"})
    void draftToBlockedAndBack(String language, boolean scripts) throws Exception {
        String text = "Sample post %s, made up for a test of pages.".formatted(UUID.randomUUID());
        String url = demo.post("sample-channel", text);
        String reference = "SAMPLE/%s/%s".formatted(language, UUID.randomUUID());

        Desk officer = Desk.of(demo, chromium, "authority", "officer", language, scripts);
        String notice = draft(officer, reference, url);

        Desk approver = Desk.of(demo, chromium, "authority", "approver", language, scripts);
        approver.open(notice);
        assertThat(approver.text()).contains(reference, url);
        approver.send("/approval");
        awaitText(officer, notice, "receipt");

        Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", language, scripts);
        reviewer.open("/cases?list=unclaimed");
        reviewer.page()
                .locator(
                        "a",
                        new com.microsoft.playwright.Page.LocatorOptions().setHasText(reference))
                .click();
        reviewer.check();
        reviewer.send("/claim");
        reviewer.choose("outcome", "blocked");
        reviewer.page().locator("#decide summary").click();
        reviewer.select("textMode", "block");
        reviewer.send("/preview");
        reviewer.send("/decisions");
        String casePath = reviewer.path();
        awaitGone(reviewer, casePath);

        assertThat(demo.status(url)).isIn(404, 410, 451);
        assertThat(demo.publish("another-sample-channel", text).statusCode()).isEqualTo(451);
        reviewer.open(casePath);
        assertThat(reviewer.text()).contains("/channels/another-sample-channel");
        awaitGone(officer, notice);
        assertThat(officer.page().locator(".jalur-timeline li").count()).isGreaterThan(4);
    }

    /** Fills all steps and files; answers the notice's path. */
    static String draft(Desk officer, String reference, String url) {
        officer.open(fill(officer, reference, java.util.List.of(url, url)) + "/check");
        officer.send("/submission");
        return officer.path().replaceFirst("\\?.*", "");
    }

    /** Fills all steps; answers the form's path. */
    static String fill(Desk officer, String reference, java.util.List<String> urls) {
        officer.open("/notice-forms");
        officer.send("/notice-forms");
        officer.choose("kind", "order");
        officer.choose("urgency", "urgent");
        officer.select("category", "terrorism");
        officer.select("instrument", "Permenkominfo 5/2020");
        officer.fill("article", "14");
        officer.select("organisation", "Otoritas Contoh");
        officer.send("/ground");
        officer.fill("issuer", "Sample Ministry");
        officer.choose("issuerType", "ministry");
        officer.fill("reference", reference);
        officer.fill("contact", "Sample desk, desk@otoritas-contoh.example");
        officer.fill("redress", "Objection to the sample authority within 14 days.");
        officer.send("/issuer");
        officer.fill("reasons", "Sample reasons, made up.");
        officer.send("/reasons");
        officer.fill("urls", String.join("\n", urls));
        officer.send("/items/paste");
        return officer.path().replaceFirst("/items.*", "");
    }

    private static void awaitText(Desk desk, String path, String link) {
        await(desk, path, () -> desk.page().locator("a[href$='/%s']".formatted(link)).count() > 0);
    }

    private static void awaitGone(Desk desk, String path) {
        await(desk, path, () -> desk.page().locator(".govuk-tag--green").count() > 2);
    }

    private static void await(Desk desk, String path, java.util.function.BooleanSupplier there) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        desk.open(path);
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting on " + path + ": " + desk.text())
                    .isLessThan(deadline);
            LockSupport.parkNanos(300_000_000);
            desk.page().reload();
        }
        desk.check();
    }
}
