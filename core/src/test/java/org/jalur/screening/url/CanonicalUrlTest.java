package org.jalur.screening.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUrlTest {
    @Test
    void publishedCasesOfSafeBrowsingAreMet() throws IOException {
        String file = "/urls/safe_browsing.tsv";
        try (InputStream in = CanonicalUrlTest.class.getResourceAsStream(file)) {
            byte[] read = Objects.requireNonNull(in).readAllBytes();
            new String(read, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int tab = line.indexOf('\t');
                        String url = line.substring(0, tab);
                        assertThat(canonical(url.translateEscapes()))
                                .as(url)
                                .contains(line.substring(tab + 1));
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://User:pass@Example.ORG:8443/Path?Q, https://example.org/Path?Q",
        "example.org, http://example.org/",
        "//example.org/a, http://example.org/a",
        "http:example.org/a, http://example.org/a",
        "http:///example.org/a, http://example.org/a",
        "http://example.org\\a\\..\\b, http://example.org/b",
        "http://example.org/a/./b/../../c/, http://example.org/c/",
        "http://example.org/../../.., http://example.org/",
        "http://example.org/a/%2e%2E/b, http://example.org/b",
        "http://example.org?a=/../b, http://example.org/?a=/../b",
        "http://example.org/a%3Fb%3Fc, http://example.org/a?b?c",
        "http://a%2Fb@example.org/, http://example.org/",
        "http://a:b@c@example.org/, http://example.org/",
        "http://0x7f.1/, http://127.0.0.1/",
        "http://0177.0.0.01/, http://127.0.0.1/",
        "http://2130706433/, http://127.0.0.1/",
        "http://[2001:DB8::1]:80/a, http://[2001:db8:0:0:0:0:0:1]/a",
        "http://[::ffff:192.0.2.1]/, http://192.0.2.1/",
        "http://bücher.example/ä, http://xn--bcher-kva.example/%C3%A4",
        "http://b%C3%BCcher.example/%c3%a4, http://xn--bcher-kva.example/%C3%A4",
        "http://BÜCHER.example/, http://xn--bcher-kva.example/",
        "http://faß.example/, http://xn--fa-hia.example/",
        "http://ｅｘａｍｐｌｅ．ｏｒｇ/, http://example.org/",
        "http://例え。テスト/, http://xn--r8jz45g.xn--zckzah/",
        "http://exa\u00admple.org/, http://example.org/",
        "http://example.org/%FF%fe, http://example.org/%FF%FE",
    })
    void spellingsOfOneAddressAreOne(String url, String canonical) {
        assertThat(canonical(url)).contains(canonical);
        assertThat(canonical(canonical)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "http://",
                "http:///",
                "http://?a",
                "http://../a",
                "http://example.org:80a/",
                "http://exa mple.org/",
                "http://exam%2Fple.org/",
                "http://exam%00ple.org/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://1.2.3.08/",
                "http://[::1/",
                "http://[::1%25eth0]/",
                "http://[1.2.3.4]/",
                "http://-a.example/",
                "http://xn--/",
                "http://xn--a-.example/",
                "http://xn--abc/",
                "http://xn--BCHER-KVA-.example/",
                "http://\u202eexample\u0000.org/",
                "http://\ud800.example/",
                "localhost/a",
                "user@example.org",
                "mailto:user@example.org",
                "javascript:alert(1)",
                "data:text/html,example.org/",
                "tel:12345",
                "tg://resolve?domain=sample",
            })
    void whatNoBrowserAsksForIsRefused(String url) {
        assertThat(canonical(url)).isEmpty();
    }

    @Test
    void labelsAndNamesOfMoreThanTheirLengthAreRefused() {
        assertThat(canonical("http://" + "a".repeat(63) + ".example/")).isPresent();
        assertThat(canonical("http://" + "a".repeat(64) + ".example/")).isEmpty();
        assertThat(canonical("http://" + "ab.".repeat(83) + "org/")).isPresent();
        assertThat(canonical("http://" + "ab.".repeat(84) + "org/")).isEmpty();
        assertThat(canonical("http://" + "ü".repeat(60) + ".example/")).isEmpty();
    }

    @Test
    void expressionsAreUpToFiveHostsTimesSixPaths() {
        assertThat(expressions("http://a.b.c/1/2.html?param=1"))
                .containsExactly(
                        "a.b.c/1/2.html?param=1",
                        "a.b.c/1/2.html",
                        "a.b.c/",
                        "a.b.c/1/",
                        "b.c/1/2.html?param=1",
                        "b.c/1/2.html",
                        "b.c/",
                        "b.c/1/");
        assertThat(expressions("http://a.b.c.d.e.f.g/1.html"))
                .containsExactly(
                        "a.b.c.d.e.f.g/1.html", "a.b.c.d.e.f.g/",
                        "c.d.e.f.g/1.html", "c.d.e.f.g/",
                        "d.e.f.g/1.html", "d.e.f.g/",
                        "e.f.g/1.html", "e.f.g/",
                        "f.g/1.html", "f.g/");
        assertThat(expressions("http://1.2.3.4/1/")).containsExactly("1.2.3.4/1/", "1.2.3.4/");
        assertThat(expressions("http://a.b.c.d.e.f/1/2/3/4/5/6?7"))
                .hasSize(30)
                .contains("a.b.c.d.e.f/1/2/3/")
                .doesNotContain("a.b.c.d.e.f/1/2/3/4/");
    }

    @Test
    void escapesWithinEscapesAreUndoneInOnePass() {
        String bomb = "http://example.org/%" + "25".repeat(500_000) + "41";

        assertThat(canonical(bomb)).contains("http://example.org/A");
    }

    @Test
    void addressesOfAMillionCharactersAreReadAndLongerOnesRefused() {
        String[] parts = {"/", "/a", "/..", "/a/../", "%", "%25", "%2", "?", "@", ".", "ü", ":"};
        for (String part : parts) {
            int times = (CanonicalUrl.MOST - 30) / part.length();
            String url = "http://example.org/" + part.repeat(times);

            assertThat(canonical(url)).isPresent();
            assertThat(canonical(url.replace("/example", "example"))).isNotNull();
        }
        assertThat(canonical("http://example.org/" + "a".repeat(CanonicalUrl.MOST))).isEmpty();
    }

    @Test
    void canonicalFormOfACanonicalFormIsItself() {
        var random = new SplittableRandom(5);
        String[] parts = {
            "http://",
            "HTTP:",
            "//",
            "/",
            "\\",
            ".",
            "..",
            "%",
            "25",
            "2e",
            "2F",
            "3f",
            "23",
            "?",
            "#",
            "@",
            ":",
            "80",
            "a",
            "B",
            "example",
            ".org",
            "xn--",
            "bcher-kva",
            "ü",
            "ẞ",
            "İ",
            "。",
            "\u200d",
            "ｘ",
            "[",
            "]",
            "::1",
            "127.1",
            "0x",
            "𝐞",
            "ﬁ",
            "\ud83d\ude00",
            "Σ",
            " "
        };
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            var url = new StringBuilder(random.nextBoolean() ? "http://a" : "");
            for (int n = random.nextInt(12); n >= 0; n--) {
                url.append(parts[random.nextInt(parts.length)]);
            }
            Optional<CanonicalUrl> once = CanonicalUrl.parse(url.toString());
            if (once.isPresent()) {
                read++;
                String canonical = once.get().toString();
                assertThat(CanonicalUrl.parse(canonical)).as(url.toString()).isEqualTo(once);
                assertThat(canonical.chars()).allMatch(c -> c > ' ' && c < 0x7f);
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    @Test
    void hostThatIsNotCanonicalIsNoHostName() {
        assertThatThrownBy(() -> new HostName("Example.org"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Example.org");
    }

    private static Optional<String> canonical(String url) {
        return CanonicalUrl.parse(url).map(CanonicalUrl::toString);
    }

    private static List<String> expressions(String url) {
        return CanonicalUrl.parse(url).orElseThrow().expressions();
    }
}
