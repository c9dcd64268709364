package org.jalur.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenRuleTest {
    @Test
    void sentenceNamesTheValuesAndGroupsNumbers() {
        BrokenRule broken = ListRule.VALUE_LONG.broken("handle", 1257, 256);

        assertThat(broken.sentence()).isEqualTo("the handle has 1,257 characters, more than 256");
        assertThat(ListRule.HEX.broken(64, "sha256").wayOut())
                .isEqualTo("check that the hash is a whole sha256");
        assertThat(ListRule.VALUE_SPACES.broken("url").wayOut()).contains("%20");
    }

    @ParameterizedTest
    @EnumSource(ListRule.class)
    void ruleIsKeptByItsNameAndReadBackWithItsValues(ListRule rule) {
        for (BrokenRule broken : List.of(rule.broken(), rule.broken("sha256", 64, ""))) {
            assertThat(broken.text()).startsWith(rule.name());
            assertThat(BrokenRule.parse(broken.text())).contains(broken);
            assertThat(BrokenRule.kept(broken.text(), "unused")).isEqualTo(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not a time", "time", "TIMES", " TIME", "a whole top-level domain\nHEX"})
    void sentenceOfAVersionThatKeptNoNamesIsShownAsItWas(String sentence) {
        BrokenRule kept = BrokenRule.kept(sentence, "check the 100 % of it");

        assertThat(BrokenRule.parse(sentence)).isEmpty();
        assertThat(kept.rule()).isEqualTo(ListRule.SAID);
        assertThat(kept.sentence()).isEqualTo(sentence);
        assertThat(kept.wayOut()).isEqualTo("check the 100 % of it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "12ab", "\u0661\u0662", "1234567890123456789"})
    void otherValuesAreNoNumbersAndStayAsTheyAre(String value) {
        assertThat(BrokenRule.isNumber(value)).isFalse();
        assertThat(ListRule.MISSING.broken(value).sentence()).isEqualTo("there is no " + value);
    }
}
