package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    private static final String HEX =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String BASE64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void digestIsTheSameFromBytesHexAndBase64() {
        Hash hash = Hash.sha256();

        assertThat(Hash.parseHex(HEX)).isEqualTo(hash).hasToString(HEX).hasSameHashCodeAs(hash);
        assertThat(Hash.parseBase64(BASE64)).isEqualTo(hash);
        assertThat(hash.base64()).isEqualTo(BASE64);
        assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
    }

    @Test
    void chunksAreHashedAsOneText() {
        assertThat(Hash.sha256(new byte[] {1}, new byte[0], new byte[] {2, 3}))
                .isEqualTo(Hash.sha256(new byte[] {1, 2, 3}));
    }

    @Test
    void nobodyChangesADigestFromOutside() {
        byte[] bytes = new byte[32];
        Hash hash = Hash.of(bytes);

        bytes[0] = 1;
        hash.bytes()[0] = 1;

        assertThat(hash).isEqualTo(Hash.of(new byte[32]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void otherLengthsAreRefused(int length) {
        assertThatThrownBy(() -> Hash.of(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e3b0",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                " 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            })
    void otherSpellingsOfHexAreRefused(String hex) {
        assertThatThrownBy(() -> Hash.parseHex(hex)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU==",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS",
            })
    void otherSpellingsOfBase64AreRefused(String base64) {
        assertThatThrownBy(() -> Hash.parseBase64(base64))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
