package org.jalur.node.notifications.carriers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    /** The example of the Standard Webhooks specification. */
    @Test
    void signatureIsThatOfTheSpecification() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(
                        WebhookSignature.sign(
                                secret,
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1_614_265_330,
                                "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void eachWebhookHasASecretOfItsOwn() {
        String master = "a sample master secret of 32 letters";
        byte[] one = WebhookSignature.secret(master, new UUID(0, 1));

        assertThat(one).hasSize(32).isNotEqualTo(WebhookSignature.secret(master, new UUID(0, 2)));
        assertThat(one).isEqualTo(WebhookSignature.secret(master, new UUID(0, 1)));
    }
}
