package org.jalur.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes every page in both languages into {@code docs/screenshots}: {@code ./jalur screenshots}.
 */
@Tag("screenshots")
class Screens {
    /** Of a document the beginning is enough. */
    private static final int LONGEST = 3_000;

    private static final Path FOLDER = RunningDemo.ROOT.resolve("docs/screenshots");

    @TempDir private Path folder;

    @Test
    void everyPageInBothLanguages() throws Exception {
        Files.createDirectories(FOLDER);
        try (Chromium chromium = Chromium.start();
                RunningDemo demo = RunningDemo.start(folder)) {
            Map<String, String> paths = new SampleData(demo, new Filing(demo)).fill();
            for (String language : List.of("id", "en")) {
                new Tour(demo, chromium, language, paths).walk();
            }
        }
    }

    /** One language's walk through the pages. */
    private record Tour(
            RunningDemo demo, Chromium chromium, String language, Map<String, String> paths) {

        void walk() throws Exception {
            Desk officer = Desk.of(demo, chromium, "authority", "officer", language, true);
            shoot(officer, "/", "authority-home");
            shoot(officer, "/notices?list=all", "authority-notices");
            shoot(officer, "/notices?list=undelivered", "authority-empty-list");
            shoot(officer, "/notice-forms", "authority-forms");
            shoot(officer, path("form") + "/ground", "authority-form-ground");
            officer.send("/ground");
            shoot(officer, "authority-form-error");
            shoot(officer, path("form") + "/issuer", "authority-form-issuer");
            shoot(officer, path("form") + "/reasons", "authority-form-reasons");
            shoot(officer, path("full") + "/items", "authority-form-items");
            shoot(officer, path("form") + "/check", "authority-form-incomplete");
            shoot(officer, path("full") + "/check", "authority-form-check");
            shoot(officer, path("blocked"), "authority-notice");
            shoot(officer, path("asked"), "authority-notice-clarification");
            shoot(officer, path("asked") + "/ladder", "authority-ladder");
            shoot(officer, "/clocks", "authority-clocks");
            shoot(officer, "/scorecard", "scorecard");
            shoot(officer, "/access-blocks", "access-blocks");
            shoot(officer, "/access-blocks/new", "access-blocks-new");
            shoot(officer, "/sent-lists", "sent-lists");
            shoot(officer, "/sent-lists/new", "sent-lists-new");
            shoot(officer, "/zones", "zones");
            shoot(officer, "/zones/list", "zones-list");
            shoot(officer, "/story", "story");
            shoot(officer, "/resolvers", "resolvers");
            shoot(officer, "/resolvers/new", "resolvers-new");
            shoot(officer, path("emergency") + "/call-backs", "authority-call-backs");
            shoot(officer, "/settings", "settings");
            shoot(officer, "/notifications/settings", "notifications-settings");
            officer.page().navigate(demo.url("authority") + "/no-such-page");
            shoot(officer, "not-found");
            officer.page().navigate(demo.url("authority") + "/accounts");
            shoot(officer, "forbidden");
            Desk approver = Desk.of(demo, chromium, "authority", "approver", language, true);
            shoot(approver, path("draft"), "authority-approval");
            shoot(approver, path("asked") + "/erasure", "erasure");
            Desk signatory = Desk.of(demo, chromium, "authority", "signatory", language, true);
            shoot(signatory, "/agreements", "agreements");
            signatory.page().locator("td a[href^='/agreements/']").first().click();
            shoot(signatory, "agreement");
            shoot(signatory, "/agreement-templates/indonesia_saman", "agreement-template");
            shoot(
                    signatory,
                    "/agreements/platform-contoh/proposal?begin=indonesia_2017",
                    "agreement-proposal");
            Desk admin = Desk.of(demo, chromium, "platform", "admin", language, true);
            shoot(admin, "/", "admin-home");
            shoot(admin, "/accounts", "accounts");
            shoot(admin, "/keys", "keys");
            shoot(admin, "/drills", "drills");
            Desk keeper = Desk.of(demo, chromium, "authority", "admin", language, true);
            shoot(keeper, "/register", "register");
            shoot(keeper, "/register/entries/new?kind=contact", "register-entry");
            shoot(admin, "/on-call", "on-call");
            shoot(admin, "/notifications/outbox", "notifications-outbox");
            Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", language, true);
            shoot(reviewer, "/", "platform-home");
            shoot(reviewer, "/cases", "platform-queue");
            shoot(reviewer, "/notifications", "notifications");
            shoot(reviewer, path("open-case"), "platform-case");
            reviewer.choose("outcome", "refused");
            reviewer.send("/preview");
            shoot(reviewer, "platform-case-error");
            reviewer.select("ground", "not_illegal");
            reviewer.fill("reason", "Sample reason: made up, and not illegal.");
            reviewer.send("/preview");
            shoot(reviewer, "platform-preview");
            shoot(reviewer, path("blocked-case"), "platform-case-blocked");
            shoot(reviewer, path("open-case") + "/items/2/history", "platform-history");
            reviewer.open(path("open-case"));
            reviewer.page().locator("details:has(.jalur-digest) > summary").first().click();
            String digest = reviewer.page().locator("details .jalur-digest").first().innerText();
            shoot(reviewer, "/journal?digest=" + digest, "journal");
            reviewer.open(path("open-case"));
            reviewer.page().keyboard().press("?");
            shoot(reviewer, "platform-keys");
            shoot(reviewer, path("emergency-case") + "/call-backs", "platform-call-backs");
            shoot(reviewer, "/who-to-call", "who-to-call");
            reviewer.page().setViewportSize(390, 844);
            shoot(reviewer, "/who-to-call", "who-to-call-phone");
            reviewer.page().setViewportSize(1366, 768);
            shoot(reviewer, "/hits", "platform-hits");
            reviewer.page().locator(".jalur-hit label").first().click();
            shoot(reviewer, "platform-hits-shown");
            Desk senior = Desk.of(demo, chromium, "platform", "senior-reviewer", language, true);
            shoot(senior, path("second-case"), "platform-case-second-review");
            shoot(senior, path("second-case") + "/hold", "hold");
            shoot(senior, "/retention", "retention");
            shoot(senior, "/lists", "lists");
            shoot(senior, path("list"), "list");
            shoot(senior, path("entry"), "entry");
            shoot(senior, path("import"), "import");
            senior.open("/try-out");
            senior.fill("tryText", "Here are the SAMPLE   words of a list, in disguise.");
            senior.send("/try-out");
            shoot(senior, "try-out");
            var nobody = chromium.profile(language, true).newPage();
            nobody.navigate(demo.url("authority") + "/sign-in?failed");
            shoot(nobody, "sign-in");
        }

        private String path(String name) {
            return String.valueOf(paths.get(name));
        }

        private void shoot(Desk desk, String path, String name) {
            desk.open(path);
            shoot(desk, name);
        }

        private void shoot(Desk desk, String name) {
            shoot(desk.page(), name);
        }

        private void shoot(Page page, String name) {
            var options =
                    new Page.ScreenshotOptions()
                            .setPath(FOLDER.resolve(name + "." + language + ".png"))
                            .setFullPage(!name.startsWith("platform-case"));
            int height = (int) page.evaluate("document.documentElement.scrollHeight");
            if (height > LONGEST) {
                options.setClip(0, 0, page.viewportSize().width, LONGEST);
            }
            page.screenshot(options);
        }
    }

