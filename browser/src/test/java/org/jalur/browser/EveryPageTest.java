package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page of every role, empty and filled: axe-core finds nothing, and no text is missing. */
class EveryPageTest {
    private static final List<String> NOTICE_LISTS =
            List.of(
                    "approval",
                    "undelivered",
                    "unacknowledged",
                    "due-soon",
                    "overdue",
                    "clarification",
                    "sent",
                    "refused",
                    "closed",
                    "withdrawn",
                    "all");
    private static final List<String> CASE_LISTS =
            List.of(
                    "unclaimed",
                    "mine",
                    "unconfirmed",
                    "due-soon",
                    "overdue",
                    "waiting",
                    "undelivered",
                    "open",
                    "closed",
                    "withdrawn");

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
    void authoritysPagesAreInOrder(String language) {
        Desk officer = desk("authority", "officer", language);
        for (String path :
                List.of(
                        "/",
                        "/notice-forms",
                        "/clocks",
                        "/appeals",
                        "/appeals?which=decided",
                        "/scorecard",
                        "/access-blocks",
                        "/access-blocks/new",
                        "/sent-lists",
                        "/sent-lists/new",
                        "/zones",
                        "/zones/list",
                        "/notes",
                        "/notes/new",
                        "/resolvers",
                        "/resolvers/new",
                        "/register",
                        "/who-to-call",
                        "/drills",
                        "/settings",
                        "/notifications",
                        "/notifications/settings",
                        "/on-call",
                        "/story",
                        "/journal")) {
            officer.open(path);
        }
        NOTICE_LISTS.forEach(list -> officer.open("/notices?list=" + list));
        Desk admin = desk("authority", "admin", language);
        admin.open("/");
        admin.open("/accounts");
        admin.open("/resolvers");
        admin.open("/probes");
        admin.open("/keys");
        admin.choose("change", "rotation");
        admin.send("/preparation");
        Desk auditor = desk("authority", "auditor", language);
        auditor.open("/retention");
        auditor.open("/");
        auditor.open("/notices");
    }

