package org.jalur.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Takes the pages of access blocks in both languages into {@code docs/screenshots}, while the demo
 * tells the story: with the block in force, while its lift is measured, and afterwards.
 */
@Tag("screenshots")
class StoryScreens {
    private static final Path FOLDER = RunningDemo.ROOT.resolve("docs/screenshots");
    private static final Duration LONGEST = Duration.ofMinutes(8);

    @TempDir private Path folder;

    @Test
    void pagesOfTheBlockAsTheStoryGoesOn() throws Exception {
        Files.createDirectories(FOLDER);
        try (Chromium chromium = Chromium.start();
                RunningDemo demo = RunningDemo.telling(folder)) {
            String id = await(demo, "in_force", "blocked");
            shoot(demo, chromium, id, "in-force");
            await(demo, "lifting", "open");
            shoot(demo, chromium, id, "lifting");
            await(demo, "lifted", "open");
            shoot(demo, chromium, id, "lifted");
            for (String language : List.of("id", "en")) {
                Desk officer = Desk.of(demo, chromium, "authority", "officer", language, true);
                take(officer, "/access-blocks", "story-access-blocks", language);
                take(officer, "/resolvers", "story-resolvers", language);
                take(officer, "/zones", "story-zones", language);
                take(officer, "/story", "story", language);
            }
        }
    }

    private static void shoot(RunningDemo demo, Chromium chromium, String id, String when)
            throws Exception {
        for (String language : List.of("id", "en")) {
            Desk officer = Desk.of(demo, chromium, "authority", "officer", language, true);
            take(officer, "/access-blocks/" + id, "access-block-" + when, language);
            take(officer, "/access-blocks/" + id + "/measured", "measured-" + when, language);
            if (!when.equals("in-force")) {
                // When the block begins, the platform's node does not run.
                Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", language, true);
                take(
                        reviewer,
                        "/access-blocks/" + onlyOne(demo, "platform", "reviewer"),
                        "platform-access-block-" + when,
                        language);
            }
            Desk anybody = Desk.at(demo, chromium.profile(language, true), "authority", true);
            take(anybody, "/blocks", "public-blocks-" + when, language);
            take(anybody, "/blocks/" + id, "public-block-" + when, language);
            if (when.equals("in-force")) {
                take(anybody, "/blocks/" + id + "/objection", "objection-form", language);
                anybody.page().navigate(demo.url("authority") + "/blocks/" + id + "/blocked");
                picture(anybody.check().page(), "blocked-page", language);
            }
        }
    }

    /** The block that has come to this state, with a name measured so at some resolver. */
    private static String await(RunningDemo demo, String state, String measured) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            JsonNode all = demo.call("authority", "officer", "GET", "/api/access-blocks", "");
            for (JsonNode block : all.path("blocks")) {
                String id = block.path("id").asString();
                if (block.path("state").asString().equals(state)
                        && demo.call(
                                        "authority",
                                        "officer",
                                        "GET",
                                        "/api/access-blocks/" + id + "/measured",
                                        "")
                                .path("cells")
                                .valueStream()
                                .anyMatch(cell -> cell.path("state").asString().equals(measured))) {
                    return id;
                }
            }
            Thread.sleep(300);
        }
        throw new AssertionError("no access block came to be " + state);
    }

    /** Each side has an id of its own. */
    private static String onlyOne(RunningDemo demo, String side, String role) throws Exception {
        return demo.call(side, role, "GET", "/api/access-blocks", "").at("/blocks/0/id").asString();
    }

    private static void take(Desk desk, String path, String name, String language) {
        desk.open(path);
        picture(desk.page(), name, language);
    }

    private static void picture(Page page, String name, String language) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(FOLDER.resolve(name + "." + language + ".png"))
                        .setFullPage(true));
    }
}