    /** Notices in every state, all made up. */
    private record SampleData(RunningDemo demo, Filing filing) {
        Map<String, String> fill() throws Exception {
            var paths = new java.util.HashMap<String, String>();
            paths.put("draft", "/notices/" + filing.draft("SAMPLE/001", "normal", 2));
            String open = filing.draft("SAMPLE/002", "urgent", 2);
            filing.approve(open);
            String blocked = filing.draft("SAMPLE/003", "urgent", 2);
            filing.approve(blocked);
            String asked = filing.draft("SAMPLE/004", "normal", 2);
            filing.approve(asked);
            paths.put("blocked", "/notices/" + blocked);
            paths.put("asked", "/notices/" + asked);
            String openCase = filing.caseOf(open);
            filing.claim(openCase);
            paths.put("open-case", "/cases/" + openCase);
            String blockedCase = filing.caseOf(blocked);
            filing.claim(blockedCase);
            filing.decide(blockedCase, "\"outcome\":\"blocked\",\"reason\":\"Sample reason.\"");
            paths.put("blocked-case", "/cases/" + blockedCase);
            String second = filing.withAccount("SAMPLE/006");
            filing.claim(second);
            filing.post(
                    "platform",
                    "reviewer",
                    "/api/cases/" + second + "/interim",
                    "{\"policy\":\"Sample rule\",\"reason\":\"Sample reason.\"}");
            filing.decide(second, "\"outcome\":\"blocked\",\"reason\":\"Sample reason.\"");
            paths.put("second-case", "/cases/" + second);
            String askedCase = filing.caseOf(asked);
            filing.claim(askedCase);
            filing.decide(
                    askedCase,
                    "\"outcome\":\"clarification\",\"reason\":\"Which of the two posts is meant?\"");
            register(paths);
            lists(paths);
            forms(paths);
            return paths;
        }

