package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jalur.screening.Mode;
import org.jalur.screening.check.CheckRules;
import org.jalur.screening.check.ListSetBuilder;
import org.jalur.screening.check.Publication;
import org.jalur.screening.engine.Samples.SetClock;
import org.jalur.screening.list.LineError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list that is tried out answers as it does once it is switched on. */
class AnswersAlikeTest {
    private final Screening engine = Samples.engine(new SetClock(), Mode.BLOCK);
    private final List<LineError> errors = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "url, URL, https://t.me/samplename, see t.me/samplename/12, true",
        "url, URL, https://t.me/samplename/12, see t.me/samplename, false",
        "url, URL, http://github.io/a, see http://github.io/a, true",
        "url, URL, http://github.io/a, see http://stranger.github.io/a, false",
        "url, URL, http://site.co.id/a/, see http://www.site.co.id/a/b, true",
        "domain, DOMAIN, site.co.id, see www.site.co.id, true",
        "handle, HANDLE, Telegram:Channel:SampleName, see t.me/samplename/12, true",
        "phrase, PHRASE, abcd, see ABCD, true",
        "phrase, PHRASE, a b c, see A B C, true",
    })
    void entryIsFoundByBothOrByNeither(
            String kind, Signal signal, String value, String text, boolean found)
            throws IOException {
        Samples.added(engine, signal, value);

        assertThat(checked(kind, value, text)).isEqualTo(found);
        assertThat(Samples.screen(engine, Samples.text(text)).hits()).hasSize(found ? 1 : 0);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "phrase, PHRASE, abc",
        "phrase, PHRASE, a b",
        "phrase, PHRASE, 示",
        "url, URL, http://github.io/",
        "domain, DOMAIN, co.id",
        "handle, HANDLE, telegram:channel:",
    })
    void entryIsRefusedByBoth(String kind, Signal signal, String value) throws IOException {
        Added added = engine.add(List.of(Samples.entry(signal, value)));
        checked(kind, value, "");

        assertThat(added.refused()).hasSize(1);
        assertThat(errors).hasSize(1);
    }

    private boolean checked(String kind, String value, String text) throws IOException {
        var builder =
                new ListSetBuilder(
                        new CheckRules(
                                Samples.SETTINGS.deepest(),
                                CheckRules.STRICT.pdqRadius(),
                                CheckRules.DEFAULT_PDQ_QUALITY,
                                CheckRules.STRICT.country(),
                                CheckRules.STRICT.home()),
                        Samples.SETTINGS.suffixes());
        byte[] list = "kind,value\n%s,%s\n".formatted(kind, value).getBytes(UTF_8);
        builder.read("list", new ByteArrayInputStream(list), errors::add);
        return !builder.build().search().find(Publication.ofText(text)).isEmpty();
    }
}
