package org.jalur.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConnectorSignatureTest {
    private static final byte[] SECRET = "a sample secret of 33 characters.".getBytes(UTF_8);
    private static final byte[] BODY = "{\"sample\":true}".getBytes(UTF_8);
    private static final long NOON = 1_795_410_000;

    private final ConnectorSignature call =
            new ConnectorSignature("POST", "/actions", NOON, "0123456789abcdef");

    /** Computed with OpenSSL: printf 'jalur-connector/1\nPOST\n…' | openssl dgst -sha256 -hmac. */
    @Test
    void signatureIsTheHmacOverTheSixLines() {
        assertThat(call.sign(SECRET, BODY))
                .isEqualTo("v1=5070367d438276568ca92a03f318f7988f168fb431a394c0dcc10ed87609d023");
    }

    @Test
    void anotherBodyPathTimeNonceOrSecretDoesNotVerify() {
        String signature = call.sign(SECRET, BODY);

        assertThat(call.isSignedBy(SECRET, BODY, signature)).isTrue();
        assertThat(call.isSignedBy(SECRET, "{}".getBytes(UTF_8), signature)).isFalse();
        assertThat(call.isSignedBy("another secret of characters".getBytes(UTF_8), BODY, signature))
                .isFalse();
        assertThat(
                        new ConnectorSignature("POST", "/probe", NOON, "0123456789abcdef")
                                .isSignedBy(SECRET, BODY, signature))
                .isFalse();
        assertThat(
                        new ConnectorSignature("POST", "/actions", NOON + 1, "0123456789abcdef")
                                .isSignedBy(SECRET, BODY, signature))
                .isFalse();
        assertThat(
                        new ConnectorSignature("POST", "/actions", NOON, "0123456789abcdeX")
                                .isSignedBy(SECRET, BODY, signature))
                .isFalse();
    }

    @Test
    void callIsFreshForFiveMinutesEitherWay() {
        assertThat(call.isFreshAt(Instant.ofEpochSecond(NOON - 300))).isTrue();
        assertThat(call.isFreshAt(Instant.ofEpochSecond(NOON + 300))).isTrue();
        assertThat(call.isFreshAt(Instant.ofEpochSecond(NOON - 301))).isFalse();
        assertThat(call.isFreshAt(Instant.ofEpochSecond(NOON + 301))).isFalse();
    }

    @Test
    void shortNonceAndShortSecretAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectorSignature("POST", "/actions", NOON, "short"))
                .withMessageContaining("short");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.sign("short".getBytes(UTF_8), BODY))
                .withMessageContaining("5 octets");
    }
}
