package org.jalur.screening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountryCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"ID", "SG"})
    void codeHasTwoUpperCaseLetters(String code) {
        assertThat(CountryCode.isOne(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "I", "id", "IDN", "I1", "ÄÖ", "ID\n", " ID"})
    void anythingElseIsNone(String code) {
        assertThat(CountryCode.isOne(code)).isFalse();
    }
}
