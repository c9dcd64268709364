package org.jalur.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jalur.log.Hash;

/**
 * The signature over a call of the connector contract, {@code docs/connector.md}: {@code v1=} and
 * the HMAC-SHA256 in hex over contract, method, path with query, time, nonce and the digest of the
 * body, each on a line. The receiver remembers nonces for as long as a time is fresh.
 *
 * @param method upper case
 * @param path with its query, as it stands in the request line
 * @param time Unix seconds
 * @param nonce 16 to 64 characters of base64url
 */
public record ConnectorSignature(String method, String path, long time, String nonce) {
    /** How far the time may lie from the receiver's clock, either way. */
    public static final Duration FRESHNESS = Duration.ofMinutes(5);

    public static final String TIME_HEADER = "Jalur-Time";
    public static final String NONCE_HEADER = "Jalur-Nonce";
    public static final String SIGNATURE_HEADER = "Jalur-Signature";

    private static final String CONTRACT = "jalur-connector/1";
    private static final int LEAST_SECRET = 16;

    public ConnectorSignature {
        if (!nonce.matches("[A-Za-z0-9_-]{16,64}")) {
            throw new IllegalArgumentException(
                    "the nonce is \"%s\"; use 16 to 64 characters of base64url".formatted(nonce));
        }
    }

    /** The value of the signature header. */
    public String sign(byte[] secret, byte[] body) {
        if (secret.length < LEAST_SECRET) {
            throw new IllegalArgumentException(
                    "the connector secret has %d octets; use at least %d"
                            .formatted(secret.length, LEAST_SECRET));
        }
        String signed =
                "%s\n%s\n%s\n%d\n%s\n%s"
                        .formatted(CONTRACT, method, path, time, nonce, Hash.sha256(body).hex());
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return "v1=" + HexFormat.of().formatHex(hmac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Compares in constant time. */
    public boolean isSignedBy(byte[] secret, byte[] body, String signature) {
        return MessageDigest.isEqual(
                sign(secret, body).getBytes(US_ASCII), signature.getBytes(US_ASCII));
    }

    public boolean isFreshAt(Instant now) {
        return Math.abs(now.getEpochSecond() - time) <= FRESHNESS.toSeconds();
    }
}
