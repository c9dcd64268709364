package org.jalur.dns;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.jalur.access.DomainName;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/**
 * A secret that a secondary shares with its primary, to sign what they say to each other (RFC
 * 8945).
 */
public final class TransferKey {
    private static final int LEAST = 16;

    private final DomainName name;
    private final Algorithm algorithm;
    private final byte[] secret;

    public TransferKey(DomainName name, Algorithm algorithm, byte[] secret) {
        if (secret.length < LEAST) {
            throw new IllegalArgumentException(
                    "the key \"%s\" has %d octets; make one of %d or more, as with \"tsig-keygen\""
                            .formatted(name, secret.length, LEAST));
        }
        this.name = name;
        this.algorithm = algorithm;
        this.secret = secret.clone();
    }

    /** Which keyed hash signs; older ones are not offered. */
    public enum Algorithm {
        HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
        HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

        private final String wire;
        private final String jdk;
        private final int length;

        Algorithm(String wire, String jdk, int length) {
            this.wire = wire;
            this.jdk = jdk;
            this.length = length;
        }
    }

    /** Reads "hmac-sha256 name base64", as one line of a file. */
    public static TransferKey parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException(
                    "a key has %d words; write \"hmac-sha256 name secret\", the secret in Base64"
                            .formatted(words.length));
        }
        Algorithm algorithm =
                Arrays.stream(Algorithm.values())
                        .filter(one -> one.wire.equals(words[0].toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "a key has the algorithm \"%s\"; use hmac-sha256 or hmac-sha512"
                                                .formatted(words[0])));
        try {
            return new TransferKey(
                    DomainName.read(words[1]), algorithm, Base64.getDecoder().decode(words[2]));
        } catch (IllegalArgumentException e) {
            // What the decoder says quotes the secret.
            throw e.getMessage() != null && e.getMessage().startsWith("the key")
                    ? e
                    : new IllegalArgumentException(
                            "the secret of the key \"%s\" is not Base64".formatted(words[1]));
        }
    }

    public DomainName name() {
        return name;
    }

    boolean isSameAs(TransferKey other) {
        return name.equals(other.name)
                && algorithm == other.algorithm
                && MessageDigest.isEqual(secret, other.secret);
    }

    /** Octets of a signature; shorter ones are refused. */
    int signatureLength() {
        return algorithm.length;
    }

    TSIG tsig(Clock clock) {
        return new TSIG(
                Name.fromConstantString(algorithm.wire + "."),
                Name.fromConstantString(name + "."),
                new SecretKeySpec(secret, algorithm.jdk),
                clock);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