    /** From an empty form, told what is missing, to a list that waits and is let go of. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void listForResolversIsImportedUnderItsOrder(String language) {
        Desk officer = desk("authority", "officer", language);
        officer.open("/zones/list");
        officer.send("/zones/list/imports");
        assertThat(officer.page().locator(".govuk-error-summary").isVisible()).isTrue();
        officer.fill("listIssuer", "Sample ministry");
        officer.fill("listGround", "Sample act, article 1");
        officer.fill("listObjection", "objections@authority.example");
        officer.fill("listReview", "2099-01-01");
        StringBuilder names = new StringBuilder("no name at all\n");
        for (int i = 0; i < 1_500; i++) {
            names.append("listed-").append(i).append(".example\n");
        }
        officer.page()
                .locator("#nameList")
                .setInputFiles(
                        new FilePayload(
                                "names.txt",
                                "text/plain",
                                names.toString().getBytes(StandardCharsets.UTF_8)));
        officer.send("/zones/list/imports");
        String path = URI.create(officer.page().url()).getPath();
        awaitDecision(officer, path);
        Desk approver = desk("authority", "approver", language);
        approver.open(path);
        approver.send("/refusal");
        approver.open("/zones/list");
    }

    /** From an empty form to a resolver that an admin confirms, and a probe that asks it. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void resolverIsRegisteredAndItsAddressConfirmed(String language) {
        Desk officer = desk("authority", "officer", language);
        officer.open("/resolvers/new");
        officer.send("/resolvers");
        assertThat(officer.page().locator(".govuk-error-summary").isVisible()).isTrue();
        officer.fill("resolverName", "sample-resolver-" + language);
        officer.fill("resolverAddress", "127.0.0.1");
        officer.fill("port", language.equals("id") ? "5301" : "5302");
        officer.fill("operatorName", "Sample operator");
        officer.fill("contactPerson", "Sample contact");
        officer.fill("contactMail", "noc@operator.example");
        officer.choose("askedFrom", "probe");
        officer.send("/resolvers");
        String path = URI.create(officer.page().url()).getPath();
        Desk admin = desk("authority", "admin", language);
        admin.open(path);
        admin.send("/confirmation");
        admin.open("/probes");
        admin.send("/probes");
        assertThat(admin.page().locator(".govuk-error-summary").isVisible()).isTrue();
        officer.open("/resolvers");
        officer.fill("outsideOrigin", "Sample tool");
        officer.page()
                .locator("#outsideFile")
                .setInputFiles(
                        new FilePayload(
                                "results.csv",
                                "text/csv",
                                "asked_at,resolver,name,state\nsoon,nobody,sample.example,open\n"
                                        .getBytes(StandardCharsets.UTF_8)));
        officer.send("/resolvers/outside-readings");
        Desk approver = desk("authority", "approver", language);
        approver.open(path);
        approver.fill("resolverRemoval", "Sample reason");
        approver.send("/removal");
        approver.open(path);
    }

    /** The file is read beside the page. */
    private static void awaitDecision(Desk desk, String path) {
        for (int i = 0; i < 100; i++) {
            desk.open(path);
            if (desk.page().locator("form[action$='/refusal']").count() > 0) {
                return;
            }
            desk.page().waitForTimeout(100);
        }
        throw new AssertionError("the import does not wait for anybody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void pagesForEverybodyAreInOrder(String language) {
        Desk anybody = Desk.at(demo, chromium.profile(language, true), "authority", true);
        anybody.open("/blocks").open("/blocks?state=past&q=t.me").open("/blocked");
        anybody.fill("blockedName", "https://never-heard-of.example/path");
        anybody.page().locator("form[action='/blocked'] button").click();
        anybody.page().waitForLoadState();
        assertThat(anybody.path()).isEqualTo("/blocked/never-heard-of.example");
        anybody.check();
        anybody.page().navigate(demo.url("authority") + "/blocked?name=192.0.2.1");
        anybody.check();
        assertThat(anybody.page().locator(".govuk-error-summary").count()).isEqualTo(1);
        desk("authority", "officer", language)
                .open("/objections")
                .open("/objections?which=answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void platformsPagesAreInOrder(String language) {
        Desk reviewer = desk("platform", "reviewer", language);
        for (String path :
                List.of(
                        "/",
                        "/settings",
                        "/notifications",
                        "/journal",
                        "/clocks",
                        "/appeals",
                        "/appeals?which=decided",
                        "/scorecard",
                        "/access-blocks",
                        "/notes",
                        "/story",
                        "/cases?urgency=urgent")) {
            reviewer.open(path);
        }
        CASE_LISTS.forEach(list -> reviewer.open("/cases?list=" + list));
        for (String path :
                List.of(
                        "/hits",
                        "/hits?which=all",
                        "/lists",
                        "/lists/decisions.block",
                        "/try-out")) {
            reviewer.open(path);
        }
        Desk admin = desk("platform", "admin", language);
        admin.open("/");
        admin.open("/accounts");
        admin.open("/keys");
        admin.open("/notifications");
        admin.open("/notifications/outbox");
        admin.open("/on-call");
        Desk auditor = desk("platform", "auditor", language);
        auditor.open("/cases");
        auditor.open("/hits");
        auditor.open("/lists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void agreementsAreReadComparedAndProposed(String language) {
        Desk signatory = desk("authority", "signatory", language);
        signatory.open("/").open("/agreements").open("/agreement-templates/indonesia_saman");
        signatory.open("/agreements");
        signatory.page().locator("td a[href^='/agreements/platform-contoh/']").first().click();
        assertThat(signatory.page().locator("#clause-deadlines").innerText())
                .contains("4 " + (language.equals("id") ? "jam" : "h"));
        signatory.open("/agreements/platform-contoh/proposal?begin=indonesia_2017");
        Desk reader = desk("platform", "reviewer", language).open("/agreements");
        reader.page().locator("td a[href^='/agreements/otoritas-contoh/']").first().click();
        assertThat(reader.page().locator("form[action$='/signature']").count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void ladderIsShownWithItsFormsAndKeepsWhatWasTyped(String language) throws Exception {
        String reference = "SAMPLE/" + UUID.randomUUID();
        String one = new Filing(demo).sent(reference, 1);
        desk("platform", "reviewer", language).open("/cases/" + one);
        Desk officer = desk("authority", "officer", language).open("/notices?list=sent");
        officer.page().locator("a:has-text('" + reference + "')").first().click();
        String path = URI.create(officer.page().url()).getPath();

        officer.open(path).open(path + "/ladder");
        officer.page().locator("details:has(#stopStep) > summary").click();
        officer.page().locator("#stopStep").selectOption("Deputy");
        officer.send("/ladder/stop");

        assertThat(officer.page().locator("#stopReason-error").count()).isEqualTo(1);
        assertThat(officer.page().locator("#stopStep").inputValue()).isEqualTo("Deputy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void messageIsFoundInTheJournalWithItsWayToTheRoot(String language) throws Exception {
        var filing = new Filing(demo);
        String one = filing.sent("SAMPLE/" + UUID.randomUUID(), 1);
        Desk reviewer = desk("platform", "reviewer", language).open("/cases/" + one);
        reviewer.page().locator("details:has(.jalur-digest) > summary").first().click();
        String digest = reviewer.page().locator("details .jalur-digest").first().innerText();

        reviewer.open("/journal?digest=" + digest);
        assertThat(reviewer.page().locator(".jalur-proof svg rect.jalur-node").count())
                .isEqualTo(reviewer.page().locator("#main table td.jalur-digest").count() / 2)
                .isPositive();

        reviewer.fill("digest", "not a digest");
        reviewer.page().locator("form[action='/journal'] button").click();
        reviewer.check();
        assertThat(reviewer.page().locator(".govuk-error-summary").count()).isEqualTo(1);
        assertThat(reviewer.page().inputValue("#digest")).isEqualTo("not a digest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void contentIsErasedOnThePageAndTheCaseStaysReadable(String language) throws Exception {
        String one = new Filing(demo).sent("SAMPLE/" + UUID.randomUUID(), 2);
        Desk senior = desk("platform", "senior-reviewer", language);

        senior.open("/cases/" + one + "/erasure");
        senior.fill("eraseItems", "2, x");
        senior.send("/erasure");
        assertThat(senior.page().locator(".govuk-error-summary li").count()).isEqualTo(3);
        assertThat(senior.page().inputValue("#eraseItems")).isEqualTo("2, x");
        senior.fill("eraseItems", "2");
        senior.select("eraseGround", "MISTAKE");
        senior.page().locator("#eraseSure").check();
        senior.send("/erasure");

        assertThat(senior.path()).startsWith("/cases/" + one);
        senior.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void whatTheAgreementAllowsAndWantsConfirmedIsDoneOnThePages(String language) throws Exception {
        String one = "/cases/" + new Filing(demo).withAccount("SAMPLE/" + UUID.randomUUID());
        Desk reviewer = desk("platform", "reviewer", language).open(one);
        reviewer.send("/claim");
        reviewer.choose("which", "all");
        reviewer.page().locator("button[formaction$='/interim']").click();
        reviewer.page().waitForLoadState();
        assertThat(reviewer.check().page().locator(".govuk-tag--purple").count()).isEqualTo(2);
        reviewer.open(one);
        reviewer.choose("which", "all");
        reviewer.choose("outcome", "blocked");
        reviewer.send("/preview");
        reviewer.send("/decisions");

        Desk senior = desk("platform", "senior-reviewer", language).open(one);
        senior.send("/return");
        assertThat(senior.page().locator(".govuk-error-summary li").count()).isEqualTo(1);
        senior.send("/confirmation");
        assertThat(senior.page().locator("#unconfirmed-title").count()).isZero();

        senior.open(one + "/hold");
        senior.fill("holdReason", "Sample court case 1/2026");
        senior.send("/hold");
        assertThat(senior.page().locator(".govuk-error-summary li").count()).isEqualTo(1);
        senior.open("/retention");
    }

    @Test
    void measuresComeInWithoutReloading() throws Exception {
        var filing = new Filing(demo);
        String one = filing.sent("SAMPLE/" + UUID.randomUUID(), 1);
        Desk reviewer = desk("platform", "reviewer", "en").open("/cases/" + one);
        reviewer.send("/claim");
        reviewer.choose("outcome", "blocked");
        reviewer.send("/preview");
        reviewer.send("/decisions");

        reviewer.page().locator(".govuk-tag--green").nth(2).waitFor();
        reviewer.check();
    }

    @Test
    void filtersNarrowTheQueue() throws Exception {
        String reference = "SAMPLE/" + UUID.randomUUID();
        new Filing(demo).sent(reference, 1);
        Desk reviewer = desk("platform", "reviewer", "en");

        assertThat(reviewer.open("/cases?list=open&urgency=urgent").text()).contains(reference);
        assertThat(reviewer.open("/cases?list=open&urgency=normal").text())
                .doesNotContain(reference);
    }

    @Test
    void uploadShowsHowFarItIs() {
        Desk officer = desk("authority", "officer", "en");
        officer.open("/notice-forms");
        officer.send("/notice-forms");
        officer.open(officer.path().replaceFirst("/ground", "/items"));
        officer.page()
                .evaluate(
                        """
                        () => { window.seen = false;
                          new MutationObserver(() => { window.seen ||= [...document.querySelectorAll('[data-progress-bar]')].some(b => !b.hidden); })
                            .observe(document.body, { subtree: true, attributes: true }); }
                        """);
        officer.page()
                .setInputFiles(
                        "#csv",
                        new FilePayload(
                                "sample.csv",
                                "text/csv",
                                "url\nhttps://social.example/sample\n"
                                        .getBytes(StandardCharsets.UTF_8)));
        officer.page().locator("form[action$='/items/csv'] button").click();
        officer.page().locator("#added").waitFor();

        assertThat((Boolean) officer.page().evaluate("window.seen")).isTrue();
        officer.page().keyboard().press("Tab");
        officer.check();
    }
}
