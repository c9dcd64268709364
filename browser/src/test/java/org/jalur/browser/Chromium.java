package org.jalur.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium, without a window. */
final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/bin/chromium"),
                    Path.of("/usr/bin/chromium-browser"),
                    Path.of("/usr/bin/google-chrome"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-quic",
                                                        "--no-first-run",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync")));
    }

    /** Skips the test without a Chromium, unless everything is required. */
    static Chromium start() {
        Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
        boolean required = "1".equals(System.getenv("JALUR_REQUIRE_ALL"));
        Assumptions.assumeTrue(required || program.isPresent(), "no Chromium is installed");
        return new Chromium(
                program.orElseThrow(() -> new AssertionError("no Chromium is installed")));
    }

    /** A browser profile of its own: nobody is signed in. */
    BrowserContext profile(String language, boolean scripts) {
        BrowserContext profile =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(language)
                                .setTimezoneId("Asia/Jakarta")
                                .setJavaScriptEnabled(scripts)
                                .setViewportSize(1366, 768));
        profile.setDefaultTimeout(15_000);
        return profile;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
