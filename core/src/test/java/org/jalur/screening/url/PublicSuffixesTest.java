package org.jalur.screening.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicSuffixesTest {
    private final PublicSuffixes suffixes = PublicSuffixes.bundled();

    @Test
    void publishedCasesAreMet() throws IOException {
        try (InputStream in = PublicSuffixesTest.class.getResourceAsStream("/psl/tests.txt")) {
            byte[] read = Objects.requireNonNull(in).readAllBytes();
            new String(read, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("//"))
                    // A dot at the beginning and no name at all are the reader's concern.
                    .filter(line -> !line.startsWith(".") && !line.startsWith("null"))
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        String expected = line.substring(space + 1);
                        assertThat(suffixes.registrableDomain(host(line.substring(0, space))))
                                .as(line)
                                .isEqualTo(
                                        expected.equals("null")
                                                ? Optional.empty()
                                                : Optional.of(host(expected)));
                    });
        }
    }

    @Test
    void suffixesOfRegistriesAndOfCompaniesAreSuffixes() {
        assertThat(suffixes.isPublicSuffix(host("com"))).isTrue();
        assertThat(suffixes.isPublicSuffix(host("co.id"))).isTrue();
        assertThat(suffixes.isPublicSuffix(host("github.io"))).isTrue();
        assertThat(suffixes.isPublicSuffix(host("blogspot.com"))).isTrue();
        assertThat(suffixes.isPublicSuffix(host("anything.ck"))).isTrue();
        assertThat(suffixes.isPublicSuffix(host("公司.cn"))).isTrue();
        assertThat(suffixes.isPublicSuffix(host("unheardof"))).isTrue();
    }

    @Test
    void namesBelowThemAreNone() {
        assertThat(suffixes.isPublicSuffix(host("example.co.id"))).isFalse();
        assertThat(suffixes.isPublicSuffix(host("www.ck"))).isFalse();
        assertThat(suffixes.isPublicSuffix(host("a.b.mm"))).isFalse();
        assertThat(suffixes.isPublicSuffix(host("t.me"))).isFalse();
    }

    @Test
    void addressHasNeitherSuffixNorDomain() {
        assertThat(suffixes.isPublicSuffix(host("192.0.2.1"))).isFalse();
        assertThat(suffixes.registrableDomain(host("192.0.2.1"))).isEmpty();
        assertThat(suffixes.registrableDomain(host("[2001:db8::1]"))).isEmpty();
    }

    @Test
    void ruleForANameAndForAllBelowItBothCount() throws IOException {
        var own =
                read(
                        """
                        a.example // comment
                        *.a.example
                        !free.a.example

                        // !b.example
                        example
                        """);

        assertThat(own.isPublicSuffix(host("a.example"))).isTrue();
        assertThat(own.isPublicSuffix(host("x.a.example"))).isTrue();
        assertThat(own.registrableDomain(host("y.x.a.example"))).contains(host("y.x.a.example"));
        assertThat(own.registrableDomain(host("y.free.a.example")))
                .contains(host("free.a.example"));
        assertThat(own.registrableDomain(host("c.b.example"))).contains(host("b.example"));
    }

    @Test
    void suffixBelowANameIsFound() throws IOException {
        var own = read("com\ncloud.example.com\n*.sites.example.com\n!own.example.com\n");

        assertThat(own.suffixBelow(host("example.com"))).contains(host("cloud.example.com"));
        assertThat(own.suffixBelow(host("cloud.example.com"))).isEmpty();
        assertThat(own.suffixBelow(host("ample.com"))).isEmpty();
        assertThat(suffixes.suffixBelow(host("telegram.org"))).isEmpty();
    }

    @Test
    void lineThatIsNoRuleIsNamed() {
        assertThatThrownBy(() -> read("com\nexa$mple\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("exa$mple");
    }

    private static PublicSuffixes read(String list) throws IOException {
        return PublicSuffixes.read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
    }

    private static HostName host(String name) {
        return HostName.parse(name).orElseThrow();
    }
}
