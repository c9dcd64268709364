package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, entries, imports, hits and the box to try them out, by pages alone. */
class ScreeningPagesTest {
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
    @CsvSource({
        "id, true, Tanpa pratinjau: gambar tidak disimpan.",
        "en, false, No preview: pictures are not kept."
    })
    void listIsBegunFilledTriedOutAndReviewed(String language, boolean scripts, String noPreview)
            throws Exception {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        String words = "sample words %s of a list".formatted(unique);
        Desk senior = Desk.of(demo, chromium, "platform", "senior-reviewer", language, scripts);
        String list = begin(senior, "list-" + unique);
        String pdq = unique.repeat(8);
        addPicture(senior, pdq);
        add(senior, list, words);
        importFile(senior, list, unique);
        tryOut(senior, words);

        assertThat(demo.publish("sample-channel", "A post with " + words + ".").statusCode())
                .isBetween(200, 299);
        Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", language, scripts);
        demo.call(
                "platform",
                "connector",
                "POST",
                "/screen",
                "{\"visibility\": \"public\", \"files\": [{\"pdq\": \"%s\"}]}".formatted(pdq));
        reviewer.open("/hits");
        assertThat(
                        reviewer.page()
                                .locator(".jalur-items > li")
                                .filter(hasText(pdq))
                                .first()
                                .innerText())
                .contains(noPreview);
        var hit = reviewer.page().locator(".jalur-items > li").filter(hasText(unique)).first();
        assertThat(filter(hit)).startsWith("blur");
        hit.locator("label").click();
        hit.locator(".jalur-blurred mark").waitFor();
        assertThat(filter(hit)).isEqualTo("none");
        hit.locator("button[value=yes]").click();
        reviewer.check();
        assertThat(reviewer.page().locator(".govuk-notification-banner--success").count())
                .isEqualTo(1);

        senior.open("/lists/" + list);
        senior.page().locator("#main table a").filter(hasText(unique)).first().click();
        senior.check();
        assertThat(senior.text()).contains("100 %");
        senior.open(senior.path() + "?trial=yes");
        senior.page().locator("#reopen").check();
        senior.send("/removal");
        assertThat(senior.page().locator(".govuk-error-summary li").count()).isEqualTo(1);
        assertThat(senior.page().locator("#reopen").isChecked()).isTrue();
        senior.fill("removalReason", "Sample reason.");
        senior.send("/removal");
        assertThat(senior.page().locator(".govuk-notification-banner--success").count())
                .isEqualTo(1);
    }

    private static com.microsoft.playwright.Locator.FilterOptions hasText(String text) {
        return new com.microsoft.playwright.Locator.FilterOptions().setHasText(text);
    }

    private static String filter(com.microsoft.playwright.Locator hit) {
        return String.valueOf(
                hit.locator(".jalur-blurred").evaluate("e => getComputedStyle(e).filter"));
    }

    private static String begin(Desk senior, String id) {
        senior.open("/lists");
        senior.fill("listId", "Not an id");
        senior.send("/lists");
        assertThat(senior.page().locator(".govuk-error-summary li").count()).isEqualTo(3);
        senior.fill("listId", id);
        senior.fill("listName", "Sample list " + id);
        senior.select("listSource", "own");
        senior.send("/lists");
        assertThat(senior.path()).startsWith("/lists/" + id);
        return id;
    }

    private static void addPicture(Desk senior, String pdq) {
        senior.unfold("/entries");
        senior.select("signal", "pdq");
        senior.fill("value", pdq);
        senior.send("/entries");
        assertThat(senior.text()).contains(pdq);
    }

    private static void add(Desk senior, String list, String words) {
        senior.unfold("/entries");
        senior.select("signal", "phrase");
        senior.fill("value", "ab");
        senior.send("/entries");
        assertThat(senior.page().locator(".govuk-error-summary li").count()).isEqualTo(1);
        senior.fill("value", words);
        senior.send("/entries");
        assertThat(senior.text()).contains(words);
        senior.open("/lists/" + list + "?part=no+such+value");
    }

    private static void importFile(Desk senior, String list, String unique) {
        senior.open("/lists/" + list);
        senior.unfold("/imports");
        senior.page()
                .setInputFiles(
                        "#listFile",
                        new FilePayload(
                                "sample.csv",
                                "text/csv",
                                "kind,value\nphrase,imported sample words %s\ndomain,com\n"
                                        .formatted(unique)
                                        .getBytes(StandardCharsets.UTF_8)));
        senior.send("/imports");
        String path = senior.path();
        for (int i = 0; i < 100 && !senior.open(path).text().contains("com"); i++) {
            senior.page().waitForTimeout(50);
        }
        assertThat(senior.page().locator("#main table tbody tr").count()).isEqualTo(1);
        senior.send("/undo");
        assertThat(senior.page().locator(".govuk-notification-banner--success").count())
                .isEqualTo(1);
    }

    private static void tryOut(Desk senior, String words) {
        senior.open("/try-out");
        senior.send("/try-out");
        assertThat(senior.page().locator(".govuk-error-summary").count()).isEqualTo(1);
        senior.fill("tryText", "Some " + words.toUpperCase(Locale.ROOT) + " here");
        senior.page()
                .setInputFiles(
                        "#picture",
                        new FilePayload(
                                "sample.png",
                                "image/png",
                                Base64.getDecoder().decode(Picture.png())));
        senior.send("/try-out");
        assertThat(senior.page().locator("mark").first().innerText())
                .isEqualTo(words.toUpperCase(Locale.ROOT));
        assertThat(senior.text()).contains("PDQ", "SHA-256");
    }
}
