package org.jalur.channel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyStatement.PostQuantum;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.log.MalformedNoteException;

/**
 * New working keys on their way to the identity key that signs them: the public halves alone.
 * Nobody signs it; whoever signs the statement first compares the digest of its octets with the one
 * that the node shows.
 */
public record KeyRequest(
        PartyId party,
        long serial,
        String origin,
        Map<Use, PublicSigningKey> keys,
        Optional<PostQuantum> postQuantum,
        Optional<Reason> reason) {
    public KeyRequest {
        keys = Map.copyOf(keys);
        KeyStatement.check(serial, origin, keys, postQuantum, reason);
    }

    public byte[] toJson() {
        return StrictJson.write(json -> {
            json.writeStringProperty("v", Manifest.VERSION);
            json.writeStringProperty("party", party.value());
            json.writeNumberProperty("serial", serial);
            json.writeStringProperty("origin", origin);
            KeysJson.write(json, keys, postQuantum, reason);
        });
    }

    /**
     * @throws MalformedMessageException if it is no request for keys
     */
    public static KeyRequest parse(byte[] octets) {
        StrictJson json = StrictJson.read(octets, "key request");
        if (!json.string("v").equals(Manifest.VERSION)) {
            throw new MalformedMessageException("a key request of another protocol version");
        }
        try {
            KeysJson.Named keys = KeysJson.read(json);
            var request =
                    new KeyRequest(
                            new PartyId(json.string("party")),
                            json.number("serial"),
                            json.string("origin"),
                            keys.working(),
                            keys.postQuantum(),
                            keys.reason());
            json.end();
            return request;
        } catch (IllegalArgumentException | MalformedNoteException e) {
            throw new MalformedMessageException("key request: " + e.getMessage(), e);
        }
    }

    /** What the identity key signs, at the moment when it signs. */
    public KeyStatement statement(PublicSigningKey identity, Instant now) {
        return statement(identity, now, List.of());
    }

    /**
     * The same, with the people without whose word no notice holds: whoever has the identity key
     * names them, and nobody else can.
     */
    public KeyStatement statement(
            PublicSigningKey identity, Instant now, List<PublicSigningKey> approvers) {
        return new KeyStatement(
                party,
                serial,
                now.truncatedTo(ChronoUnit.MILLIS),
                origin,
                identity,
                keys,
                postQuantum,
                reason,
                approvers);
    }

    /** Whether a statement is for exactly these keys. */
    public boolean isFor(KeyStatement statement) {
        return statement(statement.identity(), statement.time(), statement.approvers())
                .equals(statement);
    }
}
