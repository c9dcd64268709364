package org.jalur.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.ListRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.HttpStatus;

/** Rules that lists and entries break, as the pages say them. */
class BrokenRuleTextsTest {
    private static final Locale INDONESIAN = Locale.of("id");
    private static final List<String> VALUES = List.of("first-one", "second-one", "third-one");

    private final Texts texts = texts();

    private static Texts texts() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/jalur");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Texts(messages);
    }

    @AfterEach
    void forget() {
        LocaleContextHolder.resetLocaleContext();
    }

    private static String in(
            Locale language, Function<BrokenRule, String> said, BrokenRule broken) {
        LocaleContextHolder.setLocale(language);
        return said.apply(broken);
    }

    private static List<String> named(String sentence) {
        return VALUES.stream().filter(sentence::contains).toList();
    }

    @ParameterizedTest
    @EnumSource(ListRule.class)
    void bothLanguagesNameTheValuesThatTheRuleNames(ListRule rule) {
        BrokenRule broken = rule.broken(VALUES.toArray());

        for (Locale language : List.of(INDONESIAN, Locale.ENGLISH)) {
            assertThat(named(in(language, texts::rule, broken)))
                    .isEqualTo(named(broken.sentence()));
            assertThat(named(in(language, texts::wayOut, broken)))
                    .isEqualTo(named(broken.wayOut()));
        }
    }

    @ParameterizedTest
    @EnumSource(value = ListRule.class, names = "SAID", mode = EnumSource.Mode.EXCLUDE)
    void eachLanguageHasWordsOfItsOwn(ListRule rule) {
        BrokenRule broken = rule.broken(VALUES.toArray());

        assertThat(in(INDONESIAN, texts::rule, broken))
                .isNotEqualTo(in(Locale.ENGLISH, texts::rule, broken));
        assertThat(in(INDONESIAN, texts::wayOut, broken))
                .isNotEqualTo(in(Locale.ENGLISH, texts::wayOut, broken));
    }

    @Test
    void numbersAndKindsAreInTheReadersLanguageAndColumnsAsTheFileHasThem() {
        assertThat(in(INDONESIAN, texts::rule, ListRule.PHRASE_LONG.broken(1257, 1000)))
                .isEqualTo("frasa ini panjangnya 1.257 karakter, lebih dari 1.000");
        assertThat(in(Locale.ENGLISH, texts::rule, ListRule.PHRASE_LONG.broken(1257, 1000)))
                .isEqualTo("the phrase has 1,257 characters, more than 1,000");
        assertThat(in(INDONESIAN, texts::rule, ListRule.VALUE_EMPTY.broken("phrase")))
                .isEqualTo("frasa ini kosong");
        assertThat(in(INDONESIAN, texts::rule, ListRule.MISSING.broken("signal_str")))
                .isEqualTo("tidak ada “signal_str”");
    }

    @Test
    void sentenceOfAnOlderVersionIsShownAsItWas() {
        BrokenRule older = BrokenRule.kept("the line's {0} is '%s'", "don't");

        for (Locale language : List.of(INDONESIAN, Locale.ENGLISH)) {
            assertThat(in(language, texts::rule, older)).isEqualTo("the line's {0} is '%s'");
            assertThat(in(language, texts::wayOut, older)).isEqualTo("don't");
        }
    }

    @Test
    void refusedEntryIsToldWithItsValueRuleAndWayOut() {
        LocaleContextHolder.setLocale(INDONESIAN);
        var refused =
                new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "refused-entry",
                        "in English",
                        "com",
                        ListRule.DOMAIN_TOP.broken());

        assertThat(texts.error(refused))
                .isEqualTo(
                        "“com”: seluruh domain tingkat atas; tulis nama dengan domain tingkat atasnya.");
    }
}
