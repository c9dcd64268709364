package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Deciding, asking and answering: what is chosen is what is decided, and nothing typed is lost. */
class DecisionPagesTest {
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

    private static Desk desk(String side, String role, String language, boolean scripts) {
        return Desk.of(demo, chromium, side, role, language, scripts);
    }

    private static JsonNode state(String one) throws Exception {
        return demo.call("platform", "reviewer", "GET", "/api/cases/" + one, "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyTickedItemsAreDecidedAndTicksSurviveEveryTurn(boolean scripts) throws Exception {
        String one = filing.sent(reference, 4);
        Desk reviewer = desk("platform", "reviewer", "en", scripts).open("/cases/" + one);
        reviewer.send("/claim");
        reviewer.choose("outcome", "refused");
        reviewer.page().check("#item-2");
        reviewer.page().check("#item-4");
        if (scripts) {
            assertThat(reviewer.page().isChecked("input[name=which][value=chosen]")).isTrue();
        } else {
            reviewer.choose("which", "chosen");
        }

        reviewer.send("/preview");
        assertThat(reviewer.text())
                .contains(
                        "a refusal has a ground",
                        "The reason that was filled in is one of a block");
        assertTicked(reviewer);

        reviewer.select("ground", "not_illegal");
        reviewer.fill("reason", "Sample: nothing illegal in it.");
        reviewer.send("/preview");
        assertThat(reviewer.text())
                .contains("2 items", "sample-channel/posts/2", "sample-channel/posts/4")
                .doesNotContain("posts/3");

        reviewer.page().locator("button[formaction$='/change']").click();
        assertTicked(reviewer);
        reviewer.send("/preview");
        reviewer.send("/decisions");

        JsonNode decided = state(one);
        assertThat(decided.at("/items").findValuesAsString("state"))
                .containsExactly("open", "refused", "open", "refused");
        assertThat(decided.at("/case/undecided").asInt()).isEqualTo(2);
        assertThat(reviewer.text()).contains("nothing illegal in it");
    }

    private static void assertTicked(Desk reviewer) {
        reviewer.check();
        assertThat(reviewer.page().isChecked("#item-2")).isTrue();
        assertThat(reviewer.page().isChecked("#item-3")).isFalse();
        assertThat(reviewer.page().isChecked("#item-4")).isTrue();
    }

    @Test
    void tickedItemsAndAllIsAskedAboutInsteadOfGuessed() throws Exception {
        String one = filing.sent(reference, 3);
        Desk reviewer = desk("platform", "reviewer", "en", false).open("/cases/" + one);
        reviewer.send("/claim");
        reviewer.choose("outcome", "blocked");
        reviewer.page().check("#item-2");
        reviewer.send("/preview");

        assertThat(reviewer.text()).contains("You ticked items, but chose to decide all");
        assertThat(state(one).at("/case/undecided").asInt()).isEqualTo(3);
    }

    @Test
    void claimThatMovedOnKeepsWhatWasTypedAndSaysWhoHasTheCaseAndSinceWhen() throws Exception {
        String one = filing.sent(reference, 1);
        Desk reviewer = desk("platform", "reviewer", "en", true).open("/cases/" + one);
        reviewer.send("/claim");
        reviewer.choose("outcome", "blocked");
        reviewer.fill("reason", "Sample reason that must not be lost.");
        reviewer.send("/preview");
        Desk senior = desk("platform", "senior-reviewer", "en", true).open("/cases/" + one);
        senior.send("/release");
        senior.send("/claim");

        reviewer.send("/decisions");
        assertThat(reviewer.text())
                .contains(
                        "is claimed by senior-reviewer-",
                        ", since ",
                        "WIB",
                        "Sample reason that must not be lost.");

        senior.send("/release");
        reviewer.open("/cases/" + one);
        reviewer.send("/claim");
        assertThat(state(one).at("/case/claim/reviewer").asString()).startsWith("reviewer-");
    }

    @Test
    void claimThatEndedGivesTheTypedDecisionBackAfterTheNextClaim() throws Exception {
        String one = filing.sent(reference, 1);
        Desk reviewer = desk("platform", "reviewer", "en", true).open("/cases/" + one);
        reviewer.send("/claim");
        reviewer.choose("outcome", "blocked");
        reviewer.fill("reason", "Sample reason that must not be lost.");
        reviewer.send("/preview");
        demo.change(
                "platform",
                "update cases set claimed_until = now() - interval '1 minute' where id = '%s'"
                        .formatted(one));

        reviewer.send("/decisions");
        assertThat(reviewer.text()).contains("Sample reason that must not be lost.");
        reviewer.send("/claim");

        assertThat(reviewer.page().inputValue("#reason"))
                .isEqualTo("Sample reason that must not be lost.");
        assertThat(reviewer.page().isChecked("input[name=outcome][value=blocked]")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void questionIsAnsweredAndBothSidesReadItAndTheReasonOfTheWithdrawal(String language)
            throws Exception {
        String notice = filing.draft(reference, "normal", 1);
        filing.approve(notice);
        String one = filing.caseOf(notice);
        filing.claim(one);
        filing.decide(one, "\"outcome\":\"clarification\",\"reason\":\"Sample question?\"");
        Desk officer = desk("authority", "officer", language, true);
        await(
                officer,
                "/notices/" + notice,
                () -> officer.page().locator("form[action$='/clarifications']").count() > 0);
        assertThat(officer.text()).contains("Sample question?");
        officer.fill("answer", "Sample answer.");
        officer.send("/clarifications");
        assertThat(officer.text()).contains("Sample answer.");

        Desk reviewer = desk("platform", "reviewer", language, true);
        await(reviewer, "/cases/" + one, () -> reviewer.text().contains("Sample answer."));
        assertThat(reviewer.text()).contains("Sample question?");

        Desk approver = desk("authority", "approver", language, true).open("/notices/" + notice);
        approver.page().locator("details:has(form[action$='/withdrawal']) > summary").click();
        approver.fill("reason", "Sample reason to withdraw.");
        approver.send("/withdrawal");
        assertThat(approver.text()).contains("Sample reason to withdraw.");
        await(
                reviewer,
                "/cases/" + one,
                () -> reviewer.text().contains("Sample reason to withdraw."));
    }

    @Test
    void draftThatChangedUnderTheApproverIsNotSent() throws Exception {
        String notice = filing.draft(reference, "normal", 1);
        Desk approver = desk("authority", "approver", "en", true).open("/notices/" + notice);
        demo.call(
                "authority",
                "officer",
                "PUT",
                "/api/notices/" + notice,
                filing.form(reference + "/changed", "normal", 2));

        approver.send("/approval");

        assertThat(approver.text())
                .contains("was changed while you were reading it", reference + "/changed");
        assertThat(
                        demo.call("authority", "officer", "GET", "/api/notices/" + notice, "")
                                .at("/notice/state")
                                .asString())
                .isEqualTo("draft");
        approver.send("/approval");
        assertThat(approver.text()).contains("Approved");
    }

    @Test
    void digestThatTheApproverSawIsTheOneThatWasSigned() throws Exception {
        String notice = filing.draft(reference, "normal", 3);
        Desk approver = desk("authority", "approver", "en", false).open("/notices/" + notice);
        String seen = approver.page().locator("input[name=root]").inputValue();
        approver.page().locator("#octets > summary").click();
        assertThat(approver.text()).contains(seen, "Sample post 3");
        approver.send("/approval");

        assertThat(demo.signedRoot(notice)).isEqualTo(seen);
    }

    @Test
    void evidenceIsBlurredUntilAskedForOnBothSides() throws Exception {
        String notice = filing.draft(reference, "normal", 1);
        assertBlurred(desk("authority", "approver", "en", true).open("/notices/" + notice), "0");
        filing.approve(notice);
        assertBlurred(desk("authority", "officer", "en", true).open("/notices/" + notice), "1-0");
        Desk reviewer = desk("platform", "reviewer", "en", true);
        assertBlurred(reviewer.open("/cases/" + filing.caseOf(notice)), "1-0");
        assertThat(reviewer.page().locator("#show-letter").count()).isEqualTo(1);
    }

    private static void assertBlurred(Desk desk, String id) {
        String filter =
                "id => getComputedStyle(document.getElementById(id).parentElement.querySelector('img')).filter";
        String box = "show-" + id;
        assertThat((String) desk.page().evaluate(filter, box)).contains("blur", "grayscale");
        assertThat(
                        (Integer)
                                desk.page()
                                        .evaluate(
                                                "async id => (await fetch(document.getElementById(id).parentElement.querySelector('img').src)).status",
                                                box))
                .isEqualTo(200);
        desk.page().locator("label[for='" + box + "']").click();
        for (int i = 0; i < 50 && !"none".equals(desk.page().evaluate(filter, box)); i++) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat((String) desk.page().evaluate(filter, box)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void caseFitsOnOneScreenWithItsDecision(String language) throws Exception {
        String one = filing.sent(reference, 5);
        Desk reviewer = desk("platform", "reviewer", language, true).open("/cases/" + one);
        reviewer.send("/claim");

        assertThat(
                        (Boolean)
                                reviewer.page()
                                        .evaluate(
                                                "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"))
                .as("no scrolling at 1366 x 768")
                .isTrue();
        assertThat(
                        (Boolean)
                                reviewer.page()
                                        .evaluate(
                                                "document.querySelector('.jalur-send button').getBoundingClientRect().bottom <= innerHeight"))
                .as("the decision's button is in sight")
                .isTrue();
    }

    @Test
    void historyOfAPlaceLeadsToItsCases() throws Exception {
        filing.sent(reference + "/earlier", 2);
        String one = filing.sent(reference, 2);
        Desk reviewer = desk("platform", "reviewer", "en", true).open("/cases/" + one);

        reviewer.page().locator("a[href$='/items/2/history']").click();
        reviewer.check();

        assertThat(reviewer.text()).contains(reference + "/earlier");
    }

    private static void await(Desk desk, String path, java.util.function.BooleanSupplier there) {
        desk.open(path);
        for (int i = 0; i < 60 && !there.getAsBoolean(); i++) {
            LockSupport.parkNanos(300_000_000);
            desk.page().reload();
        }
        desk.check();
    }
}
