package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Signatures of C2SP/wycheproof, good and hostile, and keys that prove nothing.
class Ed25519Test {
    @Test
    void signatureIsAcceptedExactlyWhereItShould() {
        JsonNode suite =
                Vectors.json(
                        Vectors.in("ed25519").folder().resolve("wycheproof_ed25519_test.json"));

        List<String> surprises = new ArrayList<>();
        int tests = 0;
        for (JsonNode group : suite.get("testGroups")) {
            NoteVerifier key = NoteVerifier.ed25519("peer", hex(group.get("publicKey").get("pk")));
            for (JsonNode test : group.get("tests")) {
                tests++;
                boolean valid = test.get("result").asString().equals("valid");
                if (key.verifies(hex(test.get("msg")), hex(test.get("sig"))) != valid) {
                    surprises.add(test.toString());
                }
            }
        }

        assertThat(surprises).isEmpty();
        assertThat(tests).isEqualTo(suite.get("numberOfTests").asInt()).isEqualTo(151);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "00",
                "",
            })
    void keyUnderWhichASignatureProvesNothingIsRefused(String key) {
        assertThatThrownBy(() -> NoteVerifier.ed25519("peer", HexFormat.of().parseHex(key)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.asString());
    }
}
