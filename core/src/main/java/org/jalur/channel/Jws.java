package org.jalur.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jalur.log.Hash;

/**
 * A JSON Web Signature in compact form (RFC 7515 §3.1) over exact octets: what was received is what
 * is kept, checked and passed on. The header has three members and no others: {@code alg} is always
 * {@code EdDSA} (RFC 8037 §3.1), {@code kid} names the key, {@code typ} says what is signed, so
 * that a receipt can never pass for a message. Everything that could choose a key or an algorithm
 * from the outside ({@code none}, HMAC, {@code jku}, {@code jwk}, {@code x5u}, {@code crit}) is
 * refused.
 */
public final class Jws {
    /** The longest compact form that is read: 64 KiB. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final String ALGORITHM = "EdDSA";

    private final String compact;
    private final Type type;
    private final String kid;
    private final byte[] payload;
    private final byte[] signature;

    private Jws(String compact, Type type, String kid, byte[] payload, byte[] signature) {
        this.compact = compact;
        this.type = type;
        this.kid = kid;
        this.payload = payload;
        this.signature = signature;
    }

    /** What a signature of this protocol can be over. */
    public enum Type {
        MESSAGE("jalur-message+jws"),
        RECEIPT("jalur-receipt+jws"),
        KEYS("jalur-keys+jws"),
        REQUEST("jalur-request+jws"),
        AGREEMENT("jalur-agreement+jws"),
        PROBE_REQUEST("jalur-probe-request+jws"),
        PROBE_TASK("jalur-probe-task+jws"),
        PROBE_RESULT("jalur-probe-result+jws"),
        SIGN_OFF("jalur-sign-off+jws");

        private final String typ;

        Type(String typ) {
            this.typ = typ;
        }
    }

    public static Jws sign(Type type, byte[] payload, SigningKey key) {
        byte[] header =
                StrictJson.write(json -> {
                    json.writeStringProperty("alg", ALGORITHM);
                    json.writeStringProperty("kid", key.publicKey().kid());
                    json.writeStringProperty("typ", type.typ);
                });
        String input = Base64Url.encode(header) + "." + Base64Url.encode(payload);
        byte[] signature = key.sign(input.getBytes(US_ASCII));
        return new Jws(
                input + "." + Base64Url.encode(signature),
                type,
                key.publicKey().kid(),
                payload.clone(),
                signature);
    }

    /** Reads the form only; nothing is trusted before {@link #isSignedBy}. */
    public static Jws parse(String compact, Type expected) {
        if (compact.length() > MAX_LENGTH) {
            throw new MalformedMessageException(
                    "a signature of %d characters; the limit is %d"
                            .formatted(compact.length(), MAX_LENGTH));
        }
        String[] segments = compact.split("\\.", -1);
        if (segments.length != 3) {
            throw new MalformedMessageException(
                    "a compact JWS has three segments, not " + segments.length);
        }
        StrictJson header =
                StrictJson.read(Base64Url.decode(segments[0], "the JWS header"), "header");
        String algorithm = header.string("alg");
        if (!algorithm.equals(ALGORITHM)) {
            throw new MalformedMessageException(
                    "alg \"%s\" is not allowed; this protocol signs with EdDSA"
                            .formatted(algorithm));
        }
        String typ = header.string("typ");
        if (!typ.equals(expected.typ)) {
            throw new MalformedMessageException(
                    "typ \"%s\" where \"%s\" is expected".formatted(typ, expected.typ));
        }
        String kid = header.string("kid");
        header.end();
        return new Jws(
                compact,
                expected,
                kid,
                Base64Url.decode(segments[1], "the JWS payload"),
                Base64Url.decode(segments[2], "the JWS signature"));
    }

    public boolean isSignedBy(PublicSigningKey key) {
        String input = compact.substring(0, compact.lastIndexOf('.'));
        return kid.equals(key.kid()) && key.verifies(input.getBytes(US_ASCII), signature);
    }

    /** SHA-256 over the octets of the compact form: how journals and later messages name it. */
    public Hash digest() {
        return Hash.sha256(compact.getBytes(US_ASCII));
    }

    public String compact() {
        return compact;
    }

    public Type type() {
        return type;
    }

    public String kid() {
        return kid;
    }

    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public String toString() {
        return "%s %s".formatted(type, digest());
    }
}
