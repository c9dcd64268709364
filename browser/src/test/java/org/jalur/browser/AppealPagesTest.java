package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An affected user appeals by the keyboard, without an account, and reads what became of it. */
class AppealPagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    /** What the sample platform told the author about a notice. */
    private static String link(String reference) throws Exception {
        for (int i = 0; i < 200; i++) {
            JsonNode inbox =
                    JSON.readTree(
                            HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(
                                                            URI.create(
                                                                    demo.url("samplePlatform")
                                                                            + "/channels/sample-channel/inbox.json"))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body());
            for (JsonNode entry : inbox.path("entries")) {
                JsonNode statement = entry.path("statement");
                if (statement.path("reference").asString("").equals(reference)) {
                    return URI.create(statement.path("appealUrl").asString()).getPath();
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("nobody was told of " + reference);
    }

    @ParameterizedTest
    @CsvSource({"id,true", "en,false"})
    void authorAppealsByTheKeyboardAndReadsTheOutcome(String language, boolean scripts)
            throws Exception {
        String reference = "APPEAL-" + UUID.randomUUID().toString().substring(0, 8);
        var filing = new Filing(demo);
        String theCase = filing.sent(reference, 1);
        filing.claim(theCase);
        filing.decide(
                theCase,
                "\"outcome\":\"blocked\",\"reason\":\"Sample reason.\",\"signatures\":{\"file\":\"none\",\"picture\":\"none\",\"text\":\"none\",\"url\":\"none\"}");
        String page = link(reference);
        Desk author = Desk.at(demo, chromium.profile(language, scripts), "platform", scripts);

        author.open(page);
        author.page().locator("#appealWords").focus();
        author.page().keyboard().press("Tab");
        author.page().keyboard().press("Tab");
        author.page().keyboard().press("Space");
        author.page().keyboard().press("Tab");
        author.page().keyboard().press("Enter");
        author.page().locator(".govuk-error-summary").waitFor();
        author.page().waitForLoadState();
        author.check();
        assertThat(author.page().isChecked("#appealShare")).as("typed is kept").isTrue();
        author.page().locator(".govuk-error-summary a").first().press("Enter");
        author.page().locator("#appealWords").focus();
        author.page().keyboard().type("Sample words: it was satire.");
        author.send(page);
        assertThat(author.page().locator(".govuk-notification-banner").isVisible()).isTrue();
        assertThat(author.page().locator("#appealWords").count()).isZero();

        Desk senior = Desk.of(demo, chromium, "platform", "senior-reviewer", language, scripts);
        senior.open("/").open("/appeals").open("/cases/" + theCase);
        senior.page().locator("a[href^='/appeals/']").last().click();
        senior.page().waitForLoadState();
        senior.check();
        senior.send("/claim");
        senior.send("/decision");
        assertThat(senior.page().locator(".govuk-error-summary").isVisible()).isTrue();
        senior.choose("result", "rejected");
        senior.fill("reason", "Sample rejection.");
        senior.send("/decision");
        assertThat(senior.text()).contains("Sample rejection.");

        author.open(page);
        assertThat(author.text()).contains("Sample rejection.");
        Desk officer = Desk.of(demo, chromium, "authority", "officer", language, scripts);
        officer.open("/appeals").open("/appeals?which=decided");
        officer.page().locator("th a[href^='/appeals/']").first().click();
        officer.page().waitForLoadState();
        officer.check();
    }
}
