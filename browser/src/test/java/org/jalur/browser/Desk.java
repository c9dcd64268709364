package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** One person at one node's pages. */
final class Desk {
    /** Pages that axe-core has seen; only numbers, tokens and digests may differ. */
    private static final Set<String> CHECKED = ConcurrentHashMap.newKeySet();

    private static final Pattern VARYING =
            Pattern.compile("[0-9]+|[0-9a-fA-F-]{8,}|[A-Za-z0-9_-]{40,}={0,2}");

    private final RunningDemo demo;
    private final String side;
    private final Page page;
    private final boolean scripts;

    private Desk(RunningDemo demo, String side, Page page, boolean scripts) {
        this.demo = demo;
        this.side = side;
        this.page = page;
        this.scripts = scripts;
    }

    /** Signs in to a profile of its own. */
    static Desk of(
            RunningDemo demo,
            Chromium chromium,
            String side,
            String role,
            String language,
            boolean scripts) {
        Desk desk = at(demo, chromium.profile(language, scripts), side, scripts);
        desk.open("/sign-in");
        desk.fill("name", demo.name(side, role));
        desk.fill("password", demo.password(side));
        desk.send("/sign-in");
        return desk;
    }

    /** Nobody is signed in yet. */
    static Desk at(RunningDemo demo, BrowserContext profile, String side, boolean scripts) {
        return new Desk(demo, side, profile.newPage(), scripts);
    }

    Page page() {
        return page;
    }

    String side() {
        return side;
    }

    Desk open(String path) {
        Response answer = page.navigate(demo.url(side) + path);
        assertThat(answer.status()).as("status of " + path).isEqualTo(200);
        return check();
    }

    void fill(String id, String text) {
        page.locator("#" + id).fill(text);
    }

    void select(String id, String value) {
        page.locator("#" + id).selectOption(value);
    }

    void choose(String name, String value) {
        page.locator("input[name=%s][value=%s]".formatted(name, value)).check();
    }

    /** Opens what is folded around a form whose action ends so. */
    void unfold(String action) {
        page.locator("details:not([open]):has(form[action$='%s']) > summary".formatted(action))
                .click();
    }

    /** Sends the form whose action ends so, by its first button. */
    Desk send(String action) {
        page.locator("form[action$='%s'] button[type=submit]:not([formaction])".formatted(action))
                .first()
                .click();
        page.waitForLoadState();
        return check();
    }

    String text() {
        return page.locator("main").innerText();
    }

    String path() {
        return page.url().replace(demo.url(side), "");
    }

    /** No text is missing in this language, and axe-core finds nothing. */
    Desk check() {
        String content = page.content();
        assertThat(content).as("texts of " + page.url()).doesNotContain("??");
        if (scripts && CHECKED.add(VARYING.matcher(content).replaceAll("#"))) {
            List<String> violations =
                    new AxeBuilder(page)
                                    // Otherwise each look opens another window; there are no frames
                                    // here.
                                    .setLegacyMode(true)
                                    .analyze()
                                    .getViolations()
                                    .stream()
                                    .map(rule ->
                                            rule.getId()
                                                    + ": "
                                                    + rule.getNodes().stream()
                                                            .map(node -> node.getHtml())
                                                            .toList())
                                    .toList();
            assertThat(violations).as("axe-core on " + page.url()).isEmpty();
        }
        return this;
    }
}
