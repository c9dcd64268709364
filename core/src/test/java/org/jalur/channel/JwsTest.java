package org.jalur.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwsTest {
    private static final byte[] PAYLOAD = "{\"sample\":\"A\"}".getBytes(UTF_8);

    private final SigningKey key = SigningKey.generate();

    @Test
    void signatureIsAcceptedByAnIndependentLibrary() throws Exception {
        var peer = new JsonWebSignature();
        peer.setAlgorithmConstraints(
                new org.jose4j.jwa.AlgorithmConstraints(
                        org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT, "EdDSA"));
        peer.setCompactSerialization(Jws.sign(Jws.Type.MESSAGE, PAYLOAD, key).compact());
        peer.setKey(key.publicKey().asPublicKey());

        assertThat(peer.verifySignature()).isTrue();
        assertThat(peer.getPayloadBytes()).isEqualTo(PAYLOAD);
    }

    @Test
    void signatureOfAnIndependentLibraryIsAccepted() throws Exception {
        var peer = new JsonWebSignature();
        peer.setAlgorithmHeaderValue("EdDSA");
        peer.setKeyIdHeaderValue(key.publicKey().kid());
        peer.setHeader("typ", "jalur-message+jws");
        peer.setPayloadBytes(PAYLOAD);
        peer.setKey(key.asPrivateKey());

        Jws jws = Jws.parse(peer.getCompactSerialization(), Jws.Type.MESSAGE);

        assertThat(jws.isSignedBy(key.publicKey())).isTrue();
        assertThat(jws.payload()).isEqualTo(PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\"}",
                "{\"alg\":\"HS256\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-receipt+jws\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\"}",
                "{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\",\"jku\":\"https://a.example\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\",\"jwk\":{\"kty\":\"OKP\"}}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\",\"x5u\":\"https://a.example\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\",\"crit\":\"exp\"}",
                "{\"alg\":\"EdDSA\",\"kid\":1.5,\"typ\":\"jalur-message+jws\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"jalur-message+jws\"} x",
                "[]",
                "",
                "{"
            })
    void headerThatChoosesAnythingIsRefused(String header) {
        String compact = base64(header) + "." + base64("{}") + "." + base64("signature");

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Jws.parse(compact, Jws.Type.MESSAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "a.b.c.d", "e30=.e30.e30", "e30.e30.e31", "é.e30.e30"})
    void anythingButThreeCanonicalSegmentsIsRefused(String compact) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Jws.parse(compact, Jws.Type.MESSAGE));
    }

    @Test
    void oversizedFormIsRefusedBeforeItIsRead() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Jws.parse("a".repeat(Jws.MAX_LENGTH + 1), Jws.Type.MESSAGE))
                .withMessageContaining("65537");
    }

    @Test
    void changedPayloadIsNotSigned() {
        String[] segments = Jws.sign(Jws.Type.MESSAGE, PAYLOAD, key).compact().split("\\.");
        String forged = segments[0] + "." + base64("{\"sample\":\"B\"}") + "." + segments[2];

        assertThat(Jws.parse(forged, Jws.Type.MESSAGE).isSignedBy(key.publicKey())).isFalse();
    }

    @Test
    void signatureOfAnotherKeyIsNotOurs() {
        Jws jws = Jws.sign(Jws.Type.MESSAGE, PAYLOAD, SigningKey.generate());

        assertThat(jws.isSignedBy(key.publicKey())).isFalse();
    }

    @Test
    void halvesOfTwoKeysAreRefused() {
        var own = key.publicKey().asPublicKey();
        var other = SigningKey.generate().publicKey().asPublicKey();

        assertThat(SigningKey.of(key.asPrivateKey(), own).publicKey()).isEqualTo(key.publicKey());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(key.asPrivateKey(), other));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
