package org.jalur.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jalur.screening.engine.Content;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.Verdict;
import org.jalur.screening.engine.Visibility;
import org.junit.jupiter.api.Test;

/** The example in the documentation is this one: it compiles, and does what it says. */
class ScreeningExampleTest {
    private static final Path SOURCES = Path.of("src");

    private static Verdict example(UUID id) {
        var engine = new Screening(Settings.standard(), InstantSource.system());
        engine.put(SignatureList.own("blocked", "Blocked by us", Mode.BLOCK));
        engine.add(List.of(Entry.of(id, "blocked", Signal.URL, "https://example.com/sample")));
        Content post =
                Content.that(Visibility.ABOUT_TO_BE_PUBLIC).text("see example.com/sample").build();
        Verdict verdict = engine.screen(post, Instant.now().plusMillis(50));
        engine.close();
        return verdict;
    }

    @Test
    void exampleBlocksWhatIsListed() {
        UUID id = UUID.randomUUID();

        Verdict verdict = example(id);

        assertThat(verdict.action()).isEqualTo(Verdict.Action.BLOCK);
        assertThat(verdict.hits().getFirst().entry().id()).isEqualTo(id);
    }

    @Test
    void documentationShowsTheExampleThatIsCompiled() throws IOException {
        String documented =
                Files.readString(
                        SOURCES.resolve("main/java/org/jalur/screening/engine/Screening.java"));
        String compiled =
                Files.readString(
                        SOURCES.resolve("test/java/org/jalur/screening/ScreeningExampleTest.java"));
        Matcher example =
                Pattern.compile("<pre>\\{@code\\n(.*?) \\* }</pre>", Pattern.DOTALL)
                        .matcher(documented);
        assertThat(example.find()).isTrue();

        for (String line : example.group(1).lines().toList()) {
            String code = line.replaceFirst("^ \\* ", "").strip();
            assertThat(compiled.replaceAll("\\s+", "")).contains(code.replaceAll("\\s+", ""));
        }
    }
}
