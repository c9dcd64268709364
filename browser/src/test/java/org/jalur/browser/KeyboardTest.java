package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole way with keys alone: no pointer touches a page here. */
class KeyboardTest {
    @TempDir private static Path folder;
    private static RunningDemo demo;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        demo = RunningDemo.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (demo != null) {
            demo.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"en, Terrorism, refused", "id, Terorisme, ditolak"})
    void wholeWayIsGoneWithoutAPointer(String language, String category, String mode)
            throws Exception {
        String text = "Sample post %s, made up for keys.".formatted(UUID.randomUUID());
        String url = demo.post("sample-channel", text);
        String reference = "SAMPLE/KEYS/" + UUID.randomUUID();

        Desk officer = Keys.signIn(demo, chromium, "authority", "officer", language);
        Keys keys = new Keys(officer);
        keys.activate("form[action='/notice-forms'] button");
        keys.activate("#kind");
        keys.activate("#urgency-urgent");
        keys.pick("category", category);
        keys.pick("instrument", "Permenkominfo");
        keys.write("article", "14");
        keys.pick("organisation", "Otoritas");
        keys.activate("form[action$='/ground'] button");
        keys.write("issuer", "Sample Ministry");
        keys.activate("#issuerType-ministry");
        keys.write("reference", reference);
        keys.write("contact", "Sample desk");
        keys.write("redress", "Objection within 14 days.");
        keys.activate("form[action$='/issuer'] button");
        keys.write("reasons", "Sample reasons.");
        keys.activate("form[action$='/reasons'] button");
        keys.write("urls", url);
        keys.activate("form[action$='/paste'] button");
        keys.activate("a[href$='/check'][role=button]");
        keys.activate("form[action$='/submission'] button");
        String notice = officer.path().replaceFirst("\\?.*", "");
        assertThat(notice).startsWith("/notices/");

        Desk approver = Keys.signIn(demo, chromium, "authority", "approver", language);
        approver.open(notice);
        new Keys(approver).activate("form[action$='/approval'] button");

        awaitCase(reference);
        Desk reviewer = Keys.signIn(demo, chromium, "platform", "reviewer", language);
        Keys deciding = new Keys(reviewer);
        deciding.activate("form[action='/cases/next'] button");
        deciding.activate("#outcome");
        deciding.press("#decide summary");
        deciding.pick("textMode", mode);
        deciding.activate(".jalur-send button");
        deciding.activate("form[action$='/decisions'] button");

        awaitGone(reviewer);
        assertThat(demo.status(url)).isIn(404, 410, 451);
        assertThat(demo.publish("another-sample-channel", text).statusCode()).isEqualTo(451);
        Keys seeing = new Keys(officer);
        officer.open("/");
        seeing.activate("a[href='/notices']");
        seeing.activate("a[href='%s']".formatted(notice));
        awaitGone(officer);
    }

    /** Waits for green tags of decision and of every probed route. */
    private static void awaitGone(Desk desk) {
        for (int i = 0; i < 60 && desk.page().locator(".govuk-tag--green").count() < 3; i++) {
            LockSupport.parkNanos(300_000_000);
            desk.page().reload();
        }
        assertThat(desk.page().locator(".govuk-tag--green").count()).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void caseIsDecidedInFewerThanTenKeys(String language) throws Exception {
        new Filing(demo).sent("SAMPLE/KEYS/" + UUID.randomUUID(), 1);
        Desk reviewer = Keys.signIn(demo, chromium, "platform", "reviewer", language);
        reviewer.open("/cases?list=unclaimed");
        Keyboard keyboard = reviewer.page().keyboard();

        int presses = 0;
        for (String key : new String[] {"n", "?", "Escape", "b", "Enter", "Enter"}) {
            String before = reviewer.page().url();
            keyboard.press(key);
            presses++;
            if (key.equals("?")) {
                assertThat(reviewer.page().locator("dialog[open]").count()).isEqualTo(1);
            } else if (key.equals("Escape")) {
                assertThat(reviewer.page().locator("dialog[open]").count()).isZero();
            } else if (!key.equals("b")) {
                reviewer.page().waitForURL(at -> !at.equals(before));
                reviewer.page().waitForLoadState();
            }
            reviewer.check();
        }

        assertThat(presses).isLessThan(10);
        JsonNode decided = demo.call("platform", "reviewer", "GET", "/api" + reviewer.path(), "");
        assertThat(decided.at("/case/state").asString()).isEqualTo("closed");
    }

    private static void awaitCase(String reference) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (state(reference).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static String state(String reference) throws Exception {
        for (String state : new String[] {"open", "closed"}) {
            for (JsonNode one :
                    demo.call(
                                    "platform",
                                    "reviewer",
                                    "GET",
                                    "/api/cases?limit=500&state=" + state,
                                    "")
                            .path("cases")) {
                if (one.path("reference").asString().equals(reference)) {
                    return state;
                }
            }
        }
        return "";
    }

    /** Somebody's hands on a keyboard: what Tab does not reach cannot be used. */
    private record Keys(Desk desk) {
        private static final int MOST_TABS = 120;

        static Desk signIn(
                RunningDemo demo, Chromium chromium, String side, String role, String language) {
            Desk desk = Desk.at(demo, chromium.profile(language, true), side, true);
            desk.open("/sign-in");
            Keys keys = new Keys(desk);
            keys.write("name", demo.name(side, role));
            keys.write("password", demo.password(side));
            desk.page().keyboard().press("Enter");
            desk.page().waitForURL(url -> !url.contains("/sign-in"));
            desk.check();
            return desk;
        }

        void write(String id, String text) {
            reach("#" + id);
            desk.page().keyboard().type(text);
        }

        void pick(String id, String beginning) {
            reach("#" + id);
            desk.page().keyboard().type(beginning);
        }

        void activate(String selector) {
            reach(selector);
            boolean box =
                    (Boolean)
                            desk.page()
                                    .evaluate(
                                            "document.activeElement.matches('[type=radio],[type=checkbox]')");
            String before = desk.page().url();
            desk.page().keyboard().press(box ? "Space" : "Enter");
            if (!box) {
                desk.page().waitForURL(url -> !url.equals(before));
                desk.page().waitForLoadState();
                desk.check();
            }
        }

        /** What opens something on the same page. */
        void press(String selector) {
            reach(selector);
            desk.page().keyboard().press("Enter");
        }

        /** By Tab to the element, or within its group of radios by arrows. */
        private void reach(String selector) {
            for (int i = 0; i < MOST_TABS; i++) {
                if (isAt(selector)) {
                    return;
                }
                desk.page().keyboard().press("Tab");
                for (int j = 0; j < 6 && inGroupOf(selector) && !isAt(selector); j++) {
                    desk.page().keyboard().press("ArrowDown");
                }
            }
            throw new AssertionError("no key reaches " + selector + " on " + desk.page().url());
        }

        private boolean isAt(String selector) {
            return (Boolean)
                    desk.page().evaluate("s => document.activeElement.matches(s)", selector);
        }

        private boolean inGroupOf(String selector) {
            return (Boolean)
                    desk.page()
                            .evaluate(
                                    """
                                    s => { const at = document.activeElement, to = document.querySelector(s);
                                           return at.type === 'radio' && to !== null && at.name === to.name; }
                                    """,
                                    selector);
        }
    }
}
