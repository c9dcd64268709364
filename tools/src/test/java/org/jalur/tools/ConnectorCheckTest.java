package org.jalur.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ConnectorCheckTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PDQ = "0f".repeat(32);

    private static boolean isRight(String file) {
        return ConnectorCheck.saysRightlyHowItLooks(
                JSON.readTree(file.replace('\'', '"').replace("PDQ", PDQ)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'sha256': 'ab'}",
                "{'pdq': 'PDQ', 'pdqQuality': 0}",
                "{'sha256': 'ab', 'pdq': 'PDQ', 'pdqQuality': 100}"
            })
    void pictureIsSaidToLookLikeThisOrNothingIsSaid(String file) {
        assertThat(isRight(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pdq': 'PDQ'}",
                "{'pdqQuality': 80}",
                "{'pdq': 'PDQ0', 'pdqQuality': 80}",
                "{'pdq': 'xyz', 'pdqQuality': 80}",
                "{'pdq': null, 'pdqQuality': 80}",
                "{'pdq': 'PDQ', 'pdqQuality': 101}",
                "{'pdq': 'PDQ', 'pdqQuality': -1}",
                "{'pdq': 'PDQ', 'pdqQuality': 80.5}",
                "{'pdq': 'PDQ', 'pdqQuality': '80'}"
            })
    void halfAHashOrAnImpossibleOneBreaksTheContract(String file) {
        assertThat(isRight(file)).isFalse();
    }
}
