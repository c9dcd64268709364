package org.jalur.node.notifications.carriers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks 1.0 says, so that receivers can check with a library they have: HMAC
 * with SHA-256 over id, time and body.
 */
final class WebhookSignature {
    private static final String HMAC = "HmacSHA256";

    private WebhookSignature() {}

    /** Of one webhook, worked out from the node's secret; nobody reads it in the database. */
    static byte[] secret(String master, UUID webhook) {
        return hmac(master.getBytes(UTF_8), ("jalur webhook " + webhook).getBytes(UTF_8));
    }

    /** As its owner enters it at the receiver. */
    static String shown(byte[] secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    /**
     * @param time seconds since 1970
     */
    static String sign(byte[] secret, String id, long time, byte[] body) {
        byte[] head = (id + "." + time + ".").getBytes(UTF_8);
        byte[] signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        return "v1," + Base64.getEncoder().encodeToString(hmac(secret, signed));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
