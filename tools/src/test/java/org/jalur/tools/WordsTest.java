package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.MessageKind;
import org.jalur.evidence.Cosigned.Standing;
import org.jalur.evidence.Finding.Doubt;
import org.jalur.evidence.Finding.Pin;
import org.jalur.evidence.Finding.Quorum;
import org.jalur.evidence.Flaw;
import org.jalur.evidence.Subject;
import org.jalur.evidence.Summary.Verdict;
import org.jalur.tools.Words.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
    private final Properties indonesian = sentences("id");
    private final Properties english = sentences("en");

    @Test
    void bothLanguagesHaveTheSameSentences() {
        assertThat(indonesian.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    }

    @Test
    void bothLanguagesSayTheSameValuesInEachSentence() {
        for (String key : english.stringPropertyNames()) {
            assertThat(values(indonesian, key)).as(key).isEqualTo(values(english, key));
        }
    }

    private static long values(Properties sentences, String key) {
        return sentences.getProperty(key, "").split("%s", -1).length;
    }

    @Test
    void noSentenceIsLeftInTheOtherLanguage() {
        for (String key : english.stringPropertyNames()) {
            if (!key.equals("flaw")) {
                assertThat(indonesian.getProperty(key))
                        .as(key)
                        .isNotBlank()
                        .isNotEqualTo(english.getProperty(key));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatCanBeFoundHasASentence(Language language) {
        var words = new Words(language);

        assertThat(
                        Stream.of(
                                        keys("flaw.", Flaw.Kind.values()),
                                        keys("pin.", Pin.values()),
                                        keys("doubt.", Doubt.values()),
                                        keys("keys.", Reason.values()),
                                        keys("quorum.", Quorum.REACHED, Quorum.NOT_REACHED),
                                        keys("subject.", Subject.Kind.values()),
                                        keys("result.", Verdict.values()),
                                        keys(
                                                "time.by.",
                                                Standing.CHOSEN,
                                                Standing.OTHER_SIDE,
                                                Standing.NAMED_BY_MAKER),
                                        Arrays.stream(MessageKind.values())
                                                .filter(kind -> kind != MessageKind.KEYS)
                                                .map(kind -> "kind." + kind.wire()))
                                .flatMap(keys -> keys))
                .allMatch(words::has);
    }

    private static Stream<String> keys(String prefix, Enum<?>... values) {
        return Arrays.stream(values).map(value -> prefix + value);
    }

    @ParameterizedTest
    @CsvSource({
        "id_ID.UTF-8,ID",
        "id_ID,ID",
        "id,ID",
        "en_US.UTF-8,EN",
        "C,EN",
        "idle,EN",
        "de_DE.UTF-8,EN"
    })
    void environmentChoosesTheLanguage(String value, Language language) {
        assertThat(Language.ofEnvironment(Optional.of(value))).isEqualTo(language);
    }

    @Test
    void emptyEnvironmentMeansEnglish() {
        assertThat(Language.ofEnvironment(Optional.empty())).isEqualTo(Language.EN);
    }

    @Test
    void textOfOthersCannotMoveTheCursorOrTurnTheLineAround() {
        assertThat(Words.visible("a\u001b[2Jb\rc\u202ed\u2028e")).isEqualTo("a?[2Jb?c?d?e");
        assertThat(Words.visible("sampel\n\tA")).isEqualTo("sampel\n\tA");
    }

    private static Properties sentences(String language) {
        var properties = new Properties();
        String name = "verify_%s.properties".formatted(language);
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(Objects.requireNonNull(in), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
