package org.jalur.screening.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFinderTest {
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.bundled();

    private final AddressFinder finder =
            new AddressFinder(SUFFIXES, Optional.of(Platform.TELEGRAM));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://example.org/a?b=c. | https://example.org/a?b=c",
                "(see http://example.org/a_(b)) | http://example.org/a_(b)",
                "[text](https://example.org/a) | https://example.org/a",
                "**example.org/a** | example.org/a",
                "_t.me/sample_news | t.me/sample_news",
                "at example.org, and | example.org",
                "Example.ORG:8080/Path! | Example.ORG:8080/Path",
                "t.me/sample_news | t.me/sample_news",
                "go:t.me/sample_news | t.me/sample_news",
                "clickhttps://t.me/sample_news | https://t.me/sample_news",
                "看t.me/sample_news看 | t.me/sample_news",
                "看https://t.me/sample_news看这里 | https://t.me/sample_news",
                "看 https://example.org/路径。好 | https://example.org/路径",
                "请看example.org。谢谢 | example.org",
                "食狮.中国 | 食狮.中国",
                "смотри пример.рф/путь, да | пример.рф/путь",
                "hxxps://example[.]org/a | hxxps://example[.]org/a",
                "hXXp[:]//example(dot)org | hXXp[:]//example(dot)org",
                "example[.]org | example[.]org",
                "t[.]me/sample_news | t[.]me/sample_news",
                "http://192.0.2.1/a | http://192.0.2.1/a",
                "192.0.2.1:80 | 192.0.2.1:80",
                "http://[2001:db8::1]/a | http://[2001:db8::1]/a",
                "ｔ．ｍｅ／sample_news | ｔ．ｍｅ／sample_news",
                "tg://resolve?domain=sample_news | tg://resolve?domain=sample_news",
                "cc @sample_news. | @sample_news",
                "by @user@example.org! | @user@example.org",
                "https://user@example.org/a | https://user@example.org/a",
            })
    void addressIsFoundWhereItStands(String text, String address) {
        List<Found> found = finder.find(text);

        assertThat(found).hasSize(1);
        assertThat(text.substring(found.getFirst().start(), found.getFirst().end()))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "@",
                "://",
                "http://",
                "https://?",
                "tg://",
                "e.g. this",
                "and so on...",
                "version 1.2.3.4",
                "user@example.org",
                "user@example.org/a",
                "notes.unheardof",
                "12.30",
                "a.b.c",
                "@abc",
                "@@@@",
                "http://exa$mple.org",
                "http://-/",
                "@a@b",
                "http://..",
                "...com",
                "мир.труд.май"
            })
    void whatIsNoAddressIsNotFound(String text) {
        assertThat(finder.find(text)).isEmpty();
    }

    @Test
    void invisibleCharactersDoNotHideAnAddress() {
        String text = "go t.\u200bme/sam\u2060ple_news now";

        Found found = finder.find(text).getFirst();

        assertThat(found)
                .isInstanceOfSatisfying(
                        Found.Link.class,
                        link ->
                                assertThat(link.handle())
                                        .hasToString("Optional[telegram:channel:sample_news]"));
        assertThat(found.start()).isEqualTo(3);
        assertThat(found.end()).isEqualTo(text.length() - 4);
    }

    @Test
    void allThatATextNamesIsFoundInOrder() {
        String text = "example.org/a,https://t.me/sample_news/5 @other_one\nhttp://b.example.com";

        assertThat(names(text))
                .containsExactly(
                        "http://example.org/a",
                        "telegram:post:sample_news/5",
                        "telegram:channel:other_one",
                        "http://b.example.com/");
    }

    @Test
    void addressWithinAnAddressIsFoundToo() {
        assertThat(names("https://a.example.org/?u=https://t.me/sample_news"))
                .containsExactly(
                        "https://a.example.org/?u=https://t.me/sample_news",
                        "telegram:channel:sample_news");
    }

    @Test
    void nameAloneIsNotFoundWhereThePlatformIsNotKnown() {
        var elsewhere = new AddressFinder(SUFFIXES, Optional.empty());

        assertThat(elsewhere.find("@sample_news t.me/sample_news")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://a.com/",
                "https://a.com",
                "a.",
                "a.com",
                "a.com ",
                ".",
                "@",
                "@a",
                "a@",
                "@a@b.com",
                "(",
                "[.]",
                "hxxp",
                "tg://",
                "t.me/+",
                "%25",
                "看",
                "http",
                "http://a.com(",
                "/",
                "://",
                "a.com/(",
                "a.com/ ",
                "é",
                "\ud83d\ude00",
                "\ud800",
                "-",
                "x.com/",
                "a。",
                "a.com。",
                "http://a.com,"
            })
    void textsOfAMillionCharactersAreReadToTheirEnd(String part) {
        String text = part.repeat(1_000_000 / part.length()) + " http://last.example.com/ ";

        assertThat(finder.find(text).getLast())
                .isInstanceOfSatisfying(
                        Found.Link.class,
                        link -> assertThat(link.url()).hasToString("http://last.example.com/"));
    }

    @Test
    void labelsThatAreTooLongAreNotEncoded() {
        // Each character of them is eighteen once it is mapped.
        String text = "\ufdfa".repeat(1_000) + ".com/ ";

        assertThat(finder.find(text.repeat(400) + "last.example.com/").getLast())
                .isInstanceOfSatisfying(
                        Found.Link.class,
                        link -> assertThat(link.url()).hasToString("http://last.example.com/"));
    }

    @Test
    void everythingFoundStandsInTheTextAndReadsAsItDoesAlone() {
        var random = new SplittableRandom(9);
        String[] parts = {
            "http", "://", "hxxp", "a", "B", ".", "[.]", "com", "t.me", "/", "sample", "@", " ",
            "tg", "?", "domain=", ":", "80", "(", ")", "看", "。", "\u200b", "ü", "ｔ", "\ud83d", "_"
        };
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(16); n >= 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            for (Found found : finder.find(text.toString())) {
                assertThat(found.start()).isNotNegative().isLessThan(found.end());
                assertThat(found.end()).isLessThanOrEqualTo(text.length());
                if (found instanceof Found.Link link) {
                    assertThat(CanonicalUrl.parse(link.url().toString())).contains(link.url());
                }
            }
        }
    }

    private List<String> names(String text) {
        return finder.find(text).stream()
                .map(found ->
                        switch (found) {
                            case Found.Name name -> name.handle().toString();
                            case Found.Link link ->
                                    link.handle()
                                            .map(Handle::toString)
                                            .orElse(link.url().toString());
                        })
                .toList();
    }
}
