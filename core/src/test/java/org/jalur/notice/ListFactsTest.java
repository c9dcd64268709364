package org.jalur.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListFactsTest {
    private static ListFacts facts(String id, String name, String reason, int entries) {
        return new ListFacts(id, name, "terrorism", reason, entries, Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "sample-list.2026", "a..b"})
    void idOfLowerCaseLettersDigitsDotsAndHyphensIsTaken(String id) {
        assertThat(facts(id, "Sample", "Sample reason", 1).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "A", "a/b", "a b", "ä"})
    void otherIdIsRefusedWithItsValue(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> facts(id, "Sample", "Sample reason", 1))
                .withMessageContaining("\"" + id + "\"");
    }

    @Test
    void limitsHold() {
        assertThat(ListFacts.isId("a".repeat(61))).isTrue();
        assertThat(ListFacts.isId("a".repeat(62))).isFalse();
        facts("a", "n".repeat(100), "r".repeat(4_000), ListFacts.MOST);
        assertThatIllegalArgumentException().isThrownBy(() -> facts("a", "n".repeat(101), "r", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> facts("a", "n", "r".repeat(4_001), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> facts("a", " ", "r", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> facts("a", "n", "r", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> facts("a", "n", "r", ListFacts.MOST + 1));
    }
}
