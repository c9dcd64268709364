package org.jalur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainNameTest {
    @ParameterizedTest
    @CsvSource({
        "T.ME, t.me",
        "flora-1.web.telegram.org., flora-1.web.telegram.org",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "straße.example, xn--strae-oqa.example",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "_dmarc.t.me, _dmarc.t.me"
    })
    void namesHaveOneSpelling(String typed, String ascii) {
        assertThat(DomainName.read(typed).ascii()).isEqualTo(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "., EMPTY",
        "https://t.me/a, NAME_IS_URL",
        "officer@t.me, NAME_IS_URL",
        "t.me:443, NAME_IS_ADDRESS",
        "149.154.167.99, NAME_IS_ADDRESS",
        "0x95.0x9a, NAME_IS_ADDRESS",
        "[2001:db8::1], NAME_IS_ADDRESS",
        "example.１２, NAME_ENCODING",
        "*.t.me, NAME_IS_WILDCARD",
        "*, NAME_IS_WILDCARD",
        "a.*.t.me, NAME_CHARACTER",
        "t..me, LABEL_EMPTY",
        ".t.me, LABEL_EMPTY",
        "t.me.., LABEL_EMPTY",
        "-t.me, LABEL_HYPHEN",
        "t-.me, LABEL_HYPHEN",
        "t me.org, NAME_CHARACTER",
        "t\"e.org, NAME_CHARACTER",
        "xn--zzzzzzzzzzzz!.example, NAME_CHARACTER",
        "xn--a.example, NAME_ENCODING",
        "xn--abc.example, NAME_ENCODING"
    })
    void whatIsNoNameIsRefusedByItsRule(String typed, AccessRule rule) {
        assertThat(refused(typed).rule()).isEqualTo(rule);
    }

    @Test
    void refusalNamesValueRuleAndWayOut() {
        assertThatThrownBy(() -> DomainName.read("*.t.me"))
                .hasMessage(
                        "name is \"*.t.me\"; give the name without \"*.\" and say \"with"
                                + " subdomains\"");
    }

    @Test
    void hiddenCharactersNeverDecideWhichNameIsMeant() {
        List.of("t\u200b.me", "t\u00ad.me", "\u202et.me", "t\u0000.me", "t\n.me")
                .forEach(typed ->
                        assertThat(refused(typed).rule()).isEqualTo(AccessRule.NAME_HIDDEN));
        assertThat(refused("t\n.me")).hasMessageContaining("U+000A").hasMessageNotContaining("\n");
    }

    @Test
    void lengthsEndWhereTheRfcEndsThem() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);

        assertThat(DomainName.read(longest).ascii()).hasSize(253);
        assertThat(refused(longest + "a").rule()).isEqualTo(AccessRule.NAME_TOO_LONG);
        assertThat(refused(label + "a.me").rule()).isEqualTo(AccessRule.LABEL_TOO_LONG);
        assertThat(refused("ü".repeat(62) + ".me").rule()).isEqualTo(AccessRule.NAME_ENCODING);
        assertThat(refused("ü.".repeat(50_000) + "me").rule()).isEqualTo(AccessRule.NAME_TOO_LONG);
    }

    @Test
    void nameThatExistsIsInItsOneSpelling() {
        assertThatThrownBy(() -> new DomainName("T.me")).isInstanceOf(InvalidAccessException.class);
        assertThatThrownBy(() -> new DomainName("t.me."))
                .isInstanceOf(InvalidAccessException.class);
    }

    @Test
    void belowMeansByWholeLabels() {
        DomainName org = DomainName.read("telegram.org");

        assertThat(DomainName.read("web.telegram.org").isBelow(org)).isTrue();
        assertThat(DomainName.read("mytelegram.org").isWithin(org)).isFalse();
        assertThat(org.isBelow(org)).isFalse();
        assertThat(org.isWithin(org)).isTrue();
    }

    @Test
    void orderIsByLabelsFromTheRight() {
        assertThat(
                        Stream.of("b.a.org", "a-b.org", "org", "a.org", "z.a.org", "a.me")
                                .map(DomainName::read)
                                .sorted()
                                .map(DomainName::ascii))
                .containsExactly("a.me", "org", "a.org", "b.a.org", "z.a.org", "a-b.org");
    }

    @Test
    void whateverIsTypedIsRefusedByARuleOrReadsTheSameAgain() {
        var random = new Random(7);
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            String typed = typed(random);
            try {
                DomainName name = DomainName.read(typed);
                assertThat(DomainName.read(name.ascii())).isEqualTo(name);
                assertThat(name.host().ascii()).isEqualTo(name.ascii());
                read++;
            } catch (InvalidAccessException e) {
                assertThat(e.field()).isEqualTo("name");
            }
        }
        assertThat(read).isBetween(1_000, 49_000);
    }

    private static String typed(Random random) {
        String alphabet = "abcxn-_.0159ABüß例。*:/ \u200d\u200b\u0301\ud83d\ude00";
        var typed = new StringBuilder(random.nextInt(8) == 0 ? "xn--" : "");
        for (int i = random.nextInt(14); i >= 0; i--) {
            int bound = random.nextBoolean() ? 10 : alphabet.length();
            typed.append(alphabet.charAt(random.nextInt(bound)));
        }
        return typed.toString();
    }

    private static InvalidAccessException refused(String typed) {
        return catchThrowableOfType(InvalidAccessException.class, () -> DomainName.read(typed));
    }
}
