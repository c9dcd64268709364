package org.jalur.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jalur.log.Hash;

/**
 * Proof of who asks, for the calls that are not themselves a signed message: uploading and fetching
 * parts, pulling, handing in receipts. Bound to the method, the path and the body; fresh for five
 * minutes; its nonce counts once.
 *
 * @param body SHA-256 of the request's body
 */
public record SignedRequest(
        PartyId from, PartyId to, Instant time, UUID nonce, String method, String path, Hash body) {
    /** How far the time of a request may lie from the receiver's clock, either way. */
    public static final Duration FRESHNESS = Duration.ofMinutes(5);

    /** The scheme in the {@code Authorization} header. */
    public static final String SCHEME = "Jalur";

    public static SignedRequest parse(Jws jws) {
        StrictJson json = StrictJson.read(jws.payload(), "request");
        if (!json.string("v").equals(Manifest.VERSION)) {
            throw new MalformedMessageException("a request of another protocol version");
        }
        try {
            var request =
                    new SignedRequest(
                            new PartyId(json.string("from")),
                            new PartyId(json.string("to")),
                            Manifest.time(json.string("time")),
                            Manifest.uuid(json.string("nonce")),
                            json.string("method"),
                            json.string("path"),
                            Hash.parseHex(json.string("body")));
            json.end();
            return request;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("request: " + e.getMessage(), e);
        }
    }

    public Jws sign(SigningKey key) {
        byte[] payload =
                StrictJson.write(json -> {
                    json.writeStringProperty("v", Manifest.VERSION);
                    json.writeStringProperty("from", from.value());
                    json.writeStringProperty("to", to.value());
                    json.writeStringProperty("time", time.toString());
                    json.writeStringProperty("nonce", nonce.toString());
                    json.writeStringProperty("method", method);
                    json.writeStringProperty("path", path);
                    json.writeStringProperty("body", body.hex());
                });
        return Jws.sign(Jws.Type.REQUEST, payload, key);
    }

    public boolean isFreshAt(Instant now) {
        return Duration.between(time, now).abs().compareTo(FRESHNESS) <= 0;
    }
}