        /** A register that the platform has, and an emergency that it can call back about. */
        private void register(Map<String, String> paths) throws Exception {
            try (Chromium chromium = Chromium.start()) {
                var register =
                        new SampleRegister(
                                Desk.of(demo, chromium, "authority", "admin", "en", false));
                register.fill();
                register.send();
                Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", "en", false);
                for (int i = 0;
                        i < 100
                                && !reviewer.open("/who-to-call")
                                        .text()
                                        .contains(SampleRegister.ON_DUTY);
                        i++) {
                    reviewer.page().waitForTimeout(50);
                }
                String emergency = filing.emergency("SAMPLE/006");
                filing.approve(emergency);
                paths.put("emergency", "/notices/" + emergency);
                paths.put("emergency-case", "/cases/" + filing.caseOf(emergency));
            }
        }

        /** A list with entries, an import with wrong lines, and hits. */
        private void lists(Map<String, String> paths) throws Exception {
            try (Chromium chromium = Chromium.start()) {
                Desk senior = Desk.of(demo, chromium, "platform", "senior-reviewer", "en", false);
                senior.open("/lists");
                senior.fill("listId", "sample-list");
                senior.fill("listName", "Sample list");
                senior.select("listSource", "own");
                senior.send("/lists");
                paths.put("list", "/lists/sample-list");
                senior.unfold("/entries");
                senior.select("signal", "phrase");
                senior.fill("value", "sample words of a list");
                senior.fill("description", "Made up for a screen.");
                senior.send("/entries");
                senior.unfold("/imports");
                senior.page()
                        .setInputFiles(
                                "#listFile",
                                new FilePayload(
                                        "sample.csv",
                                        "text/csv",
                                        """
                                        kind,value,label
                                        domain,blocked-site.example,group A
                                        domain,com,group A
                                        phrase,ab,group B
                                        url,https://t.me/sample_channel,group B
                                        """
                                                .getBytes(StandardCharsets.UTF_8)));
                senior.send("/imports");
                paths.put("import", senior.path());
                for (int i = 1; i <= 3; i++) {
                    demo.publish(
                            "sample-channel",
                            "Sample post %d with sample words of a list.".formatted(i));
                }
                senior.open(paths.get("list") + "?part=sample+words");
                senior.page().locator("#main table a").first().click();
                paths.put("entry", senior.path());
            }
        }

        /** A form that is empty and one that is complete. */
        private void forms(Map<String, String> paths) throws Exception {
            try (Chromium chromium = Chromium.start()) {
                Desk officer = Desk.of(demo, chromium, "authority", "officer", "en", false);
                officer.open("/notice-forms");
                officer.send("/notice-forms");
                paths.put("form", officer.path().replaceFirst("/ground", ""));
                String full =
                        WholeWayTest.fill(
                                officer,
                                "SAMPLE/005",
                                List.of(
                                        demo.post("sample-channel", "Sample post A of screens."),
                                        demo.post("sample-channel", "Sample post B of screens.")));
                paths.put("full", full);
            }
        }
    }
}
